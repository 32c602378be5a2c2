//! RescueGroups: the search for animals of its API v5 (<https://api.rescuegroups.org/v5/public/docs>).
//!
//! The first pull asks for what is available; later ones for every public animal that was changed, so that its status says
//! whether it left. Animals come in JSON:API, where breed, colour, species, status and photos stand apart from them; here each
//! animal gets its own. Places and organisations are not asked for: what is not fetched cannot get out.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, SecondsFormat};
use entity::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;
use url::Url;

use super::{
    http::{Headers, json, post, secret_header},
    pages::{Animal, Page, Pages, number, whole},
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::{HeaderName, HeaderValue, Outbound};

const SOFTWARE: &str = "RescueGroups";
/// Most animals of a page.
const LIMIT: u32 = 250;
/// Before each request: 92 a minute, where 100 are allowed.
const PAUSE: Duration = Duration::from_millis(650);
/// How far a pull goes back behind the newest change that is known: what is changed while a list is read may miss it.
const OVERLAP: Duration = Duration::from_secs(60 * 60);
/// What is asked for beside the animals.
const INCLUDED: &str = "breeds,colors,patterns,species,statuses,pictures";
/// When an animal was changed last.
const UPDATED: &str = "updatedDate";
const JSON_API: &str = "application/vnd.api+json";

/// Fetches the animals of an organisation that were changed since then, or all that are available.
pub(super) async fn pull(outbound: &Outbound, source: &Source, since: Option<Timestamp>) -> Result<Pulled, PullError> {
    let list = List {
        outbound,
        source,
        since: since.map(|since| since.minus(OVERLAP)),
    };
    let animals: Vec<Animal> = whole(&list).await?.into_iter().map(|(_, animal)| animal).collect();
    let newest = animals.iter().filter_map(updated_at).max();
    let records = u32::try_from(animals.len()).unwrap_or(u32::MAX);
    Ok(Pulled {
        data: json!({ "animals": animals }).to_string().into_bytes(),
        records,
        newest,
    })
}

struct List<'a> {
    outbound: &'a Outbound,
    source: &'a Source,
    since: Option<Timestamp>,
}

/// A page.
#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    data: Vec<Resource>,
    #[serde(default)]
    included: Vec<Resource>,
    meta: Meta,
}

/// Beside a page.
#[derive(Deserialize)]
struct Meta {
    count: Option<Value>,
    pages: Option<Value>,
}

/// An animal, or something that belongs to animals.
#[derive(Deserialize)]
struct Resource {
    #[serde(rename = "type")]
    kind: String,
    id: Value,
    #[serde(default)]
    attributes: Animal,
    #[serde(default)]
    relationships: HashMap<String, Relationship>,
}

/// What belongs to an animal: one, or several.
#[derive(Deserialize)]
struct Relationship {
    data: Option<Value>,
}

/// What belongs to animals, by its kind and id.
type Included = HashMap<(String, String), Animal>;

#[async_trait::async_trait]
impl Pages for List<'_> {
    async fn page(&self, number_of_page: u32) -> Result<Page, PullError> {
        sleep(PAUSE).await;
        let url = self.url(number_of_page)?;
        let answer = post(
            self.outbound,
            url.as_str(),
            headers(&self.source.secret)?,
            self.search(),
        )
        .await?;
        let document: Document = json(&answer, SOFTWARE)?;
        let included: Included = document
            .included
            .into_iter()
            .map(|resource| ((resource.kind, text(&resource.id)), resource.attributes))
            .collect();
        let animals = document
            .data
            .into_iter()
            .map(|animal| (text(&animal.id), flat(animal, &included)));
        let count = |value: &Option<Value>| number(value.as_ref()).and_then(|count| u64::try_from(count).ok());
        Ok(Page {
            animals: animals.collect(),
            total: count(&document.meta.count),
            has_more: u64::from(number_of_page) + 1 < count(&document.meta.pages).unwrap_or(1),
            bytes: answer.len(),
        })
    }
}

impl List<'_> {
    fn url(&self, number_of_page: u32) -> Result<Url, PullError> {
        let view = match self.since {
            Some(_) => "",
            None => "available/",
        };
        let address = self.source.address.trim_end_matches('/');
        let address = format!("{address}/v5/public/animals/search/{view}");
        let mut url =
            Url::parse(&address).map_err(|_| PullError::Refused("the address is none: check it".to_owned()))?;
        url.query_pairs_mut()
            .append_pair("limit", &LIMIT.to_string())
            .append_pair("page", &number_of_page.saturating_add(1).to_string())
            // By what never changes, so that a change moves no animal from one page to another.
            .append_pair("sort", "animals.id")
            .append_pair("include", INCLUDED);
        Ok(url)
    }

    /// The body of the search.
    fn search(&self) -> Vec<u8> {
        let organisation = self.source.account.as_deref().unwrap_or_default().trim();
        let filter = |name: &str, operation: &str, criteria: String| json!({ "fieldName": name, "operation": operation, "criteria": criteria });
        let mut filters = vec![filter("orgs.id", "equal", organisation.to_owned())];
        if let Some(since) = self.since {
            // Other forms than this one are answered with an error of the system.
            let since = since.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
            filters.push(filter("animals.updatedDate", "greaterthan", since));
        }
        json!({ "data": { "filters": filters } }).to_string().into_bytes()
    }
}

fn headers(key: &str) -> Result<Headers, PullError> {
    let json_api = HeaderValue::from_static(JSON_API);
    Ok(vec![
        secret_header("authorization", key)?,
        (HeaderName::from_static("content-type"), json_api.clone()),
        (HeaderName::from_static("accept"), json_api),
    ])
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn updated_at(animal: &Animal) -> Option<Timestamp> {
    let text = animal.get(UPDATED)?.as_str()?;
    // A change at midnight has become a day.
    let midnight = format!("{text}T00:00:00Z");
    let time = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc3339(&midnight));
    Some(time.ok()?.to_utc().into())
}

/// An animal with what belongs to it, under the names that its own fields do not have.
fn flat(animal: Resource, included: &Included) -> Animal {
    let Resource {
        id,
        attributes,
        relationships,
        ..
    } = animal;
    let related = |name: &str| -> Vec<&Animal> {
        let data = relationships
            .get(name)
            .and_then(|relationship| relationship.data.as_ref());
        let references: &[Value] = match data {
            Some(Value::Array(references)) => references,
            Some(reference) => std::slice::from_ref(reference),
            None => &[],
        };
        let found = references.iter().filter_map(|reference| {
            let kind = reference.get("type")?.as_str()?;
            included.get(&(kind.to_owned(), text(reference.get("id")?)))
        });
        found.collect()
    };
    let names = |name: &str, field: &str| -> Vec<Value> {
        let names = related(name).into_iter().filter_map(|one| one.get(field));
        names.filter(|name| name.is_string()).cloned().collect()
    };
    let mut photos: Vec<(i64, Value)> = related("pictures")
        .into_iter()
        .filter_map(|picture| Some((number(picture.get("order")).unwrap_or(i64::MAX), photo(picture)?)))
        .collect();
    photos.sort_by_key(|(order, _)| *order);
    let photos: Vec<Value> = photos.into_iter().map(|(_, photo)| photo).collect();
    let mut flat = Animal::new();
    flat.insert("id".to_owned(), Value::from(text(&id)));
    flat.extend(attributes.into_iter().map(|(name, value)| (name, day(value))));
    flat.insert("breeds".to_owned(), names("breeds", "name").into());
    flat.insert("colors".to_owned(), names("colors", "name").into());
    flat.insert("patterns".to_owned(), names("patterns", "name").into());
    flat.insert(
        "species".to_owned(),
        names("species", "singular").into_iter().next().unwrap_or_default(),
    );
    flat.insert(
        "status".to_owned(),
        names("statuses", "name").into_iter().next().unwrap_or_default(),
    );
    flat.insert("photos".to_owned(), photos.into());
    flat
}

/// A day comes as the midnight that begins it in UTC, which in America is on the day before.
fn day(value: Value) -> Value {
    match value.as_str().and_then(|text| text.strip_suffix("T00:00:00Z")) {
        Some(day) => Value::from(day),
        None => value,
    }
}

/// The address of the largest size that is there.
fn photo(picture: &Animal) -> Option<Value> {
    let sizes = ["original", "large", "small"].into_iter();
    let mut addresses = sizes.filter_map(|size| picture.get(size)?.get("url"));
    addresses.find(|address| address.is_string()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_animal_gets_what_belongs_to_it() {
        let document: Document = serde_json::from_value(json!({
            "meta": { "count": 1, "pages": 1 },
            "data": [{
                "type": "animals", "id": "9001",
                "attributes": { "name": "Sweetie", "updatedDate": "2026-11-01T10:00:00Z", "birthDate": "2024-02-29T00:00:00Z" },
                "relationships": {
                    "species": { "data": [{ "type": "species", "id": "8" }] },
                    "statuses": { "data": { "type": "statuses", "id": "1" } },
                    "colors": { "data": [{ "type": "colors", "id": "3" }, { "type": "colors", "id": "404" }] },
                    "pictures": { "data": [{ "type": "pictures", "id": "2" }, { "type": "pictures", "id": "1" }] },
                    "orgs": { "data": null },
                },
            }],
            "included": [
                { "type": "species", "id": "8", "attributes": { "singular": "Dog", "plural": "Dogs" } },
                { "type": "statuses", "id": "1", "attributes": { "name": "Available" } },
                { "type": "colors", "id": "3", "attributes": { "name": "Black" } },
                { "type": "pictures", "id": "1", "attributes": { "order": 1, "large": { "url": "https://p.example.org/1" } } },
                { "type": "pictures", "id": "2", "attributes": { "order": 2, "original": { "url": "https://p.example.org/2" } } },
            ],
        }))
        .unwrap();
        let included = (document.included.into_iter())
            .map(|resource| ((resource.kind, text(&resource.id)), resource.attributes))
            .collect();

        let animal = flat(document.data.into_iter().next().unwrap(), &included);

        assert_eq!(updated_at(&animal), Some(Timestamp(1_793_527_200_000)));
        let expected = json!({
            "id": "9001", "name": "Sweetie", "updatedDate": "2026-11-01T10:00:00Z", "birthDate": "2024-02-29", "species": "Dog", "status": "Available",
            "breeds": [], "colors": ["Black"], "patterns": [],
            "photos": ["https://p.example.org/1", "https://p.example.org/2"],
        });
        assert_eq!(Value::Object(animal), expected);
    }
}
