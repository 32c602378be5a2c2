//! Verifies that an e-mail address belongs to its member.

use std::time::Duration;

use entity::{
    email_token,
    id::{JobId, MemberId},
    member,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::Expr};

use super::give_way::give_way;
use crate::{
    deps::{Button, Deps, Letter, OrTaken, Tx, is_written, send_mail},
    domain::accounts::{
        audit::audit,
        limits::{self, MAILS_ASKED_FOR, PROOFS},
        store,
    },
    events::AccountEvent,
    kernel::{
        Error, FieldCode, OrGone, Outcome, Result, Viewer,
        secret::{fingerprint, hex},
        text,
        viewer::Origin,
    },
};

const GOOD_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// The message for every invalid token; it reveals nothing about accounts.
const OVER: &str = "this token is unknown, used or expired: ask for a new mail";

/// Sends the verification mail again.
pub async fn request_email_verification(deps: &Deps, viewer: &Viewer, origin: &Origin, email: &str) -> Result<()> {
    let member_id = viewer.require_member()?;
    let email = text::email("email", email).map_err(|fault| Error::Invalid(vec![fault]))?;
    if store::member_by_id(deps.db.read(), member_id).await?.email != email {
        return Err(Error::field(
            "email",
            FieldCode::Invalid,
            "this is not the address of the account",
        ));
    }
    deps.limit(&MAILS_ASKED_FOR, member_id).await?;
    deps.limit(&PROOFS, origin.address).await?;
    deps.write(async |tx| {
        tx.announce(AccountEvent::EmailVerificationRequested { member_id });
        Ok(())
    })
    .await
}

/// Job: sends the mail if the address is still unverified. It contains nothing that was typed during registration,
/// because anybody can register with any address.
pub async fn send_verification_mail(deps: &Deps, job_id: JobId, member_id: MemberId) -> Result<Outcome> {
    let sent = send_proof(deps, job_id, member_id).await;
    sent.or_gone("the member is gone, or the address gets no more mails for now")
}

async fn send_proof(deps: &Deps, job_id: JobId, member_id: MemberId) -> Result<()> {
    let db = deps.db.read();
    let member = store::member_by_id(db, member_id).await?;
    if member.email_verified || member.email.is_empty() {
        return Ok(());
    }
    let is_held = store::accounts_of(db, &member.email).await?.0.is_some();
    // A mail is counted once, when it is written, no matter how often sending is retried.
    if !is_written(deps, job_id).await? && !limits::may_mail(deps, &member.email).await {
        tracing::info!(member.id = %member_id, "an address gets no more mails for now, so this one was left out");
        return Err(Error::NotFound("room for one more mail"));
    }
    send_mail(deps, job_id, async |tx| {
        if is_held {
            return Ok(already_there(deps, member));
        }
        let token = format!("ev_{}", hex(&deps.ids.secret()));
        let row = email_token::ActiveModel {
            hash: Set(fingerprint(&token)),
            member_id: Set(member_id),
            email: Set(member.email.clone()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
            used_at: Set(None),
        };
        email_token::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(proof_of(deps, member, &token))
    })
    .await
}

/// The mail to a member who gave an address, with a button that verifies it.
fn proof_of(deps: &Deps, member: member::Model, token: &str) -> Letter {
    Letter {
        sender_id: member.id,
        paragraphs: vec![
            format!("Someone created an account with this address at {} on {}.", deps.public_url, made_at(&member)),
            "If that was you, please verify within three days that the address is yours. It verifies that one account and \
             closes every other one that uses your address."
                .to_owned(),
        ],
        button: Some(Button {
            label: "Verify my e-mail address",
            url: format!("{}/verify-email#{token}", deps.app_url),
        }),
        afterwards: vec![
            "If it was not you, ignore this mail: without the button nobody can verify your address.".to_owned(),
        ],
        to: member.email,
        subject: "Verify your e-mail address for Finding Sweetie".to_owned(),
    }
}

/// The mail to the holder of an address when somebody registers with it again. It has no button, because a verified
/// address stays with its account.
fn already_there(deps: &Deps, member: member::Model) -> Letter {
    Letter {
        sender_id: member.id,
        paragraphs: vec![
            format!(
                "Someone tried to register with this address at {} on {}. You already have an account there.",
                deps.public_url,
                made_at(&member)
            ),
            format!(
                "If that was you, log in with the password of that account. If you have forgotten it, choose a new one at \
                 {}/forgot-password.",
                deps.app_url
            ),
            "If it was not you, there is nothing to do: your account has not changed, and nobody else can verify your \
             address."
                .to_owned(),
        ],
        button: None,
        afterwards: Vec::new(),
        to: member.email,
        subject: "You already have an account at Finding Sweetie".to_owned(),
    }
}

fn made_at(member: &member::Model) -> impl std::fmt::Display {
    member.created_at.to_utc().format("%-d %B %Y at %H:%M:%S UTC")
}

/// Redeems the token from the mail. Its holder controls the mailbox, so they need not be logged in. It verifies the
/// account that the mail was sent for, and all other accounts lose the address. Redeeming the same token again is
/// harmless.
pub async fn verify_email(deps: &Deps, origin: &Origin, token: &str) -> Result<member::Model> {
    deps.limit(&PROOFS, origin.address).await?;
    let hash = fingerprint(token);
    deps.write(async |tx| prove(deps, tx, hash).await).await
}

async fn prove(deps: &Deps, tx: &Tx, hash: String) -> Result<member::Model> {
    let found = email_token::Entity::find_by_id(hash.clone()).one(tx).await?;
    let token = found.filter(|token| tx.now() < token.expires_at).ok_or_else(over)?;
    let accounts = store::lock_accounts_of(tx, &token.email).await?;
    let account = accounts.iter().find(|account| account.id == token.member_id);
    let account = account.ok_or_else(over)?;
    if account.email_verified {
        return Ok(account.clone());
    }
    email_token::Entity::update_many()
        .col_expr(email_token::Column::UsedAt, Expr::value(tx.now()))
        .filter(email_token::COLUMN.hash.eq(hash))
        .exec(tx)
        .await?;
    hold(deps, tx, account, &accounts).await
}

/// Gives the address to that account, which has proved that its member reads mails to it: it is verified, and all other
/// accounts with the address, which the caller has locked, lose it.
pub async fn hold(deps: &Deps, tx: &Tx, account: &member::Model, accounts: &[member::Model]) -> Result<member::Model> {
    let row = member::ActiveModel {
        id: Set(account.id),
        email_verified: Set(true),
        ..Default::default()
    };
    let proved = member::Entity::update(row).exec(tx).await.or_taken("token", OVER)?;
    for other in accounts.iter().filter(|other| other.id != proved.id) {
        give_way(deps, tx, other).await?;
    }
    audit(deps, tx, proved.id.to_string(), "email_verified", None, None).await?;
    Ok(proved)
}

fn over() -> Error {
    Error::field("token", FieldCode::Expired, OVER)
}
