//! Finds places for a text that somebody types.

use entity::vocabulary::PlacePrecision;

use super::{
    Asker, Names,
    asker::{COMPLETIONS, QUESTIONS},
    extent::precision_of,
    look_up::{PlaceQuery, is_online},
    meaning::rank,
    names::names_near,
    near::{ask, point_in},
};
use crate::{
    deps::Deps,
    kernel::{Error, Result, text},
    ports::geocoder::{FoundPlace, MOST_PLACES, ResolvedPlace},
};
use geometry::Point;

/// Maximum length of a query, in characters.
const LONGEST_QUERY: usize = 200;

/// A place that a text may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Geocoded {
    /// Centre of the place.
    pub point: Point,
    /// How exactly it is known; something larger than a town counts as one.
    pub precision: PlacePrecision,
    /// How far from the point the place reaches, in metres.
    pub reach_meters: f64,
    /// Names of the place.
    pub names: Names,
    /// The full address in one line, as written by the service.
    pub address: Option<String>,
    /// Attribution of the data, where it has to be shown.
    pub attribution: Option<String>,
}

/// The places that a text of at most 200 characters may mean, the likeliest first, `first` (1 to 20) at most.
///
/// Coordinates, a US postal code, and a town and its state are answered by the program itself, and so is the beginning of
/// a US town or postal code, which counts against a limit of its own. For everything else the service is asked, if there
/// is one; what the table knows comes last then, and alone while the service is away.
pub async fn geocode(deps: &Deps, asker: &Asker, query: &str, first: i32) -> Result<Vec<Geocoded>> {
    let most = usize::try_from(first).unwrap_or(0);
    if !(1..=MOST_PLACES).contains(&most) {
        return Err(Error::BadInput(format!("first must be from 1 to {MOST_PLACES}").into()));
    }
    let words = text::line("query", query, LONGEST_QUERY).map_err(|fault| Error::BadInput(fault.message.into()))?;
    let (known, begun) = (known(deps, &words)?, deps.geocoder.completions(&words, most));
    let offline = match &known {
        Some(_) => Vec::new(),
        None => roughly(deps, &words)?,
    };
    let is_beginning = known.is_none() && offline.is_empty() && !begun.is_empty();
    asker
        .count(deps, if is_beginning { &COMPLETIONS } else { &QUESTIONS })
        .await?;
    if let Some(place) = known {
        return Ok(vec![place]);
    }
    let begun = begun.into_iter().map(Geocoded::try_from).collect::<Result<Vec<_>>>()?;
    if is_beginning {
        return Ok(begun);
    }
    let mut places = match online(deps, words).await {
        Err(Error::NotNow(_)) if !offline.is_empty() => Vec::new(),
        other => other?,
    };
    for place in offline.into_iter().chain(begun) {
        if !places.iter().any(|known| known.names.label == place.names.label) {
            places.push(place);
        }
    }
    places.truncate(most);
    Ok(places)
}

/// The one place that a text means which is nothing but coordinates, a postal code, or a town and its state.
fn known(deps: &Deps, words: &str) -> Result<Option<Geocoded>> {
    if let Some(point) = point_in(deps, words)? {
        return Ok(Some(Geocoded {
            point,
            precision: PlacePrecision::Point,
            reach_meters: 0.0,
            names: names_near(deps, point),
            address: None,
            attribution: None,
        }));
    }
    deps.geocoder.town_or_code(words).map(Geocoded::try_from).transpose()
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
            precision: place.precision,
            reach_meters: place.reach_meters,
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
            precision: precision_of(&place).unwrap_or(PlacePrecision::City),
            reach_meters: place.reach_meters,
            names: Names::from(&place),
            address: Some(place.address),
            attribution: Some(place.attribution),
        })
    }
}
