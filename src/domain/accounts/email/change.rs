//! Moves an account to another address, once both the present and the new address have confirmed it.

use std::time::Duration;

use entity::{
    email_change,
    id::{EmailChangeId, JobId, MemberId},
    member,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};

use super::verification::hold;
use crate::{
    deps::{Button, Deps, Letter, Tx, send_mail},
    domain::accounts::{
        audit::audit,
        limits::{EMAIL_CHANGES, PROOFS},
        password::confirm_password,
        store,
    },
    events::{AccountEvent, EmailSide, SecurityChange},
    kernel::{
        Error, FieldCode, OrGone, Outcome, Result, Viewer,
        secret::{fingerprint, hex},
        text,
        viewer::Origin,
    },
};

const GOOD_FOR: Duration = Duration::from_secs(24 * 60 * 60);
const OVER: &str = "this token is unknown, used or expired: ask for the change again";

/// Input for changing the address.
pub struct ChangeEmail {
    /// The new address.
    pub email: String,
    /// The account's password.
    pub password: String,
}

/// What a confirmation did.
pub struct EmailConfirmed {
    /// The account.
    pub member: member::Model,
    /// Whether the account has the new address now; otherwise the other address must confirm as well.
    pub is_changed: bool,
}

/// Asks both addresses to confirm a change; until then nothing changes. A new request replaces a pending one, and the
/// present address withdraws it. The answer is the same whether the new address has an account or not: only its mail
/// tells.
pub async fn change_email(deps: &Deps, viewer: &Viewer, origin: &Origin, input: ChangeEmail) -> Result<member::Model> {
    let member_id = viewer.require_member()?;
    let email = text::email("email", &input.email).map_err(|fault| Error::Invalid(vec![fault]))?;
    let member = confirm_password(deps, origin, member_id, "password", input.password).await?;
    deps.limit(&EMAIL_CHANGES, member_id).await?;
    deps.write(async |tx| {
        store::lock_member(tx, member_id).await?;
        cancel_change(tx, member_id).await?;
        if email == member.email {
            return Ok(());
        }
        let id = EmailChangeId(deps.ids.uuid(tx.now()));
        let row = email_change::ActiveModel {
            id: Set(id),
            member_id: Set(member_id),
            new_email: Set(email),
            old_token_hash: Set(None),
            new_token_hash: Set(None),
            old_confirmed_at: Set(Some(tx.now()).filter(|_| !member.email_verified)),
            new_confirmed_at: Set(None),
            created_at: Set(tx.now()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
        };
        email_change::Entity::insert(row).exec_without_returning(tx).await?;
        let address = Some(origin.address.to_string());
        audit(deps, tx, viewer.actor(), "email_change_requested", None, address).await?;
        if member.email_verified {
            tx.announce(AccountEvent::EmailChangeRequested {
                change_id: id,
                side: EmailSide::Present,
            });
        }
        tx.announce(AccountEvent::EmailChangeRequested {
            change_id: id,
            side: EmailSide::New,
        });
        Ok(())
    })
    .await?;
    Ok(member)
}

/// Withdraws a member's pending change, if there is one.
pub async fn cancel_change(tx: &Tx, member: MemberId) -> Result<()> {
    email_change::Entity::delete_many()
        .filter(email_change::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    Ok(())
}

/// The address that a member's pending change leads to.
pub async fn pending_email(deps: &Deps, member: MemberId) -> Result<Option<String>> {
    let change = email_change::Entity::find()
        .filter(email_change::COLUMN.member_id.eq(member))
        .filter(email_change::COLUMN.expires_at.gt(deps.clock.now()))
        .one(deps.db.read())
        .await?;
    Ok(change.map(|change| change.new_email))
}

/// Job: writes to one of the two addresses.
pub async fn send_change_mail(deps: &Deps, job_id: JobId, id: EmailChangeId, side: EmailSide) -> Result<Outcome> {
    let sent = send(deps, job_id, id, side).await;
    sent.or_gone("the change was made, withdrawn or replaced")
}

async fn send(deps: &Deps, job_id: JobId, id: EmailChangeId, side: EmailSide) -> Result<()> {
    let change = find(deps.db.read(), id).await?;
    if change.expires_at <= deps.clock.now() {
        return Ok(());
    }
    let member = store::member_by_id(deps.db.read(), change.member_id).await?;
    let is_held = store::accounts_of(deps.db.read(), &change.new_email).await?.0.is_some();
    send_mail(deps, job_id, async |tx| {
        if side == EmailSide::New && is_held {
            return Ok(already_taken(change, &member));
        }
        let token = format!("ec_{}", hex(&deps.ids.secret()));
        let column = match side {
            EmailSide::Present => email_change::Column::OldTokenHash,
            EmailSide::New => email_change::Column::NewTokenHash,
        };
        let kept = email_change::Entity::update_many()
            .col_expr(column, Expr::value(fingerprint(&token)))
            .filter(email_change::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        match kept.rows_affected {
            1 => Ok(question(deps, change, member, side, &token)),
            _ => Err(Error::NotFound("change")),
        }
    })
    .await
}

async fn find(db: &impl ConnectionTrait, id: EmailChangeId) -> Result<email_change::Model> {
    let found = email_change::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("change"))
}

fn question(deps: &Deps, change: email_change::Model, member: member::Model, side: EmailSide, token: &str) -> Letter {
    let (to, what, otherwise) = match side {
        EmailSide::Present => (
            member.email,
            format!(
                "Someone asked to move your Finding Sweetie account from this address to {}.",
                change.new_email
            ),
            "If it was not you, do not confirm it: someone knows your password. Choose a new one at once.",
        ),
        EmailSide::New => (
            change.new_email,
            "Someone asked to use this address for their Finding Sweetie account.".to_owned(),
            "If it was not you, ignore this mail: without the button nobody can use your address.",
        ),
    };
    Letter {
        sender_id: member.id,
        to,
        subject: "Confirm your new e-mail address for Finding Sweetie".to_owned(),
        paragraphs: vec![
            what,
            "If that was you, please confirm it within a day. The change is made when both addresses have confirmed it."
                .to_owned(),
        ],
        button: Some(Button {
            label: "Confirm the new address",
            url: format!("{}/confirm-email#{token}", deps.app_url),
        }),
        afterwards: vec![otherwise.to_owned()],
    }
}

/// The mail to a new address that another account has verified.
fn already_taken(change: email_change::Model, member: &member::Model) -> Letter {
    Letter {
        sender_id: member.id,
        to: change.new_email,
        subject: "You already have an account at Finding Sweetie".to_owned(),
        paragraphs: vec![
            "Someone asked to use this address for another Finding Sweetie account. It belongs to your account already, \
             so nothing was changed."
                .to_owned(),
            "If that was you, and you want to use it for the other account, first give this account another address."
                .to_owned(),
        ],
        button: None,
        afterwards: Vec::new(),
    }
}

/// Redeems the token of one side; whoever holds it need not be logged in. The second side's confirmation makes the
/// change, and every other account that gave the address without verifying it loses it. Confirming twice is harmless
/// until then.
pub async fn confirm_email_change(deps: &Deps, origin: &Origin, token: &str) -> Result<EmailConfirmed> {
    deps.limit(&PROOFS, origin.address).await?;
    let hash = fingerprint(token);
    deps.write(async |tx| confirm(deps, tx, origin, &hash).await).await
}

async fn confirm(deps: &Deps, tx: &Tx, origin: &Origin, hash: &str) -> Result<EmailConfirmed> {
    let either = Condition::any()
        .add(email_change::COLUMN.old_token_hash.eq(hash))
        .add(email_change::COLUMN.new_token_hash.eq(hash));
    let found = email_change::Entity::find()
        .filter(either)
        .filter(email_change::COLUMN.expires_at.gt(tx.now()))
        .lock_exclusive()
        .one(tx)
        .await?;
    let mut change = found.ok_or_else(over)?;
    if change.old_token_hash.as_deref() == Some(hash) {
        change.old_confirmed_at.get_or_insert(tx.now());
    } else {
        change.new_confirmed_at.get_or_insert(tx.now());
    }
    let member = store::member_by_id(tx, change.member_id).await?;
    // An address that was verified only after the change was asked for has not been asked whether it agrees.
    let old_agrees = change.old_confirmed_at.is_some() && (change.old_token_hash.is_some() || !member.email_verified);
    if old_agrees && change.new_confirmed_at.is_some() {
        let member = make(deps, tx, origin, change).await?;
        return Ok(EmailConfirmed {
            member,
            is_changed: true,
        });
    }
    let row = email_change::ActiveModel {
        id: Set(change.id),
        old_confirmed_at: Set(change.old_confirmed_at),
        new_confirmed_at: Set(change.new_confirmed_at),
        ..Default::default()
    };
    email_change::Entity::update(row).exec(tx).await?;
    Ok(EmailConfirmed {
        member,
        is_changed: false,
    })
}

async fn make(deps: &Deps, tx: &Tx, origin: &Origin, change: email_change::Model) -> Result<member::Model> {
    let mut accounts = store::lock_accounts_of(tx, &change.new_email).await?;
    if accounts.iter().any(|account| account.email_verified) {
        return Err(over());
    }
    cancel_change(tx, change.member_id).await?;
    let row = member::ActiveModel {
        id: Set(change.member_id),
        email: Set(change.new_email),
        email_verified: Set(false),
        ..Default::default()
    };
    let moved = member::Entity::update(row).exec(tx).await?;
    accounts.push(moved.clone());
    let address = Some(origin.address.to_string());
    audit(deps, tx, moved.id.to_string(), "email_changed", None, address).await?;
    tx.announce(AccountEvent::SecurityChanged {
        member_id: moved.id,
        change: SecurityChange::EmailChanged,
    });
    hold(deps, tx, &moved, &accounts).await
}

fn over() -> Error {
    Error::field("token", FieldCode::Expired, OVER)
}
