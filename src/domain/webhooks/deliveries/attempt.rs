//! Notes what came of a try, for the delivery and for its webhook.

use entity::{
    Timestamp,
    vocabulary::{StaffRole, WebhookDeliveryState},
    webhook, webhook_delivery,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, UpdateMany, sea_query::Expr};

use super::{
    pace::{TRIED_FOR, TRY_LASTS, next_try},
    post::{Again, Fault},
    queue::wake,
};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, staff::staff_of, webhooks::store},
    events::DeliveryEvent,
    kernel::{Outcome, Result, Viewer},
};

/// Begins a try, unless another worker is faster. If the process dies meanwhile, the next try is three minutes later.
pub(super) async fn begin(deps: &Deps, delivery: &webhook_delivery::Model) -> Result<Option<webhook_delivery::Model>> {
    deps.write(async |tx| {
        let (attempts, next_at) = (delivery.attempts + 1, tx.now().plus(TRY_LASTS));
        let begun = as_seen(delivery)
            .col_expr(webhook_delivery::Column::Attempts, Expr::value(attempts))
            .col_expr(webhook_delivery::Column::NextAt, Expr::value(next_at))
            .exec(tx)
            .await?;
        let delivery = webhook_delivery::Model {
            attempts,
            next_at,
            ..delivery.clone()
        };
        Ok((begun.rows_affected == 1).then_some(delivery))
    })
    .await
}

/// An update of a delivery that applies only while it waits, and nobody has tried or queued it again since it was read.
fn as_seen(delivery: &webhook_delivery::Model) -> UpdateMany<webhook_delivery::Entity> {
    webhook_delivery::Entity::update_many()
        .filter(webhook_delivery::COLUMN.id.eq(delivery.id))
        .filter(webhook_delivery::COLUMN.state.eq(WebhookDeliveryState::Queued))
        .filter(webhook_delivery::COLUMN.attempts.eq(delivery.attempts))
        .filter(webhook_delivery::COLUMN.queued_at.eq(delivery.queued_at))
}

/// The delivery was taken.
pub(super) async fn taken(deps: &Deps, delivery: &webhook_delivery::Model, status: i32) -> Result<Outcome> {
    deps.write(async |tx| {
        let webhook = store::locked(tx, delivery.webhook_id).await?;
        as_seen(delivery)
            .col_expr(
                webhook_delivery::Column::State,
                Expr::value(WebhookDeliveryState::Delivered),
            )
            .col_expr(webhook_delivery::Column::LastStatus, Expr::value(Some(status)))
            .col_expr(webhook_delivery::Column::LastError, Expr::value(Option::<String>::None))
            .col_expr(webhook_delivery::Column::DeliveredAt, Expr::value(Some(tx.now())))
            .exec(tx)
            .await?;
        if webhook.rests_until.is_some_and(|until| tx.now() < until) {
            wake(tx, webhook.id).await?;
        }
        let mut row = webhook.into_active_model();
        row.last_success_at = Set(Some(tx.now()));
        row.failing_since = Set(None);
        row.rests_until = Set(None);
        webhook::Entity::update(row).exec(tx).await?;
        Ok(Outcome::Done)
    })
    .await
}

/// The delivery was not taken by the webhook as it was then: it is tried again or given up, and the webhook may have failed for
/// too long.
pub(super) async fn failed(
    deps: &Deps,
    then: &webhook::Model,
    delivery: &webhook_delivery::Model,
    fault: Fault,
) -> Result<Outcome> {
    deps.write(async |tx| {
        let webhook = store::locked(tx, delivery.webhook_id).await?;
        let next = match fault.again {
            Again::Later(after) => next_try(delivery.queued_at, delivery.attempts, after, tx.now()),
            Again::Never | Again::NothingEver => None,
        };
        note(tx, delivery, &fault, next).await?;
        if webhook.restarted_at == then.restarted_at {
            count(deps, tx, webhook, (delivery, &fault, next)).await?;
        }
        Ok(next.map_or(Outcome::Done, |next| Outcome::Snooze(next.since(tx.now()))))
    })
    .await
}

/// Notes for a webhook that it did not take a delivery: it rests until that is tried again, or is turned off.
async fn count(
    deps: &Deps,
    tx: &Tx,
    webhook: webhook::Model,
    (delivery, fault, next): (&webhook_delivery::Model, &Fault, Option<Timestamp>),
) -> Result<()> {
    // Nothing was tried at this webhook before the delivery was queued, the last try was a success, or it has begun anew.
    let since = [webhook.last_success_at, webhook.restarted_at];
    let since = since.into_iter().flatten().fold(delivery.queued_at, Ord::max);
    let failing_since = webhook.failing_since.unwrap_or(since);
    let why_off = match fault.again {
        Again::NothingEver => Some("its system answered 410 Gone".to_owned()),
        _ if failing_since.plus(TRIED_FOR) <= tx.now() => Some(format!(
            "every delivery has failed for three days, the last one because {}",
            fault.why
        )),
        _ => None,
    };
    let mut row = webhook.clone().into_active_model();
    row.failing_since = Set(Some(failing_since));
    if next.is_some() {
        row.rests_until = Set(next);
    }
    if let Some(why) = why_off.filter(|_| webhook.disabled_at.is_none()) {
        row.disabled_at = Set(Some(tx.now()));
        row.disabled_reason = Set(Some(why));
        turn_off(deps, tx, &webhook).await?;
    }
    webhook::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Tells the log and the ADMINs of the shelter that the server has turned a webhook off.
async fn turn_off(deps: &Deps, tx: &Tx, webhook: &webhook::Model) -> Result<()> {
    let (webhook_id, actor) = (webhook.id, Viewer::System.actor());
    audit(deps, tx, actor, "webhook_disabled", Some(webhook_id.to_string()), None).await?;
    let staff = staff_of(tx, webhook.shelter_id).await?;
    for admin in staff.iter().filter(|row| row.role == StaffRole::Admin) {
        let member_id = admin.member_id;
        tx.announce(DeliveryEvent::WebhookDisabled { webhook_id, member_id });
    }
    Ok(())
}

async fn note(tx: &Tx, delivery: &webhook_delivery::Model, fault: &Fault, next: Option<Timestamp>) -> Result<()> {
    let state = match next {
        Some(_) => WebhookDeliveryState::Queued,
        None => WebhookDeliveryState::Failed,
    };
    as_seen(delivery)
        .col_expr(webhook_delivery::Column::State, Expr::value(state))
        .col_expr(
            webhook_delivery::Column::NextAt,
            Expr::value(next.unwrap_or(delivery.next_at)),
        )
        .col_expr(webhook_delivery::Column::LastStatus, Expr::value(fault.status))
        .col_expr(
            webhook_delivery::Column::LastError,
            Expr::value(Some(fault.why.as_str())),
        )
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives a delivery up without a try.
pub(super) async fn give_up(deps: &Deps, delivery: &webhook_delivery::Model, why: &str) -> Result<()> {
    deps.write(async |tx| {
        let fault = Fault {
            status: None,
            why: why.to_owned(),
            again: Again::Never,
        };
        note(tx, delivery, &fault, None).await
    })
    .await
}
