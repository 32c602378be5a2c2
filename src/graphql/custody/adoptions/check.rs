//! Whether an adopted animal is still in its new home.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};
use entity::shelter;

use crate::{
    count,
    domain::custody,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        custody::Stay,
        scalars::DateTime,
        vocabulary::AdoptionOutcome,
    },
    kernel::{Result, page::Page},
};

/// How long after an adoption it is checked, by the calendar of the shelter.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "custody::CheckTime")]
pub enum AdoptionCheckTime {
    /// After three months.
    ThreeMonths,
    /// After twelve months.
    TwelveMonths,
}

/// Whether an adopted animal is still in its new home some months later.
pub struct AdoptionCheck(pub custody::ShownCheck);

/// A page of the checks that a shelter is asked for; `None` for those who may not see its animals.
pub async fn adoption_checks_due(
    ctx: &Context<'_>,
    shelter: &Arc<shelter::Model>,
    page: Page,
) -> Result<Option<Connection<AdoptionCheck>>> {
    let deps = ctx.deps()?;
    let actor = ctx.loaders()?.actor(deps).await?;
    let now = deps.clock.now();
    let found = custody::checks_due(deps.db.read(), &actor, (shelter.as_ref(), now), &page).await?;
    let found = found.map(|slice| slice.map(AdoptionCheck));
    let count = count!(deps, shelter; custody::count_checks_due(deps.db.read(), &shelter, now));
    Ok(found.map(|slice| connection(slice, count)))
}

/// Whether an adopted animal is still in its new home some months later. Nothing is known here of who adopted it.
#[Object]
impl AdoptionCheck {
    /// The stay that ended with the adoption.
    async fn stay(&self) -> Stay {
        Stay(Arc::new(self.0.stay.clone()))
    }

    /// How many months after it.
    async fn after(&self) -> AdoptionCheckTime {
        self.0.time.into()
    }

    /// When that is: the beginning of the day where the shelter is.
    async fn due_at(&self) -> DateTime {
        self.0.due_at.into()
    }

    /// What became of the adoption by then; null while nobody knows. An animal that came back to a shelter before counts as
    /// RETURNED, and one that came back later as KEPT, without any record.
    async fn outcome(&self) -> Option<AdoptionOutcome> {
        self.0.outcome.map(Into::into)
    }

    /// What the staff noted; null if nothing.
    async fn note(&self) -> Option<&str> {
        self.0.recorded.as_ref().and_then(|check| check.note.as_deref())
    }

    /// When the staff recorded it last; null if it did not.
    async fn recorded_at(&self) -> Option<DateTime> {
        self.0.recorded.as_ref().map(|check| check.recorded_at.into())
    }

    /// Id of the member or API key that recorded it last; null if nobody did.
    async fn recorded_by(&self) -> Option<&str> {
        self.0.recorded.as_ref().map(|check| check.recorded_by.as_str())
    }
}
