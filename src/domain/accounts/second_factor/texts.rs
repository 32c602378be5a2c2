//! Codes by text message, for members without an authenticator app. `domain::sms` sends them to the member's verified
//! number; what is here knows no number.

use std::time::Duration;

use entity::{
    id::{LogInCodeId, MemberId},
    log_in_code, second_factor,
    vocabulary::SecondFactorMethod,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use subtle::ConstantTimeEq;

use super::{recovery_codes, store::confirmed};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{audit::audit, limits::CODES_TEXTED, store},
    events::{AccountEvent, SecurityChange},
    kernel::{
        Error, Result, Viewer,
        secret::{Secret, keyed_hash},
        viewer::Origin,
    },
};

const GOOD_FOR: Duration = Duration::from_secs(10 * 60);
/// Times that one code may be tried.
const TRIES: i32 = 5;

/// The six digits of a code.
pub fn log_in_code(secret: &Secret, id: LogInCodeId) -> String {
    let digest = keyed_hash(&secret.key("log-in codes"), id.to_string().as_bytes());
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// A code that is still good, and whose it is.
pub async fn pending_log_in_code(deps: &Deps, id: LogInCodeId) -> Result<log_in_code::Model> {
    let found = log_in_code::Entity::find_by_id(id).one(deps.db.read()).await?;
    found
        .filter(|code| deps.clock.now() < code.expires_at)
        .ok_or(Error::NotFound("code"))
}

/// Asks for a text message with a new code; the ones before are void.
pub async fn text_code(deps: &Deps, member: MemberId) -> Result<()> {
    deps.limit(&CODES_TEXTED, member).await?;
    deps.write(async |tx| {
        void_codes(tx, member).await?;
        let id = LogInCodeId(deps.ids.uuid(tx.now()));
        let row = log_in_code::ActiveModel {
            id: Set(id),
            member_id: Set(member),
            tries: Set(0),
            created_at: Set(tx.now()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
        };
        log_in_code::Entity::insert(row).exec_without_returning(tx).await?;
        tx.announce(AccountEvent::LogInCodeRequested { code_id: id });
        Ok(())
    })
    .await
}

/// Uses the member's latest code up, if this is it.
pub async fn spend_text(deps: &Deps, tx: &Tx, member: MemberId, code: &str) -> Result<bool> {
    let Some(latest) = latest(tx, member).await? else {
        return Ok(false);
    };
    let tried = log_in_code::Entity::update_many()
        .col_expr(log_in_code::Column::Tries, Expr::col(log_in_code::Column::Tries).add(1))
        .filter(log_in_code::COLUMN.id.eq(latest.id))
        .filter(log_in_code::COLUMN.tries.lt(TRIES))
        .filter(log_in_code::COLUMN.expires_at.gt(tx.now()))
        .exec(tx)
        .await?;
    let mut codes = deps.secret.each().map(|secret| log_in_code(secret, latest.id));
    let is_it = codes.any(|right| right.as_bytes().ct_eq(code.as_bytes()).into());
    if tried.rows_affected == 0 || !is_it {
        return Ok(false);
    }
    void_codes(tx, member).await?;
    Ok(true)
}

async fn latest(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<log_in_code::Model>> {
    let latest = log_in_code::Entity::find()
        .filter(log_in_code::COLUMN.member_id.eq(member))
        .order_by_desc(log_in_code::Column::CreatedAt)
        .order_by_desc(log_in_code::Column::Id);
    Ok(latest.one(db).await?)
}

async fn void_codes(tx: &Tx, member: MemberId) -> Result<()> {
    log_in_code::Entity::update_many()
        .col_expr(log_in_code::Column::ExpiresAt, Expr::value(tx.now()))
        .filter(log_in_code::COLUMN.member_id.eq(member))
        .filter(log_in_code::COLUMN.expires_at.gt(tx.now()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Turns two-step verification by text message on and returns the recovery codes. The caller has checked the password and
/// that the member has a verified number.
pub async fn turn_on_texts(deps: &Deps, viewer: &Viewer, origin: &Origin) -> Result<Vec<String>> {
    let id = viewer.require_member()?;
    deps.write(async |tx| {
        store::lock_member(tx, id).await?;
        if confirmed(tx, id).await?.is_some() {
            let message = "two-step verification is on already: turn it off first to change how it works";
            return Err(Error::Conflict(message.into()));
        }
        super::store::remove(tx, id).await?;
        let row = second_factor::ActiveModel {
            member_id: Set(id),
            method: Set(SecondFactorMethod::Text),
            sealed_secret: Set(String::new()),
            created_at: Set(tx.now()),
            confirmed_at: Set(Some(tx.now())),
            last_step: Set(None),
        };
        second_factor::Entity::insert(row).exec_without_returning(tx).await?;
        let change = SecurityChange::TextCodesEnabled;
        let address = Some(origin.address.to_string());
        audit(deps, tx, viewer.actor(), change.name(), None, address).await?;
        tx.announce(AccountEvent::SecurityChanged { member_id: id, change });
        recovery_codes::replace(deps, tx, id).await
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_depends_on_id_and_secret() {
        let id = |n| LogInCodeId(uuid::Uuid::from_u128(n));
        let (one, two) = (Secret::new(vec![1; 32]), Secret::new(vec![2; 32]));
        let codes: std::collections::HashSet<String> = (0..50).map(|n| log_in_code(&one, id(n))).collect();
        assert!(45 < codes.len() && codes.iter().all(|code| code.len() == 6));
        assert_ne!(log_in_code(&one, id(1)), log_in_code(&two, id(1)));
    }
}
