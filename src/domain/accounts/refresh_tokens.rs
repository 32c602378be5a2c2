//! Exchanges a refresh token for new tokens, once.

use entity::{member, refresh_token, session};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    audit::audit,
    log_out::revoke,
    model::{LoggedIn, REFRESH_TOKEN_FOR},
    store, tokens,
};
use crate::{
    deps::{Deps, Tx},
    kernel::{Error, FieldCode, Result, secret::fingerprint, viewer::Origin},
};

/// What a token turned out to be.
enum Exchange {
    Done(LoggedIn),
    UsedTwice,
    Unknown,
}

/// Exchanges a refresh token. The first use gets new tokens; a second use of the same one, which means that it was
/// stolen or copied, ends the log-in for everybody who holds a token of it.
pub async fn refresh_tokens(deps: &Deps, origin: &Origin, token: &str) -> Result<LoggedIn> {
    let hash = fingerprint(token);
    // The family's end must be committed although the caller is refused, so the refusal comes after the transaction.
    let exchange = deps.write(async |tx| exchange(deps, tx, origin, &hash).await).await?;
    match exchange {
        Exchange::Done(logged_in) => Ok(logged_in),
        Exchange::UsedTwice => Err(Error::field(
            "refreshToken",
            FieldCode::Expired,
            "this refresh token was used before, so the whole log-in was ended for safety: log in again",
        )),
        Exchange::Unknown => Err(Error::field(
            "refreshToken",
            FieldCode::Expired,
            "this refresh token is not good any more: log in again",
        )),
    }
}

async fn exchange(deps: &Deps, tx: &Tx, origin: &Origin, hash: &str) -> Result<Exchange> {
    let spent = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(tx.now()))
        .filter(refresh_token::COLUMN.hash.eq(hash))
        .filter(refresh_token::COLUMN.used_at.is_null())
        .exec(tx)
        .await?;
    let Some(token) = refresh_token::Entity::find_by_id(hash.to_owned()).one(tx).await? else {
        return Ok(Exchange::Unknown);
    };
    let session = store::session_with_id(tx, token.session_id).await?;
    let Some(session) = session.filter(|session| store::is_live(session, tx.now())) else {
        return Ok(Exchange::Unknown);
    };
    if spent.rows_affected == 0 {
        let address = Some(origin.address.to_string());
        audit(
            deps,
            tx,
            session.member_id.to_string(),
            "refresh_token_reused",
            Some(session.id.to_string()),
            address,
        )
        .await?;
        revoke(tx, &[session]).await?;
        return Ok(Exchange::UsedTwice);
    }
    if token.expires_at <= tx.now() {
        return Ok(Exchange::Unknown);
    }
    prolong(tx, &session).await?;
    let member = member::Entity::find_by_id(session.member_id)
        .one(tx)
        .await?
        .ok_or(Error::Unauthenticated)?;
    let tokens = tokens::issue(deps, tx, member.id, session.id).await?;
    Ok(Exchange::Done(LoggedIn {
        member,
        session_id: session.id,
        tokens,
    }))
}

async fn prolong(tx: &Tx, session: &session::Model) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(session.id),
        last_used_at: Set(tx.now()),
        expires_at: Set(tx.now().plus(REFRESH_TOKEN_FOR)),
        ..Default::default()
    };
    session::Entity::update(row).exec(tx).await?;
    Ok(())
}
