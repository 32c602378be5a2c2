//! Checks the code of a second factor.

use entity::{id::MemberId, member, second_factor, vocabulary::SecondFactorMethod};

use super::{
    recovery_codes::spend_recovery_code,
    store::{confirmed, spend_step},
    texts::{spend_text, text_code},
    totp::{generator, step_of, unsealed},
};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        limits::{CODES_AT_ONE_ACCOUNT, CODES_FROM_ELSEWHERE},
        store::is_known_network,
    },
    events::{AccountEvent, SecurityChange},
    kernel::{Error, FieldCode, Result, viewer::Origin},
};

/// Refuses unless the member has no second factor, or this is a code of it: six digits, or a recovery code. Whether there
/// is one. Whoever calls has checked the password before.
pub async fn check_code(deps: &Deps, origin: &Origin, member: &member::Model, code: Option<&str>) -> Result<bool> {
    let Some(factor) = confirmed(deps.db.read(), member.id).await? else {
        return Ok(false);
    };
    let code: String = code
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == '-')
        .collect();
    if code.is_empty() {
        return Err(Error::field(
            "code",
            FieldCode::Required,
            asked_for(deps, &factor).await?,
        ));
    }
    count_try(deps, origin, member).await?;
    let is_right = deps
        .write(async |tx| spend(deps, tx, origin, member, &factor, &code).await)
        .await?;
    if is_right {
        let whom = member.id.to_string();
        deps.forget(&CODES_AT_ONE_ACCOUNT, (origin.address, whom.as_str()))
            .await;
        return Ok(true);
    }
    let message = "this code is wrong, too old, or was used before: take the next one, or use a recovery code";
    Err(Error::field("code", FieldCode::Invalid, message))
}

/// What is told to whoever logs in while what opens the account is changed.
pub const CHANGED: &str = "the account was changed at the same moment: log in again";

/// Refuses whoever was not asked for a code, because the second factor was turned on while they logged in. The caller has
/// locked the member.
pub async fn refuse_unasked(tx: &Tx, member: MemberId, was_asked: bool) -> Result<()> {
    match confirmed(tx, member).await? {
        Some(_) if !was_asked => Err(Error::Conflict(CHANGED.into())),
        _ => Ok(()),
    }
}

/// Says what is needed; for a member with text messages, one is sent.
async fn asked_for(deps: &Deps, factor: &second_factor::Model) -> Result<&'static str> {
    match factor.method {
        SecondFactorMethod::Totp => Ok(
            "this account has two-step verification: give the six digits of your authenticator app, or a recovery code",
        ),
        SecondFactorMethod::Text => {
            text_code(deps, factor.member_id).await?;
            Ok(
                "this account has two-step verification: give the code that we send to your phone now, or a recovery code",
            )
        }
    }
}

async fn count_try(deps: &Deps, origin: &Origin, member: &member::Model) -> Result<()> {
    let whom = member.id.to_string();
    deps.limit(&CODES_AT_ONE_ACCOUNT, (origin.address, whom.as_str()))
        .await?;
    if is_known_network(deps.db.read(), origin.address, &member.email).await? {
        return Ok(());
    }
    deps.limit(&CODES_FROM_ELSEWHERE, member.id).await
}

/// Whether the code is right; it is spent then, and a failure is written down.
async fn spend(
    deps: &Deps,
    tx: &Tx,
    origin: &Origin,
    member: &member::Model,
    factor: &second_factor::Model,
    code: &str,
) -> Result<bool> {
    let is_right = match factor.method {
        SecondFactorMethod::Totp => spend_totp(deps, tx, member, factor, code).await?,
        SecondFactorMethod::Text => spend_text(deps, tx, member.id, code).await?,
    };
    if is_right {
        return Ok(true);
    }
    let is_recovery = spend_recovery_code(tx, member.id, code).await?;
    let action = if is_recovery {
        "recovery_code_used"
    } else {
        "second_factor_failed"
    };
    if is_recovery {
        tx.announce(AccountEvent::SecurityChanged {
            member_id: member.id,
            change: SecurityChange::RecoveryCodeUsed,
        });
    }
    let address = Some(origin.address.to_string());
    audit(deps, tx, member.id.to_string(), action, None, address).await?;
    Ok(is_recovery)
}

async fn spend_totp(
    deps: &Deps,
    tx: &Tx,
    member: &member::Model,
    factor: &second_factor::Model,
    code: &str,
) -> Result<bool> {
    let (secret, _) = unsealed(deps, factor)?;
    match step_of(&generator(secret, &member.email)?, code, tx.now()) {
        Some(step) => spend_step(tx, member.id, step).await,
        None => Ok(false),
    }
}
