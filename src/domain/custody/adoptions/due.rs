//! The adoptions that a shelter is asked about now.

use chrono::Days;
use entity::{
    Timestamp, adoption_check, shelter, stay,
    vocabulary::{AdoptionOutcome, StayOutcome},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{
    came_back::came_back,
    check_time::{CheckTime, adopted_before, day_of, due_at, zone_at},
    shown::ShownCheck,
};
use crate::{
    deps::{Direction, Keyset},
    domain::staff::Actor,
    kernel::{
        Result,
        page::{KeyValue, Page, Slice},
    },
};

/// For how many days a shelter is asked about an adoption. What it has not answered by then stays unknown, so that the first
/// import of a shelter does not ask about the adoptions of years.
const ASKED_FOR: Days = Days::new(90);

/// A page of a shelter's adoptions whose time has come and of which nothing is known, adopted longest ago first; `None` for
/// viewers who may not see its animals.
pub async fn checks_due(
    db: &impl ConnectionTrait,
    actor: &Actor,
    (shelter, now): (&shelter::Model, Timestamp),
    page: &Page,
) -> Result<Option<Slice<ShownCheck>>> {
    if !actor.may_see_animals(shelter.id) {
        return Ok(None);
    }
    let order = Keyset {
        list: "adoption checks",
        columns: vec![Expr::col(stay::Column::OutcomeAt), Expr::col(stay::Column::Id)],
        direction: Direction::Ascending,
    };
    let key = |stay: &stay::Model| {
        let adopted_at = stay.outcome_at.unwrap_or(stay.intake_at);
        vec![KeyValue::Int(adopted_at.0), KeyValue::Id(stay.id.0)]
    };
    let found = order.page(db, due(shelter, now), page, key).await?;
    Ok(Some(found.map(|stay| waiting(stay, shelter, now))))
}

/// Number of those adoptions. The caller checks that the viewer may see them.
pub async fn count_checks_due(db: &impl ConnectionTrait, shelter: &shelter::Model, now: Timestamp) -> Result<u64> {
    Ok(due(shelter, now).count(db).await?)
}

/// The check that an adoption waits for: the last one whose time has come.
fn waiting(stay: stay::Model, shelter: &shelter::Model, now: Timestamp) -> ShownCheck {
    let (adopted_at, zone) = (stay.outcome_at.unwrap_or(stay.intake_at), zone_at(shelter));
    let times = CheckTime::ALL.map(|time| (time, due_at(adopted_at, time, zone)));
    let [first, last] = times;
    let (time, due_at) = match last.1 <= now {
        true => last,
        false => first,
    };
    ShownCheck {
        stay,
        time,
        due_at,
        outcome: None,
        recorded: None,
    }
}

/// The adoptions whose time has come and of which nothing is known.
pub(super) fn due(shelter: &shelter::Model, now: Timestamp) -> Select<stay::Entity> {
    let zone = zone_at(shelter);
    let today = day_of(now, zone);
    let former = today.checked_sub_days(ASKED_FOR).unwrap_or(today);
    let bound = |day, time| adopted_before(day, time, zone);
    of_times(shelter, |time| (bound(former, time), bound(today, time)))
}

/// Those of them whose time has come since the day of `since`.
pub(super) fn due_since(shelter: &shelter::Model, since: Timestamp, now: Timestamp) -> Select<stay::Entity> {
    let zone = zone_at(shelter);
    let bound = |at, time| adopted_before(day_of(at, zone), time, zone);
    of_times(shelter, |time| (bound(since, time), bound(now, time)))
}

/// The adoptions of which nothing is known and that happened in the period that belongs to a time.
fn of_times(shelter: &shelter::Model, period: impl Fn(CheckTime) -> (Timestamp, Timestamp)) -> Select<stay::Entity> {
    let times = CheckTime::ALL.into_iter().map(|time| {
        let (from, to) = period(time);
        Condition::all()
            .add(stay::COLUMN.outcome_at.gte(from))
            .add(stay::COLUMN.outcome_at.lt(to))
            .add(answered(time).not())
    });
    adoptions(shelter)
        .filter(times.fold(Condition::any(), |any, one| any.add(one)))
        .filter(came_back().not())
}

/// The stays of a shelter that ended with an adoption.
pub(super) fn adoptions(shelter: &shelter::Model) -> Select<stay::Entity> {
    stay::Entity::find()
        .filter(stay::COLUMN.shelter_id.eq(shelter.id))
        .filter(stay::Column::Outcome.eq(StayOutcome::Adopted))
}

/// Condition: it was recorded what became of an adoption by that time, or that it ended before.
fn answered(time: CheckTime) -> SimpleExpr {
    let is_final = adoption_check::COLUMN
        .outcome
        .is_in([AdoptionOutcome::Returned, AdoptionOutcome::Died]);
    let earlier = Condition::all()
        .add(adoption_check::COLUMN.months.lt(time.stored()))
        .add(is_final);
    let answers = Condition::any()
        .add(adoption_check::COLUMN.months.eq(time.stored()))
        .add(earlier);
    let checks = adoption_check::Entity::find()
        .select_only()
        .column(adoption_check::Column::StayId)
        .filter(
            adoption_check::Column::StayId
                .into_expr()
                .eq(stay::Column::Id.into_expr()),
        )
        .filter(answers);
    Expr::exists(checks.into_query())
}
