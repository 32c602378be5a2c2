//! Two-step verification by text message.

use entity::{
    id::{LogInCodeId, SmsMessageId},
    sms_message,
    vocabulary::{SmsDirection, SmsStatus},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{budget, model::LOG_IN, store};
use crate::{
    deps::Deps,
    domain::accounts,
    events::SmsEvent,
    kernel::{Error, FieldCode, FieldError, OrGone, Outcome, Result, Viewer, viewer::Origin},
};

/// Turns it on for the viewer, who has a verified number; returns the recovery codes.
pub async fn enable_text_codes(deps: &Deps, viewer: &Viewer, origin: &Origin, password: String) -> Result<Vec<String>> {
    let id = viewer.require_member()?;
    accounts::confirm_password(deps, origin, id, "password", password).await?;
    let account = store::account_of(deps.db.read(), id, deps.clock.now()).await?;
    if !account.verified || !account.opted_in {
        return Err(Error::Invalid(vec![FieldError {
            path: Vec::new(),
            code: FieldCode::Unverified,
            message: "verify a phone number that takes text messages first (requestPhoneVerification)".to_owned(),
        }]));
    }
    accounts::turn_on_texts(deps, viewer, origin).await
}

/// Job: queues the text message with a code for a log-in. It costs no credits, and has the id of the code.
pub async fn queue_log_in_text(deps: &Deps, id: LogInCodeId) -> Result<Outcome> {
    queue(deps, id)
        .await
        .or_gone("the code has expired, or the member has no phone any more")
}

async fn queue(deps: &Deps, id: LogInCodeId) -> Result<()> {
    let code = accounts::pending_log_in_code(deps, id).await?;
    let account = store::account_of(deps.db.read(), code.member_id, deps.clock.now()).await?;
    let phone = account
        .phone
        .filter(|_| account.verified)
        .ok_or(Error::NotFound("phone"))?;
    budget::spend(deps, &phone)
        .await
        .map_err(|_| Error::NotFound("room in the budget"))?;
    deps.write(async |tx| {
        let sms = SmsMessageId(id.0);
        let row = sms_message::ActiveModel {
            id: Set(sms),
            member_id: Set(Some(code.member_id)),
            conversation_id: Set(None),
            direction: Set(SmsDirection::Outbound),
            purpose: Set(LOG_IN.to_owned()),
            to_phone: Set(phone),
            from_phone: Set(None),
            body: Set("Your log-in code was sent.".to_owned()),
            segments: Set(1),
            credits: Set(0),
            status: Set(SmsStatus::Queued),
            error: Set(None),
            provider_id: Set(None),
            created_at: Set(tx.now()),
            updated_at: Set(tx.now()),
            delivered_at: Set(None),
        };
        sms_message::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        tx.announce(SmsEvent::SmsQueued { sms_message_id: sms });
        Ok(())
    })
    .await
}
