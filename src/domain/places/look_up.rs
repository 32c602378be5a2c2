//! Asks a service, if the answer is not cached and a slot is free.

use std::time::Duration;

use super::{
    answers,
    rate::{self, Slot},
};
use crate::{
    deps::Deps,
    kernel::{
        Result,
        secret::{hex, keyed_hash},
    },
    ports::geocoder::{FoundPlace, LookUpError, OnlineGeocoder},
};
use geometry::Point;

use entity::Timestamp;

/// Pause after a service has refused this program; somebody has to look into it.
const REFUSED_FOR: Duration = Duration::from_secs(60 * 60);
/// Pause after a service was asked too often and gave no time to retry.
const TOO_OFTEN_FOR: Duration = Duration::from_secs(60);

/// A question to a service.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceQuery {
    /// The place for these words, a few hundred characters at most.
    Words(String),
    /// The names for a point. The point must be masked, because the question leaves the server.
    Neighbourhood(Point),
}

/// The result of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum LookUp {
    /// The places, the likeliest first; none if the service knows none.
    Answer(Vec<FoundPlace>),
    /// Nobody was asked, because all slots are taken or the service is paused; try again at that time.
    NotBefore(Timestamp),
    /// The service failed; nobody asks it before that time.
    Failed(Timestamp),
}

/// Whether there is a service.
pub fn is_online(deps: &Deps) -> bool {
    deps.online_geocoder.is_some()
}

/// The answer that is known, or that of the service if it is our turn within `longest_wait`. Without a service the answer is
/// that there is no such place. Not to be called inside of a transaction.
pub async fn look_up(deps: &Deps, question: &PlaceQuery, longest_wait: Duration) -> Result<LookUp> {
    let Some(service) = &deps.online_geocoder else {
        return Ok(LookUp::Answer(Vec::new()));
    };
    let key = question.key(deps);
    if let Some(places) = answers::find(deps.db.read(), &key, deps.clock.now()).await? {
        return Ok(LookUp::Answer(places));
    }
    match rate::take(deps, longest_wait).await? {
        Slot::NotBefore(then) => return Ok(LookUp::NotBefore(then)),
        Slot::At(then) => deps.clock.wait_until(then).await,
    }
    // While we waited, somebody else may have asked the same, or found out that the service needs a rest.
    if let Some(places) = answers::find(deps.db.read(), &key, deps.clock.now()).await? {
        return Ok(LookUp::Answer(places));
    }
    if let Some(then) = rate::pause(deps).await? {
        return Ok(LookUp::NotBefore(then));
    }
    match question.put_to(service.as_ref()).await {
        Ok(places) => {
            deps.write(async |tx| {
                rate::note_success(tx).await?;
                answers::keep(tx, &key, &places).await
            })
            .await?;
            Ok(LookUp::Answer(places))
        }
        Err(error) => give_rest(deps, &error).await.map(LookUp::Failed),
    }
}

/// The answer that is known, without asking anybody.
pub(super) async fn known(deps: &Deps, question: &PlaceQuery) -> Result<Option<Vec<FoundPlace>>> {
    answers::find(deps.db.read(), &question.key(deps), deps.clock.now()).await
}

async fn give_rest(deps: &Deps, error: &LookUpError) -> Result<Timestamp> {
    let asked = match error {
        LookUpError::TooOften { after } => Some(after.unwrap_or(TOO_OFTEN_FOR)),
        LookUpError::Refused(_) => Some(REFUSED_FOR),
        LookUpError::Rejected | LookUpError::Away(_) => None,
    };
    let until = rate::note_failure(deps, asked).await?;
    tracing::warn!(error = ?error, %until, "a place could not be looked up; nobody asks until then");
    Ok(until)
}

impl PlaceQuery {
    /// The cache key. It is built from the meaning of the question, so that a different capitalization is not a
    /// different question.
    fn key(&self, deps: &Deps) -> String {
        let text = match self {
            Self::Words(words) => format!("words {}", normalised(words)),
            Self::Neighbourhood(point) => format!("point {:.5} {:.5}", point.latitude, point.longitude),
        };
        hex(&keyed_hash(&deps.secret.key("questions for places"), text.as_bytes()))
    }

    async fn put_to(&self, service: &dyn OnlineGeocoder) -> Result<Vec<FoundPlace>, LookUpError> {
        let answer = match self {
            Self::Words(words) => service.search(words).await,
            Self::Neighbourhood(point) => {
                let found = service.reverse(point.latitude, point.longitude).await;
                found.map(|place| place.into_iter().collect())
            }
        };
        match answer {
            // It will never know: that is an answer, and the service is well.
            Err(LookUpError::Rejected) => Ok(Vec::new()),
            other => other,
        }
    }
}

fn normalised(words: &str) -> String {
    let separated = words.to_lowercase().replace([',', ';'], " , ");
    let words: Vec<&str> = separated.split_whitespace().collect();
    words.join(" ").trim_matches([' ', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_is_spelt_in_many_ways() {
        for same in ["12 Oak Street, Lyon", " 12  OAK street ,lyon,", "12 oak Street;Lyon"] {
            assert_eq!(normalised(same), "12 oak street , lyon", "{same}");
        }
        assert_ne!(normalised("12 Oak Street, Lyon"), normalised("12 Oak, Street Lyon"));
    }
}
