//! Parses Nominatim's answers strictly: anything that deviates from its documentation is rejected.

use serde::{Deserialize, de::DeserializeOwned};

use super::super::{FoundPlace, MOST_PLACES, states};
use crate::{kernel::text, ports::BoxError};
use geometry::{Point, distance_meters};

/// Maximum length of a place's address, in characters.
const LONGEST_ADDRESS: usize = 300;
/// Maximum length of a part of the address, in characters.
const LONGEST_NAME: usize = 100;
/// Shown when an answer names no licence.
const ATTRIBUTION: &str = "© OpenStreetMap contributors";

/// One place in the format `jsonv2`, with its address. Numbers are sent as strings.
#[derive(Deserialize)]
struct Item {
    lat: String,
    lon: String,
    display_name: String,
    /// South, north, west, east.
    boundingbox: [String; 4],
    #[serde(default)]
    addresstype: String,
    #[serde(default)]
    importance: f64,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    address: Parts,
}

/// The parts of an address that we use. Which of them are present depends on the country.
#[derive(Deserialize, Default)]
struct Parts {
    city: Option<String>,
    town: Option<String>,
    village: Option<String>,
    municipality: Option<String>,
    hamlet: Option<String>,
    county: Option<String>,
    state: Option<String>,
    province: Option<String>,
    #[serde(rename = "ISO3166-2-lvl4")]
    state_code: Option<String>,
    postcode: Option<String>,
    country: Option<String>,
    country_code: Option<String>,
}

/// `{"error": …}`, which is also the answer to a reverse look-up that finds nothing.
#[derive(Deserialize)]
struct Fault {
    #[serde(rename = "error")]
    _error: serde_json::Value,
}

/// The places in the answer to a search.
pub(super) fn places(body: &[u8]) -> Result<Vec<FoundPlace>, BoxError> {
    let items: Vec<Item> = parsed(body)?;
    items.into_iter().take(MOST_PLACES).map(FoundPlace::try_from).collect()
}

/// The place in the answer to a reverse look-up.
pub(super) fn place(body: &[u8]) -> Result<Option<FoundPlace>, BoxError> {
    if is_fault(body) {
        return Ok(None);
    }
    parsed::<Item>(body)?.try_into().map(Some)
}

/// Whether a body is one of Nominatim's own error messages.
pub(super) fn is_fault(body: &[u8]) -> bool {
    serde_json::from_slice::<Fault>(body).is_ok()
}

/// Drops the library's error message, because it quotes the answer.
fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, BoxError> {
    serde_json::from_slice(body).map_err(|error| format!("not an answer of Nominatim: {:?}", error.classify()).into())
}

impl TryFrom<Item> for FoundPlace {
    type Error = BoxError;

    fn try_from(item: Item) -> Result<Self, BoxError> {
        let Item {
            lat,
            lon,
            display_name,
            boundingbox: [south, north, west, east],
            addresstype,
            importance,
            licence,
            address,
        } = item;
        let middle = point(&lat, &lon)?;
        let reach_meters = distance_meters(point(&south, &west)?, point(&north, &east)?) / 2.0;
        let cut = display_name.chars().take(LONGEST_ADDRESS).collect::<String>();
        let whole = text::line("display_name", &cut, LONGEST_ADDRESS).map_err(|_| "a place without a name")?;
        let country = name(address.country_code.clone()).map(|code| code.to_uppercase());
        Ok(Self {
            latitude: middle.latitude,
            longitude: middle.longitude,
            address: whole,
            city: address.town(),
            region: address.region(country.as_deref()),
            postal_code: name(address.postcode),
            country: country.filter(|code| code.len() == 2),
            country_name: name(address.country),
            reach_meters,
            is_postal_code: addresstype == "postcode",
            is_street: addresstype == "road",
            importance,
            attribution: name(Some(licence)).unwrap_or_else(|| ATTRIBUTION.to_owned()),
        })
    }
}

impl Parts {
    fn town(&self) -> Option<String> {
        let names = [
            &self.city,
            &self.town,
            &self.village,
            &self.municipality,
            &self.hamlet,
            &self.county,
        ];
        names.into_iter().find_map(|value| name(value.clone()))
    }

    /// In the United States the code after `US-`, or that of the state's name; elsewhere the name of the state.
    fn region(&self, country: Option<&str>) -> Option<String> {
        let full = name(self.state.clone()).or_else(|| name(self.province.clone()));
        if country != Some("US") {
            return full;
        }
        let letters = self.state_code.as_deref().and_then(|code| code.strip_prefix("US-"));
        let number = letters
            .and_then(states::by_code)
            .or_else(|| states::by_name(&full.as_deref()?.to_lowercase()));
        number.and_then(states::code).map(str::to_owned).or(full)
    }
}

fn point(latitude: &str, longitude: &str) -> Result<Point, BoxError> {
    Ok(Point::new(latitude.parse()?, longitude.parse()?)?)
}

/// A name as one clean line; `None` if it is empty or too long.
fn name(raw: Option<String>) -> Option<String> {
    text::line("name", &raw?, LONGEST_NAME).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn mill() -> Value {
        json!({
            "place_id": 7, "licence": "Data of nobody", "lat": "30.2500000", "lon": "-97.7500000", "category": "building",
            "addresstype": "building", "name": "Old Mill", "display_name": "Old Mill, 12, Oak Street, Austin, Texas, 78704, United States",
            "address": { "building": "Old Mill", "house_number": "12", "road": "Oak Street", "city": "Austin", "state": "Texas",
                "ISO3166-2-lvl4": "US-TX", "postcode": "78704", "country": "United States", "country_code": "us" },
            "boundingbox": ["30.2499", "30.2501", "-97.7501", "-97.7499"]
        })
    }

    fn changed(pointer: &str, value: Value) -> Vec<u8> {
        let mut item = mill();
        *item.pointer_mut(pointer).unwrap() = value;
        json!([item]).to_string().into_bytes()
    }

    #[test]
    fn a_place_has_the_names_that_its_address_gives() {
        let place = place(mill().to_string().as_bytes()).unwrap().unwrap();

        assert_eq!((place.latitude, place.longitude), (30.25, -97.75));
        assert_eq!(
            (
                place.city.as_deref(),
                place.region.as_deref(),
                place.postal_code.as_deref()
            ),
            (Some("Austin"), Some("TX"), Some("78704"))
        );
        assert_eq!(
            (place.country.as_deref(), place.attribution.as_str()),
            (Some("US"), "Data of nobody")
        );
        assert!((10.0..20.0).contains(&place.reach_meters), "{}", place.reach_meters);
    }

    #[test]
    fn a_region_abroad_is_called_by_its_name() {
        let mut item = mill();
        item["address"] = json!({ "village": "Fès", "county": "Rhône", "state": "Auvergne", "ISO3166-2-lvl4": "FR-ARA", "country_code": "fr" });
        let place = place(item.to_string().as_bytes()).unwrap().unwrap();

        assert_eq!(
            (place.city.as_deref(), place.region.as_deref(), place.country.as_deref()),
            (Some("Fès"), Some("Auvergne"), Some("FR"))
        );
    }

    #[test]
    fn nothing_is_an_answer_too() {
        assert_eq!(places(b"[]").unwrap(), []);
        assert_eq!(place(br#"{"error":"Unable to geocode"}"#).unwrap(), None);
    }

    #[test]
    fn an_answer_holds_at_most_20_places() {
        let many = json!(vec![mill(); 30]).to_string();

        assert_eq!(places(many.as_bytes()).unwrap().len(), 20);
    }

    #[test]
    fn what_is_not_as_documented_is_no_answer() {
        for (pointer, value) in [
            ("/lat", json!("north")),
            ("/lat", json!("90.5")),
            ("/lat", json!("NaN")),
            ("/lat", json!(30.25)),
            ("/lon", json!("")),
            ("/boundingbox", json!(["1", "2", "3"])),
            ("/boundingbox/0", json!("x")),
            ("/display_name", json!(" ")),
            ("/address", json!("Austin")),
        ] {
            assert!(places(&changed(pointer, value.clone())).is_err(), "{pointer} {value}");
        }
        for body in ["", "<html>503</html>", "{}", "null", r#"{"error":"x"}"#, "[1]"] {
            assert!(places(body.as_bytes()).is_err(), "{body}");
        }
        assert!(place(b"[]").is_err());
    }

    #[test]
    fn a_fault_does_not_quote_the_answer() {
        let fault = places(br#"["12 Oak Street"]"#).unwrap_err();

        assert!(!format!("{fault:?}").contains("Oak"), "{fault:?}");
    }
}
