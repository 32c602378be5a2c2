//! The point that words mean: the centre of a search, or coordinates within an address.

use std::time::Duration;

use entity::vocabulary::PlacePrecision;

use super::{
    Asker,
    asker::QUESTIONS,
    look_up::{LookUp, PlaceQuery, known, look_up},
    meaning::{Meaning, meaning},
};
use crate::{
    deps::Deps,
    kernel::{Error, Result},
    ports::geocoder::FoundPlace,
};
use geometry::{Point, distance_meters, written_point};

/// Places no farther apart than this count as one for a search around them.
const ONE_PLACE_M: f64 = 10_000.0;
/// Coordinates farther than this from what the words around them name are wrong: geocoders find streets of the same name
/// in other states.
const FARTHEST_FROM_WORDS_M: f64 = 100_000.0;
/// How long a request waits for a slot.
const PATIENCE: Duration = Duration::from_secs(3);

/// The point that the checked words refer to: coordinates, or what is in the built-in table.
pub fn near_offline(deps: &Deps, words: &str) -> Result<Option<Point>> {
    if let Some(point) = point_in(deps, words)? {
        return Ok(Some(point));
    }
    let found = deps
        .geocoder
        .postal_code(words)
        .or_else(|| deps.geocoder.address(words));
    let point = found.map(|place| Point::new(place.latitude, place.longitude));
    point.transpose().map_err(Error::internal)
}

/// The point whose coordinates an address contains, with decimals as maps give them. Those after nothing but a postal code
/// are those of its middle, and some are known to mean nothing or contradict the words: then there is none.
pub fn point_in(deps: &Deps, address: &str) -> Result<Option<Point>> {
    let Some(written) = written_point(address) else {
        return Ok(None);
    };
    let Some(point) = written.point else { return Ok(None) };
    let mut words = address.to_owned();
    words.replace_range(written.range, ",");
    let Some(named) = deps.geocoder.address(&words) else {
        return Ok(Some(point));
    };
    let middle = Point::new(named.latitude, named.longitude).map_err(Error::internal)?;
    let is_only_a_code = named.precision == PlacePrecision::Postcode && deps.geocoder.town_or_code(&words).is_some();
    let is_trusted = !is_only_a_code && distance_meters(point, middle) <= FARTHEST_FROM_WORDS_M;
    Ok(is_trusted.then_some(point))
}

/// The point that checked words mean: from the table in the program, or else from the service; nothing if neither knows.
/// Only what the service has to be asked for counts against the asker's limit.
pub async fn near(deps: &Deps, asker: &Asker, words: &str) -> Result<Meaning<Point>> {
    if let Some(point) = near_offline(deps, words)? {
        return Ok(Meaning::One(point));
    }
    let question = PlaceQuery::Words(words.to_owned());
    let places = match known(deps, &question).await? {
        Some(places) => places,
        None if deps.online_geocoder.is_none() => return one_town(deps, words),
        None => {
            asker.count(deps, &QUESTIONS).await?;
            ask(deps, &question).await?
        }
    };
    let places: Vec<&FoundPlace> = places.iter().collect();
    Ok(match meaning(words, &places, ONE_PLACE_M) {
        Meaning::Nothing => Meaning::Nothing,
        Meaning::One(place) => Meaning::One(Point::new(place.latitude, place.longitude).map_err(Error::internal)?),
        Meaning::Several(names) => Meaning::Several(names),
    })
}

/// The towns of the table that are called so: a town without its state may be one of many.
fn one_town(deps: &Deps, words: &str) -> Result<Meaning<Point>> {
    let towns = deps.geocoder.towns_named(words);
    Ok(match towns.as_slice() {
        [] => Meaning::Nothing,
        [town] => Meaning::One(Point::new(town.latitude, town.longitude).map_err(Error::internal)?),
        several => Meaning::Several(
            several
                .iter()
                .take(5)
                .map(|town| format!("{}, {}", town.city, town.region))
                .collect(),
        ),
    })
}

/// The answer for somebody who waits for it, for some seconds at most.
pub(super) async fn ask(deps: &Deps, question: &PlaceQuery) -> Result<Vec<FoundPlace>> {
    match look_up(deps, question, PATIENCE).await? {
        LookUp::Answer(places) => Ok(places),
        LookUp::NotBefore(_) | LookUp::Failed(_) => {
            let message = "the service that knows places is busy or away: try again in a moment, or give a US postal \
                           code, or a town and its state";
            Err(Error::NotNow(message.into()))
        }
    }
}
