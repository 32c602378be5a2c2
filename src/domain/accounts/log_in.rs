//! Logs a member in.

use std::time::Duration;

use entity::{id::SessionId, member, session};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    audit::audit,
    model::{LoggedIn, REFRESH_TOKEN_FOR},
    password, store, tokens,
};
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, FieldCode, Result, viewer::Origin},
};

const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Tries of one address at one account within the window.
const TRIES_PER_PAIR: u32 = 10;
/// Tries of one address at all accounts within the window.
const TRIES_PER_ADDRESS: u32 = 300;

/// What somebody gives to log in.
pub struct LogIn {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Logs in with a password. Limits count per address and account together, so that nobody can lock out somebody else.
pub async fn log_in(deps: &Deps, origin: &Origin, input: LogIn) -> Result<LoggedIn> {
    let email = input.email.trim().to_lowercase();
    let now = deps.clock.now();
    let pair = format!("log-in:{}:{email}", origin.address);
    for (key, limit) in [
        (pair.clone(), TRIES_PER_PAIR),
        (format!("log-in:{}", origin.address), TRIES_PER_ADDRESS),
    ] {
        deps.limiter
            .hit(&key, limit, WINDOW, now)
            .await
            .map_err(|after| Error::RateLimited {
                what: format!("at most {limit} tries to log in within 15 minutes").into(),
                after,
            })?;
    }
    let member = store::member_by_email(deps.db.read(), &email).await?;
    let stored = member.as_ref().map(|member| member.password_hash.clone());
    let is_right = password::verify(input.password, stored).await?;
    let Some(member) = member.filter(|_| is_right) else {
        deps.write(async |tx| {
            audit(
                deps,
                tx,
                "visitor".to_owned(),
                "log_in_failed",
                None,
                Some(origin.address.to_string()),
            )
            .await
        })
        .await?;
        let message = "there is no account with this address and password: check both";
        return Err(Error::Invalid(vec![crate::kernel::FieldError {
            path: Vec::new(),
            code: FieldCode::Invalid,
            message: message.to_owned(),
        }]));
    };
    deps.limiter.reset(&pair).await;
    deps.write(async |tx| open_session(deps, tx, origin, member).await)
        .await
}

/// Opens a log-in for a member who has proved who they are.
pub(super) async fn open_session(deps: &Deps, tx: &Tx, origin: &Origin, member: member::Model) -> Result<LoggedIn> {
    let session_id = SessionId(deps.ids.uuid(tx.now()));
    let row = session::ActiveModel {
        id: Set(session_id),
        member_id: Set(member.id),
        user_agent: Set(origin.user_agent.clone()),
        address: Set(Some(origin.address.to_string())),
        created_at: Set(tx.now()),
        last_used_at: Set(tx.now()),
        expires_at: Set(tx.now().plus(REFRESH_TOKEN_FOR)),
        revoked_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    let address = Some(origin.address.to_string());
    audit(
        deps,
        tx,
        member.id.to_string(),
        "logged_in",
        Some(session_id.to_string()),
        address,
    )
    .await?;
    let tokens = tokens::issue(deps, tx, member.id, session_id).await?;
    Ok(LoggedIn {
        member,
        session_id,
        tokens,
    })
}
