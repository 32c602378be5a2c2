//! Logs a member in.

use entity::{id::SessionId, member, session};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::tokens;
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        deletion::take_back,
        limits::{TRIES, TRIES_AT_ONE_ACCOUNT, TRIES_FROM_ELSEWHERE},
        model::{LoggedIn, REFRESH_TOKEN_FOR},
        password,
        second_factor::{self, CHANGED, check_code},
        store,
    },
    kernel::{Error, FieldCode, FieldError, Result, viewer::Origin},
};

/// Input for logging in.
pub struct LogIn {
    /// E-mail address, in any case.
    pub email: String,
    /// In plain text.
    pub password: String,
    /// Code of the second factor, if the account has one.
    pub code: Option<String>,
}

/// Logs in with a password and, if the account has a second factor, its code, which is asked for only after the right
/// password. Attempts from networks where the member has logged in before are counted per network, so
/// that nobody elsewhere can lock them out.
pub async fn log_in(deps: &Deps, origin: &Origin, input: LogIn) -> Result<LoggedIn> {
    let LogIn { email, password, code } = input;
    let email = email.trim().to_lowercase();
    count_try(deps, origin, &email).await?;
    let Some(member) = whose(deps, &email, password).await? else {
        return refuse(deps, origin).await;
    };
    deps.forget(&TRIES_AT_ONE_ACCOUNT, (origin.address, email.as_str()))
        .await;
    let was_asked = check_code(deps, origin, &member, code.as_deref()).await?;
    deps.write(async |tx| {
        let logged_in = open_session(deps, tx, origin, member).await?;
        second_factor::refuse_unasked(tx, logged_in.member.id, was_asked).await?;
        Ok(logged_in)
    })
    .await
}

async fn count_try(deps: &Deps, origin: &Origin, email: &str) -> Result<()> {
    deps.limit(&TRIES_AT_ONE_ACCOUNT, (origin.address, email)).await?;
    deps.limit(&TRIES, origin.address).await?;
    if store::is_known_network(deps.db.read(), origin.address, email).await? {
        return Ok(());
    }
    deps.limit(&TRIES_FROM_ELSEWHERE, email).await
}

/// The account with that address and password: the one that has verified the address, or the newest that has not.
/// A failed attempt takes equally long whatever accounts exist.
async fn whose(deps: &Deps, email: &str, password: String) -> Result<Option<member::Model>> {
    let (holder, claimant) = store::accounts_of(deps.db.read(), email).await?;
    for account in [holder, claimant] {
        let stored = account.as_ref().map(|account| account.password_hash.clone());
        if password::verify(deps, password.clone(), stored).await? {
            return Ok(account);
        }
    }
    Ok(None)
}

async fn refuse(deps: &Deps, origin: &Origin) -> Result<LoggedIn> {
    let address = Some(origin.address.to_string());
    deps.write(async |tx| audit(deps, tx, "visitor".to_owned(), "log_in_failed", None, address).await)
        .await?;
    let message = "no account matches this address and password: check both";
    Err(Error::Invalid(vec![FieldError {
        path: Vec::new(),
        code: FieldCode::Invalid,
        message: message.to_owned(),
    }]))
}

/// Opens a session for a member who has proved their identity; a pending deletion of the account is taken back. `member` is
/// the row on which the proof rests: if it is another one by now, because the password was changed meanwhile, the proof is
/// worth nothing.
pub async fn open_session(deps: &Deps, tx: &Tx, origin: &Origin, member: member::Model) -> Result<LoggedIn> {
    store::lock_member(tx, member.id).await?;
    let present = store::member_by_id(tx, member.id).await?;
    if present.password_hash != member.password_hash || present.email != member.email || present.deleted_at.is_some() {
        return Err(Error::Conflict(CHANGED.into()));
    }
    let member = take_back(deps, tx, origin, present).await?;
    let session_id = SessionId(deps.ids.uuid(tx.now()));
    let row = session::ActiveModel {
        id: Set(session_id),
        member_id: Set(member.id),
        user_agent: Set(origin.user_agent.clone()),
        address: Set(Some(origin.address.to_string())),
        place: Set(deps.network_places.place(origin.address)),
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
