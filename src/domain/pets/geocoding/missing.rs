//! Looks up all places that are not known yet.

use std::time::Duration;

use entity::{
    id::{PetId, SightingId},
    pet, sighting,
    vocabulary::PlacePrecision,
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
        pets::{live::live, store::visible_to},
        places::{self, Subject},
    },
    kernel::{Error, Result, Viewer},
};

/// Rows per query.
const CHUNK: u64 = 200;
/// A wait long enough to be reported to whoever is watching.
const LONG_WAIT: Duration = Duration::from_secs(4);
/// After this many failures in a row, the service counts as unavailable.
const MOST_FAILURES: u32 = 5;

/// The results so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// Reports and sightings that were looked up.
    pub asked: u64,
    /// Subjects whose place is now known better.
    pub resolved: u64,
    /// Subjects of which the service knows nothing better; they are skipped until they change.
    pub unknown: u64,
    /// Subjects for which the service failed; they stay on the agenda.
    pub failed: u64,
}

/// Looks up every place of a live report or sighting that may be known better, at most `limit` of them, within the
/// allowed rate. Skips those of which the service knows nothing. It can be stopped at any time, repeated, and run
/// alongside servers. `progress` is called after each place. Fails if the service is unavailable.
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

/// Waits for every slot that the place needs; none if there was nothing to ask.
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
            // The point comes first, then its names.
            Outcome::Resolved => last = Some(Outcome::Resolved),
            Outcome::Settled => return Ok(last),
            // The earlier result is kept.
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

/// Position of the walk through all reports by id, then all sightings.
enum Cursor {
    Pets(Option<PetId>),
    Sightings(Option<SightingId>),
}

impl Cursor {
    /// The next subjects that the service may know something about; possibly none in one step, and None at the end.
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
    let mut rows = visible_to(&Viewer::System).filter(live()).filter(inexact);
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
