//! Goes through everything whose place is not known.

use std::time::Duration;

use entity::{
    id::{PetId, SightingId},
    pet, sighting,
    vocabulary::{PetStatus, PlacePrecision},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    given_place::GivenPlace,
    need::Need,
    resolve::{Outcome, resolve},
};
use crate::{
    deps::Deps,
    domain::{
        pets::store::visible_to,
        places::{self, Subject},
    },
    kernel::{Error, Result, Viewer},
};

/// Rows of one look.
const CHUNK: u64 = 200;
/// A wait that somebody who looks on should hear of.
const LONG_WAIT: Duration = Duration::from_secs(4);
/// After so many failures in a row the service is away.
const MOST_FAILURES: u32 = 5;

/// What came of it so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// Reports and sightings that were looked up.
    pub asked: u64,
    /// Those whose place is known better now.
    pub resolved: u64,
    /// Those of which the service knows nothing better; they are not asked for again until they change.
    pub unknown: u64,
    /// Those for which the service failed; they stay on the agenda.
    pub failed: u64,
}

/// Asks for every place of a live report and of a sighting that may be known better, at the rate that is allowed; at
/// most `limit` of them. Those of which the service knows nothing are passed over. It may be stopped at any time, run
/// again, and run beside servers. `progress` hears of every place. Fails when the service is away.
pub async fn geocode_missing(deps: &Deps, limit: Option<u64>, mut progress: impl FnMut(&Missing)) -> Result<Missing> {
    if !places::is_online(deps) {
        return Err(Error::BadInput(
            "no service for places is configured: set SWEETIE_NOMINATIM_URL".into(),
        ));
    }
    let (mut so_far, mut failures) = (Missing::default(), 0);
    let mut cursor = Cursor::Pets(None);
    while let Some(subjects) = cursor.next(deps).await? {
        for subject in subjects {
            if limit.is_some_and(|limit| limit <= so_far.asked) {
                return Ok(so_far);
            }
            let Some(outcome) = resolve_patiently(deps, subject).await? else {
                continue;
            };
            failures = if outcome == Outcome::Failed { failures + 1 } else { 0 };
            if MOST_FAILURES <= failures {
                return Err(Error::NotNow(
                    "the service for places does not answer: try again later".into(),
                ));
            }
            so_far.count(outcome);
            progress(&so_far);
        }
    }
    Ok(so_far)
}

/// Waits for every turn that the place needs; nothing if there was nothing to ask.
async fn resolve_patiently(deps: &Deps, subject: Subject) -> Result<Option<Outcome>> {
    if places::is_given_up(deps.db.read(), subject).await? {
        return Ok(None);
    }
    let mut last = None;
    loop {
        match resolve(deps, subject).await? {
            Outcome::NotBefore(then) => {
                if LONG_WAIT < then.since(deps.clock.now()) {
                    tracing::info!(until = %then, "the service for places needs a rest");
                }
                deps.clock.wait_until(then).await;
            }
            // The point first, then its name.
            Outcome::Resolved => last = Some(Outcome::Resolved),
            Outcome::Settled => return Ok(last),
            // What was found before stays.
            Outcome::Unknown => return Ok(last.or(Some(Outcome::Unknown))),
            Outcome::Failed => return Ok(Some(Outcome::Failed)),
        }
    }
}

impl Missing {
    fn count(&mut self, outcome: Outcome) {
        self.asked += 1;
        match outcome {
            Outcome::Resolved => self.resolved += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Settled | Outcome::NotBefore(_) => {}
        }
    }
}

/// How far the walk has come: all reports by id, then all sightings.
enum Cursor {
    Pets(Option<PetId>),
    Sightings(Option<SightingId>),
}

impl Cursor {
    /// The next ones that the service may know something about, perhaps none of a look; nothing at the end.
    async fn next(&mut self, deps: &Deps) -> Result<Option<Vec<Subject>>> {
        match self {
            Self::Pets(after) => {
                let rows = pets(deps, *after).await?;
                let found = rows
                    .iter()
                    .filter(|row| Need::of(deps, &GivenPlace::from(*row)).is_some());
                let subjects = found.map(|row| Subject::Pet(row.id)).collect();
                *self = match rows.last() {
                    Some(last) => Self::Pets(Some(last.id)),
                    None => Self::Sightings(None),
                };
                Ok(Some(subjects))
            }
            Self::Sightings(after) => {
                let rows = sightings(deps, *after).await?;
                let Some(last) = rows.last() else { return Ok(None) };
                let found = rows
                    .iter()
                    .filter(|row| Need::of(deps, &GivenPlace::from(*row)).is_some());
                let subjects = found.map(|row| Subject::Sighting(row.id)).collect();
                *self = Self::Sightings(Some(last.id));
                Ok(Some(subjects))
            }
        }
    }
}

async fn pets(deps: &Deps, after: Option<PetId>) -> Result<Vec<pet::Model>> {
    let inexact = Condition::any()
        .add(pet::COLUMN.precision.ne(PlacePrecision::Point))
        .add(pet::COLUMN.country.is_null());
    let live = pet::COLUMN.status.is_in([PetStatus::Open, PetStatus::Matched]);
    let mut rows = visible_to(&Viewer::System).filter(live).filter(inexact);
    if let Some(after) = after {
        rows = rows.filter(pet::COLUMN.id.gt(after));
    }
    Ok(rows
        .order_by_asc(pet::Column::Id)
        .limit(CHUNK)
        .all(deps.db.read())
        .await?)
}

async fn sightings(deps: &Deps, after: Option<SightingId>) -> Result<Vec<sighting::Model>> {
    let inexact = Condition::any()
        .add(sighting::COLUMN.precision.ne(PlacePrecision::Point))
        .add(sighting::COLUMN.country.is_null());
    let mut rows = sighting::Entity::find().filter(inexact);
    if let Some(after) = after {
        rows = rows.filter(sighting::COLUMN.id.gt(after));
    }
    Ok(rows
        .order_by_asc(sighting::Column::Id)
        .limit(CHUNK)
        .all(deps.db.read())
        .await?)
}
