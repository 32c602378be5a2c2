//! Replaces a forgotten password, by a link that is sent to the account's address.

use std::time::Duration;

use entity::{
    id::{JobId, PasswordResetId},
    member, password_reset,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    check, hash,
    store::{set, void_tokens},
};
use crate::{
    deps::{Button, Deps, Letter, send_mail},
    domain::accounts::{
        audit::audit,
        email::{cancel_change, hold},
        limits::{PROOFS, RESETS, RESETS_OF_ONE_ADDRESS},
        model::LoggedIn,
        second_factor::{check_code, refuse_unasked},
        sessions::{open_session, revoke},
        store,
        ways_in::forget_ways_in,
    },
    events::{AccountEvent, SecurityChange},
    kernel::{
        Error, FieldCode, OrGone, Outcome, Result,
        secret::{fingerprint, hex},
        text,
        viewer::Origin,
    },
};

const GOOD_FOR: Duration = Duration::from_secs(60 * 60);
const OVER: &str = "this token is unknown, used or expired: ask for a new mail";

/// Input for choosing a new password.
pub struct ResetPassword {
    /// From the mail.
    pub token: String,
    /// 8 to 200 characters.
    pub password: String,
    /// Code of the second factor, if the account has one.
    pub code: Option<String>,
}

/// Asks for a mail with a link. Nothing here looks at accounts, so neither the answer nor its time tells whether the
/// address has one.
pub async fn request_password_reset(deps: &Deps, origin: &Origin, email: &str) -> Result<()> {
    let email = text::email("email", email).map_err(|fault| Error::Invalid(vec![fault]))?;
    deps.limit(&RESETS, origin.address).await?;
    deps.limit(&RESETS_OF_ONE_ADDRESS, email.as_str()).await?;
    deps.write(async |tx| {
        let id = PasswordResetId(deps.ids.uuid(tx.now()));
        let row = password_reset::ActiveModel {
            id: Set(id),
            email: Set(email),
            member_id: Set(None),
            token_hash: Set(None),
            created_at: Set(tx.now()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
            used_at: Set(None),
        };
        password_reset::Entity::insert(row).exec_without_returning(tx).await?;
        tx.announce(AccountEvent::PasswordResetRequested { reset_id: id });
        Ok(())
    })
    .await
}

/// Job: sends the mail, if the address has an account.
pub async fn send_reset_mail(deps: &Deps, job_id: JobId, id: PasswordResetId) -> Result<Outcome> {
    send(deps, job_id, id)
        .await
        .or_gone("the request is gone, or the address has no account")
}

async fn send(deps: &Deps, job_id: JobId, id: PasswordResetId) -> Result<()> {
    let db = deps.db.read();
    let found = password_reset::Entity::find_by_id(id).one(db).await?;
    let reset = found
        .filter(|reset| reset.used_at.is_none() && deps.clock.now() < reset.expires_at)
        .ok_or(Error::NotFound("request"))?;
    let member = store::member_by_email(db, &reset.email).await?;
    let member = member.ok_or(Error::NotFound("member"))?;
    send_mail(deps, job_id, async |tx| {
        let token = format!("pr_{}", hex(&deps.ids.secret()));
        password_reset::Entity::update_many()
            .col_expr(password_reset::Column::MemberId, Expr::value(member.id))
            .col_expr(password_reset::Column::TokenHash, Expr::value(fingerprint(&token)))
            .filter(password_reset::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        Ok(Letter {
            sender_id: member.id,
            to: member.email.clone(),
            subject: "Choose a new password for Finding Sweetie".to_owned(),
            paragraphs: vec![
                "Someone asked for a new password for your Finding Sweetie account.".to_owned(),
                "If that was you, choose one within an hour. All your log-ins end then, and you log in anew."
                    .to_owned(),
            ],
            button: Some(Button {
                label: "Choose a new password",
                url: format!("{}/reset-password#{token}", deps.app_url),
            }),
            afterwards: vec![
                "If it was not you, ignore this mail: your password stays as it is, and without the button nobody can \
                 change it."
                    .to_owned(),
            ],
        })
    })
    .await
}

/// Sets a new password with the token from the mail and logs the member in. All earlier sessions end, other tokens of the
/// account become void, and a mail tells the member. Whoever holds the token reads the account's mails, so the address is
/// verified too. A second factor stays in force: its code is needed here as well. Of an account whose address was not
/// verified nothing that opens it stays, since somebody may have prepared it for the holder of the address.
pub async fn reset_password(deps: &Deps, origin: &Origin, input: ResetPassword) -> Result<LoggedIn> {
    let ResetPassword { token, password, code } = input;
    deps.limit(&PROOFS, origin.address).await?;
    let token_hash = fingerprint(&token);
    let member = holder_of(deps, deps.db.read(), &token_hash).await?;
    check("password", &password, &member.email, &member.display_name)?;
    let was_asked = member.email_verified && check_code(deps, origin, &member, code.as_deref()).await?;
    let password_hash = hash(deps, password).await?;
    deps.write(async |tx| {
        let accounts = store::lock_accounts_of(tx, &member.email).await?;
        let account = holder_of(deps, tx, &token_hash).await?;
        void_tokens(tx, account.id).await?;
        cancel_change(tx, account.id).await?;
        revoke(tx, &store::live_sessions_of(tx, account.id, tx.now()).await?).await?;
        if account.email_verified != member.email_verified {
            return Err(Error::Conflict(
                "the address was verified at the same moment: try again".into(),
            ));
        }
        let account = match account.email_verified {
            true => account,
            false => {
                forget_ways_in(tx, account.id).await?;
                hold(deps, tx, &account, &accounts).await?
            }
        };
        let account = set(tx, account.id, password_hash).await?;
        let address = Some(origin.address.to_string());
        audit(deps, tx, account.id.to_string(), "password_reset", None, address).await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: account.id,
            change: SecurityChange::PasswordReset,
        });
        refuse_unasked(tx, account.id, was_asked).await?;
        open_session(deps, tx, origin, account).await
    })
    .await
}

/// The account for which a token is still good: it has the address that the mail went to.
async fn holder_of(deps: &Deps, db: &impl ConnectionTrait, token_hash: &str) -> Result<member::Model> {
    let over = || Error::field("token", FieldCode::Expired, OVER);
    let found = password_reset::Entity::find()
        .filter(password_reset::COLUMN.token_hash.eq(token_hash))
        .filter(password_reset::COLUMN.used_at.is_null())
        .filter(password_reset::COLUMN.expires_at.gt(deps.clock.now()))
        .one(db)
        .await?;
    let reset = found.ok_or_else(over)?;
    let id = reset.member_id.ok_or_else(over)?;
    let member = store::member_by_id(db, id).await?;
    Some(member)
        .filter(|member| member.email == reset.email)
        .ok_or_else(over)
}
