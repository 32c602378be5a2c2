//! Exchanges a refresh token for new tokens, once.

use std::time::Duration;

use entity::{Timestamp, member, refresh_token, session};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::Expr};

use super::{log_out::revoke, tokens};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        model::{LoggedIn, REFRESH_TOKEN_FOR},
        store,
    },
    kernel::{Error, FieldCode, Result, network::subscriber_network, secret::fingerprint, viewer::Origin},
};

/// How long a client that did not receive its answer may repeat the request.
const GRACE: Duration = Duration::from_secs(30);

/// Result of redeeming a token.
enum Exchange {
    Done(Box<LoggedIn>),
    UsedTwice,
    Unknown,
}

/// Exchanges a refresh token for new tokens. The first use succeeds, and so does a repeat within half a minute by the
/// same client, whose answer was lost. Any other second use means that the token was stolen or copied, and ends the
/// session for everybody who holds one of its tokens.
pub async fn refresh_tokens(deps: &Deps, origin: &Origin, token: &str) -> Result<LoggedIn> {
    // The end of the family must be committed although the caller is refused, so the refusal comes after the
    // transaction.
    let exchange = deps.write(async |tx| exchange(deps, tx, origin, token).await).await?;
    match exchange {
        Exchange::Done(logged_in) => Ok(*logged_in),
        Exchange::UsedTwice => Err(Error::field(
            "refreshToken",
            FieldCode::Expired,
            "this refresh token was used before, so the whole log-in was ended for safety: log in again",
        )),
        Exchange::Unknown => Err(Error::field(
            "refreshToken",
            FieldCode::Expired,
            "this refresh token is no longer valid: log in again",
        )),
    }
}

async fn exchange(deps: &Deps, tx: &Tx, origin: &Origin, token: &str) -> Result<Exchange> {
    let (hash, client) = (fingerprint(token), client(origin));
    let spent = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(tx.now()))
        .col_expr(refresh_token::Column::UsedBy, Expr::value(client.as_str()))
        .filter(refresh_token::COLUMN.hash.eq(hash.as_str()))
        .filter(refresh_token::COLUMN.used_at.is_null())
        .exec(tx)
        .await?;
    let Some(row) = refresh_token::Entity::find_by_id(hash).one(tx).await? else {
        return Ok(Exchange::Unknown);
    };
    let session = store::session_with_id(tx, row.session_id).await?;
    let Some(session) = session.filter(|session| store::is_live(session, tx.now())) else {
        return Ok(Exchange::Unknown);
    };
    let tokens = match spent.rows_affected {
        1 if row.expires_at <= tx.now() => return Ok(Exchange::Unknown),
        1 => {
            prolong(tx, &session).await?;
            Some(tokens::replace(deps, tx, session.member_id, session.id, token).await?)
        }
        _ if is_repeat(&row, &client, tx.now()) => {
            tokens::replaced(deps, tx, session.member_id, session.id, token).await?
        }
        _ => None,
    };
    let Some(tokens) = tokens else {
        return end(deps, tx, origin, session).await;
    };
    let member = member::Entity::find_by_id(session.member_id).one(tx).await?;
    Ok(Exchange::Done(Box::new(LoggedIn {
        member: member.ok_or(Error::Unauthenticated)?,
        session_id: session.id,
        tokens,
    })))
}

/// Identifies the client, as far as it can be recognised when it repeats a request.
fn client(origin: &Origin) -> String {
    let agent = origin.user_agent.as_deref().unwrap_or_default();
    fingerprint(format!("{}\n{agent}", subscriber_network(origin.address)))
}

fn is_repeat(row: &refresh_token::Model, client: &str, now: Timestamp) -> bool {
    row.used_by.as_deref() == Some(client) && row.used_at.is_some_and(|used_at| now < used_at.plus(GRACE))
}

/// Ends the session of a token that was used twice.
async fn end(deps: &Deps, tx: &Tx, origin: &Origin, session: session::Model) -> Result<Exchange> {
    let (actor, address) = (session.member_id.to_string(), Some(origin.address.to_string()));
    let subject = Some(session.id.to_string());
    audit(deps, tx, actor, "refresh_token_reused", subject, address).await?;
    revoke(tx, &[session]).await?;
    Ok(Exchange::UsedTwice)
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
