//! Hands a queued message to the carrier.

use std::{sync::Arc, time::Duration};

use entity::{
    Timestamp,
    id::{LogInCodeId, SmsMessageId},
    sms_message, sms_opt_out,
    vocabulary::SmsStatus,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    deps::{Deps, Tx},
    domain::{
        accounts,
        sms::{
            credits,
            model::{LOG_IN, VERIFICATION},
            store,
            verification::{code, code_hash},
        },
    },
    kernel::{Error, OrGone, Outcome, Result},
    ports::sms::{Accepted, OutgoingSms, SmsError},
};

/// A message is given up after this time, a little before the queue would bury its job.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(4 * 60 * 60);

const INTERRUPTED: &str = "interrupted while being sent; not sent again";
const NOT_WANTED: &str = "the recipient does not want text messages";
const CODE_IS_OVER: &str = "the code expired before it could be sent";
const TOO_LATE: &str = "the carrier could not be reached for four hours";

/// Job: sends a message. It may run twice, and may find that an earlier run was killed while sending. In that case a
/// carrier that could send the message twice is not asked again.
pub async fn deliver_sms(deps: &Deps, id: SmsMessageId) -> Result<Outcome> {
    deliver(deps, id).await.or_gone("the message is gone")
}

async fn deliver(deps: &Deps, id: SmsMessageId) -> Result<()> {
    let sms = store::message_with_id(deps.db.read(), id).await?;
    match sms.status {
        SmsStatus::Queued => {}
        SmsStatus::Sending if deps.sms.is_idempotent() => {}
        SmsStatus::Sending => return fail(deps, &sms, INTERRUPTED).await,
        _ => return Ok(()),
    }
    let body = match words(deps, &sms).await? {
        Ok(body) => body,
        Err(why_not) => return fail(deps, &sms, why_not).await,
    };
    if sms.status == SmsStatus::Queued && !step(deps, id, SmsStatus::Queued, SmsStatus::Sending).await? {
        // Another worker was faster, or the carrier has already answered.
        return Ok(());
    }
    let outgoing = OutgoingSms {
        id: id.to_string(),
        to: sms.to_phone.clone(),
        body,
        status_callback: Some(format!("{}/webhooks/sms/status?sms={id}", deps.public_url)),
    };
    match deps.sms.send(&outgoing).await {
        Ok(accepted) => sent(deps, id, accepted).await,
        Err(error) => not_sent(deps, &sms, error).await,
    }
}

/// The text of the message, or the reason why it will not be sent.
async fn words(deps: &Deps, sms: &sms_message::Model) -> Result<Result<String, &'static str>> {
    let now = deps.clock.now();
    if store::is_opted_out(deps.db.read(), &sms.to_phone).await? {
        return Ok(Err(NOT_WANTED));
    }
    if sms.purpose == VERIFICATION {
        return Ok(code_words(deps, sms, now).await?.ok_or(CODE_IS_OVER));
    }
    if sms.purpose == LOG_IN {
        return Ok(log_in_words(deps, sms.id).await?.ok_or(CODE_IS_OVER));
    }
    if sms.created_at.plus(GIVEN_UP_AFTER) <= now {
        return Ok(Err(TOO_LATE));
    }
    Ok(Ok(sms.body.clone()))
}

/// The message with its code, if that is still the latest code the member asked for.
async fn code_words(deps: &Deps, sms: &sms_message::Model, now: Timestamp) -> Result<Option<String>> {
    let Some(member) = sms.member_id else { return Ok(None) };
    let pending = store::verification_of(deps.db.read(), member).await?;
    let Some(pending) = pending.filter(|pending| now < pending.expires_at) else {
        return Ok(None);
    };
    let code = deps.secret.each().find_map(|secret| {
        let code = code(secret, sms.id);
        (code_hash(secret, member, &sms.to_phone, &code) == pending.code_hash).then_some(code)
    });
    Ok(code
        .map(|code| format!("{code} is your Finding Sweetie code, valid for 10 minutes. Do not share it with anyone.")))
}

/// The message with its code for a log-in, if that is still good.
async fn log_in_words(deps: &Deps, id: SmsMessageId) -> Result<Option<String>> {
    let id = LogInCodeId(id.0);
    match accounts::pending_log_in_code(deps, id).await {
        Ok(_) => {
            let code = accounts::log_in_code(&deps.secret, id);
            Ok(Some(format!(
                "{code} is your Finding Sweetie log-in code, valid for 10 minutes. We never ask you for it."
            )))
        }
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Changes the status if it is still `from`; returns whether it did.
async fn step(deps: &Deps, id: SmsMessageId, from: SmsStatus, to: SmsStatus) -> Result<bool> {
    deps.write(async |tx| move_status(tx, id, &[from], to, None).await)
        .await
}

/// Changes the status if it is one of `from`, and records the error; returns whether it did.
pub(super) async fn move_status(
    tx: &Tx,
    id: SmsMessageId,
    from: &[SmsStatus],
    to: SmsStatus,
    error: Option<&str>,
) -> Result<bool> {
    let delivered = Some(tx.now().0).filter(|_| to == SmsStatus::Delivered);
    let moved = sms_message::Entity::update_many()
        .col_expr(sms_message::Column::Status, Expr::value(to))
        .col_expr(sms_message::Column::UpdatedAt, Expr::value(tx.now()))
        .col_expr(sms_message::Column::Error, Expr::value(error))
        .col_expr(sms_message::Column::DeliveredAt, Expr::value(delivered))
        .filter(sms_message::COLUMN.id.eq(id))
        .filter(sms_message::COLUMN.status.is_in(from.iter().copied()))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// Stores the carrier's id for a message; only the first one counts.
pub(super) async fn name(tx: &Tx, id: SmsMessageId, provider_id: &str) -> Result<()> {
    sms_message::Entity::update_many()
        .col_expr(sms_message::Column::ProviderId, Expr::value(provider_id))
        .filter(sms_message::COLUMN.id.eq(id))
        .filter(sms_message::COLUMN.provider_id.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

async fn sent(deps: &Deps, id: SmsMessageId, accepted: Accepted) -> Result<()> {
    deps.write(async |tx| {
        name(tx, id, &accepted.provider_id).await?;
        move_status(tx, id, &[SmsStatus::Sending], SmsStatus::Sent, None).await?;
        Ok(())
    })
    .await
}

async fn not_sent(deps: &Deps, sms: &sms_message::Model, error: SmsError) -> Result<()> {
    let may_have_been_sent = match &error {
        SmsError::Permanent { reason, .. } => return fail(deps, sms, reason).await,
        SmsError::OptedOut => {
            deps.write(async |tx| opt_out(tx, &sms.to_phone).await).await?;
            return fail(deps, sms, NOT_WANTED).await;
        }
        SmsError::Temporary { may_have_been_sent, .. } => *may_have_been_sent,
    };
    if may_have_been_sent && !deps.sms.is_idempotent() {
        return fail(deps, sms, INTERRUPTED).await;
    }
    step(deps, sms.id, SmsStatus::Sending, SmsStatus::Queued).await?;
    Err(Error::Unavailable(Arc::new(error)))
}

/// The message was not sent: its credits are refunded.
async fn fail(deps: &Deps, sms: &sms_message::Model, why: &str) -> Result<()> {
    deps.write(async |tx| {
        let from = [SmsStatus::Queued, SmsStatus::Sending];
        if move_status(tx, sms.id, &from, SmsStatus::Failed, Some(why)).await? {
            credits::give_back(deps, tx, sms).await?;
        }
        Ok(())
    })
    .await
}

/// Records that a number wants no more messages.
pub async fn opt_out(tx: &Tx, phone: &str) -> Result<()> {
    let row = sms_opt_out::ActiveModel {
        phone: Set(phone.to_owned()),
        opted_out_at: Set(tx.now()),
    };
    sms_opt_out::Entity::insert(row)
        .on_conflict(OnConflict::column(sms_opt_out::Column::Phone).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
