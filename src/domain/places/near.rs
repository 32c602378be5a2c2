//! The middle of a search, in words.

use std::time::Duration;

use super::{
    Asker,
    look_up::{LookUp, Question, known, look_up},
};
use crate::{
    deps::Deps,
    kernel::{Error, Result, geo::Point},
    ports::geocoder::FoundPlace,
};

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(3);

/// The point that checked words mean, from the table in the program.
pub fn near_offline(deps: &Deps, words: &str) -> Result<Option<Point>> {
    let found = deps
        .geocoder
        .postal_code(words)
        .or_else(|| deps.geocoder.address(words));
    let point = found.map(|place| Point::new(place.latitude, place.longitude));
    point.transpose().map_err(Error::internal)
}

/// The point that checked words mean: from the table in the program, or else from the service. None if neither knows.
/// Only what the service has to be asked for counts against the asker's limit.
pub async fn near(deps: &Deps, asker: &Asker, words: &str) -> Result<Option<Point>> {
    if let Some(point) = near_offline(deps, words)? {
        return Ok(Some(point));
    }
    let question = Question::Words(words.to_owned());
    let places = match known(deps, &question).await? {
        Some(places) => places,
        None if deps.online_geocoder.is_none() => return Ok(None),
        None => {
            asker.count(deps).await?;
            ask(deps, &question).await?
        }
    };
    let first = places.first().map(|place| Point::new(place.latitude, place.longitude));
    first.transpose().map_err(Error::internal)
}

/// The answer for somebody who waits for it, for some seconds at most.
pub(super) async fn ask(deps: &Deps, question: &Question) -> Result<Vec<FoundPlace>> {
    match look_up(deps, question, PATIENCE).await? {
        LookUp::Answer(places) => Ok(places),
        LookUp::NotBefore(_) | LookUp::Failed(_) => {
            let message = "the service that knows places is busy or away: try again in a moment, or give a US postal \
                           code, or a town and its state";
            Err(Error::NotNow(message.into()))
        }
    }
}
