//! Finds places for a text that somebody types.

use entity::vocabulary::PlacePrecision;

use super::{
    Asker, Names,
    look_up::{PlaceQuery, is_online},
    meaning::rank,
    near::ask,
};
use crate::{
    deps::Deps,
    kernel::{Error, Result, text},
    ports::geocoder::{FoundPlace, MOST_PLACES, ResolvedPlace},
};
use geometry::Point;

/// A place of at most this extent counts as a point: a house, a park, a short street.
pub const POINT_REACH_M: f64 = 500.0;
/// Maximum length of a query, in characters.
const LONGEST_QUERY: usize = 200;

/// A place that a text may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Geocoded {
    /// Centre of the place.
    pub point: Point,
    /// Whether it is an address or the like, rather than the centre of a postal code or town.
    pub is_exact: bool,
    /// Names of the place.
    pub names: Names,
    /// The full address in one line, as written by the service.
    pub address: Option<String>,
    /// Attribution of the data, where it has to be shown.
    pub attribution: Option<String>,
}

/// The places that a text of at most 200 characters may mean, the likeliest first, `first` (1 to 20) at most.
///
/// A US postal code, or a town and its state, is answered from the program's own table. For everything else the service
/// is asked, if there is one; what the table knows comes last then, and alone while the service is away.
pub async fn geocode(deps: &Deps, asker: &Asker, query: &str, first: i32) -> Result<Vec<Geocoded>> {
    let most = usize::try_from(first).unwrap_or(0);
    if !(1..=MOST_PLACES).contains(&most) {
        return Err(Error::BadInput(format!("first must be from 1 to {MOST_PLACES}").into()));
    }
    let words = text::line("query", query, LONGEST_QUERY).map_err(|fault| Error::BadInput(fault.message.into()))?;
    asker.count(deps).await?;
    if let Some(place) = deps.geocoder.town_or_code(&words) {
        return Ok(vec![place.try_into()?]);
    }
    let offline = roughly(deps, &words)?;
    let mut places = match online(deps, words).await {
        Err(Error::NotNow(_)) if !offline.is_empty() => Vec::new(),
        other => other?,
    };
    for place in offline {
        if !places.iter().any(|known| known.names.label == place.names.label) {
            places.push(place);
        }
    }
    places.truncate(most);
    Ok(places)
}

async fn online(deps: &Deps, words: String) -> Result<Vec<Geocoded>> {
    if !is_online(deps) {
        return Ok(Vec::new());
    }
    let question = PlaceQuery::Words(words.clone());
    let mut found = ask(deps, &question).await?;
    rank(&words, &mut found);
    found.into_iter().map(Geocoded::try_from).collect()
}

/// The town or postal code of an address, or else the towns that are called so.
fn roughly(deps: &Deps, words: &str) -> Result<Vec<Geocoded>> {
    let found = match deps.geocoder.address(words) {
        Some(place) => vec![place],
        None => deps.geocoder.towns_named(words),
    };
    found.into_iter().map(Geocoded::try_from).collect()
}

impl TryFrom<ResolvedPlace> for Geocoded {
    type Error = Error;

    fn try_from(place: ResolvedPlace) -> Result<Self> {
        Ok(Self {
            point: Point::new(place.latitude, place.longitude).map_err(Error::internal)?,
            is_exact: place.precision == PlacePrecision::Point,
            names: place.into(),
            address: None,
            attribution: None,
        })
    }
}

impl TryFrom<FoundPlace> for Geocoded {
    type Error = Error;

    fn try_from(place: FoundPlace) -> Result<Self> {
        Ok(Self {
            point: Point::new(place.latitude, place.longitude).map_err(Error::internal)?,
            is_exact: !place.is_postal_code && place.reach_meters <= POINT_REACH_M,
            names: Names::from(&place),
            address: Some(place.address),
            attribution: Some(place.attribution),
        })
    }
}
