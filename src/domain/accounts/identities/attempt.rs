//! Attempts to sign in: started, claimed once, finished once.

use std::time::Duration;

use entity::{
    id::{MemberId, SessionId, SignInAttemptId},
    sign_in_attempt,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use subtle::ConstantTimeEq;

use crate::{
    deps::{Deps, Tx},
    kernel::{
        Error, FieldCode, Result,
        secret::{fingerprint, hex, sealed},
    },
    ports::identity_provider::ProvedIdentity,
};

const GOOD_FOR: Duration = Duration::from_secs(10 * 60);
/// Most characters of what comes from the provider by way of the browser.
const LONGEST: usize = 4_096;
const VERIFIERS: &str = "verifiers of sign-ins";
const PROOFS: &str = "proved identities";

/// What an attempt begins with; only the browser and the provider get these.
pub struct Ticket {
    /// Comes back with the provider's answer.
    pub state: String,
    /// Stays in the browser.
    pub secret: String,
    /// Comes back in the provider's token.
    pub nonce: String,
    /// Of PKCE.
    pub verifier: String,
}

impl Ticket {
    /// A new one.
    pub fn new(deps: &Deps) -> Self {
        let random = || hex(&deps.ids.secret());
        Self {
            state: random(),
            secret: format!("si_{}", random()),
            nonce: random(),
            verifier: random(),
        }
    }
}

/// Who links an identity, and in which log-in.
pub type Linker = (MemberId, SessionId);

/// Stores an attempt: of somebody who signs in, or of a member who links an identity.
pub async fn store(deps: &Deps, provider: &str, ticket: &Ticket, linker: Option<Linker>) -> Result<()> {
    deps.write(async |tx| {
        let id = SignInAttemptId(deps.ids.uuid(tx.now()));
        let row = sign_in_attempt::ActiveModel {
            id: Set(id),
            state_hash: Set(fingerprint(&ticket.state)),
            secret_hash: Set(fingerprint(&ticket.secret)),
            provider: Set(provider.to_owned()),
            nonce: Set(ticket.nonce.clone()),
            sealed_verifier: Set(seal(deps, VERIFIERS, id, ticket.verifier.as_bytes())),
            member_id: Set(linker.map(|(member, _)| member)),
            session_id: Set(linker.map(|(_, session)| session)),
            claimed_at: Set(None),
            sealed_proof: Set(None),
            created_at: Set(tx.now()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
            finished_at: Set(None),
        };
        sign_in_attempt::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(())
    })
    .await
}

/// Refuses a state or a code that is longer than any provider makes them, before anything is done with it.
pub fn check_length(field: &'static str, text: &str) -> Result<()> {
    match text.chars().count() {
        length if LONGEST < length => {
            let message = format!("{field} has {length} characters; at most {LONGEST} are allowed: start again");
            Err(Error::field(field, FieldCode::TooLong, message))
        }
        _ => Ok(()),
    }
}

/// The attempt with that state, if it can be finished by whoever has that secret, for the same purpose.
pub async fn find(deps: &Deps, state: &str, secret: &str, linker: Option<Linker>) -> Result<sign_in_attempt::Model> {
    check_length("state", state)?;
    let found = sign_in_attempt::Entity::find()
        .filter(sign_in_attempt::COLUMN.state_hash.eq(fingerprint(state)))
        .one(deps.db.read())
        .await?;
    let is_theirs = |attempt: &sign_in_attempt::Model| {
        let secret = fingerprint(secret);
        let is_right: bool = secret.as_bytes().ct_eq(attempt.secret_hash.as_bytes()).into();
        is_right && attempt.member_id.zip(attempt.session_id) == linker
    };
    found
        .filter(|attempt| attempt.finished_at.is_none() && deps.clock.now() < attempt.expires_at)
        .filter(is_theirs)
        .ok_or_else(over)
}

/// Claims the attempt for the one exchange of its code.
pub async fn claim(deps: &Deps, id: SignInAttemptId) -> Result<()> {
    deps.write(async |tx| {
        let claimed = sign_in_attempt::Entity::update_many()
            .col_expr(sign_in_attempt::Column::ClaimedAt, Expr::value(tx.now()))
            .filter(sign_in_attempt::COLUMN.id.eq(id))
            .filter(sign_in_attempt::COLUMN.claimed_at.is_null())
            .exec(tx)
            .await?;
        match claimed.rows_affected {
            1 => Ok(()),
            _ => Err(over()),
        }
    })
    .await
}

/// Gives the claim back, because the provider did not answer the request with the code at all, so that the code may still be
/// good.
pub async fn release(deps: &Deps, id: SignInAttemptId) -> Result<()> {
    deps.write(async |tx| {
        sign_in_attempt::Entity::update_many()
            .col_expr(
                sign_in_attempt::Column::ClaimedAt,
                Expr::value(None::<entity::Timestamp>),
            )
            .filter(sign_in_attempt::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Keeps what was proved, so that whoever is asked for a second factor need not begin again.
pub async fn keep(deps: &Deps, id: SignInAttemptId, proved: &ProvedIdentity) -> Result<()> {
    let text = serde_json::to_vec(proved).map_err(Error::internal)?;
    deps.write(async |tx| {
        sign_in_attempt::Entity::update_many()
            .col_expr(
                sign_in_attempt::Column::SealedProof,
                Expr::value(seal(deps, PROOFS, id, &text)),
            )
            .filter(sign_in_attempt::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Uses the attempt up; only one of two requests succeeds.
pub async fn finish(tx: &Tx, id: SignInAttemptId) -> Result<()> {
    let finished = sign_in_attempt::Entity::update_many()
        .col_expr(sign_in_attempt::Column::FinishedAt, Expr::value(tx.now()))
        .filter(sign_in_attempt::COLUMN.id.eq(id))
        .filter(sign_in_attempt::COLUMN.finished_at.is_null())
        .filter(sign_in_attempt::COLUMN.expires_at.gt(tx.now()))
        .exec(tx)
        .await?;
    match finished.rows_affected {
        1 => Ok(()),
        _ => Err(over()),
    }
}

/// The verifier of PKCE.
pub fn verifier(deps: &Deps, attempt: &sign_in_attempt::Model) -> Result<String> {
    let plain = open(deps, VERIFIERS, attempt.id, &attempt.sealed_verifier)?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// What was proved before.
pub fn proof(deps: &Deps, attempt: &sign_in_attempt::Model) -> Result<Option<ProvedIdentity>> {
    let Some(sealed) = &attempt.sealed_proof else {
        return Ok(None);
    };
    let plain = open(deps, PROOFS, attempt.id, sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(Error::internal)
}

fn seal(deps: &Deps, purpose: &str, id: SignInAttemptId, plain: &[u8]) -> String {
    sealed::seal(&deps.secret, purpose, &id.to_string(), deps.ids.secret(), plain)
}

fn open(deps: &Deps, purpose: &str, id: SignInAttemptId, text: &str) -> Result<Vec<u8>> {
    let opened = sealed::open(&deps.secret, purpose, &id.to_string(), text);
    opened.map(|(plain, _)| plain).ok_or_else(over)
}

/// The refusal of every attempt that cannot be finished; it does not tell why.
pub fn over() -> Error {
    let message = "this sign-in is unknown, finished or expired, or was begun in another browser: start again";
    Error::field("state", FieldCode::Expired, message)
}
