//! Proves that an e-mail address belongs to its member.

use std::time::Duration;

use entity::{
    email_token,
    id::{JobId, MemberId},
    member,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::Expr};

use super::{audit::audit, store};
use crate::{
    deps::{Deps, Letter, send_mail},
    events::Event,
    kernel::{
        Error, FieldCode, Result, Viewer,
        secret::{fingerprint, hex},
    },
};

const GOOD_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const PER_HOUR: u32 = 5;

/// Asks for the mail once more.
pub async fn request_email_verification(deps: &Deps, viewer: &Viewer, email: &str) -> Result<()> {
    let member_id = viewer.require_member()?;
    if store::member_by_id(deps.db.read(), member_id).await?.email != email {
        return Err(Error::field(
            "email",
            FieldCode::Invalid,
            "this is not the address of the account",
        ));
    }
    let key = format!("verification-mail:{member_id}");
    deps.limiter
        .hit(&key, PER_HOUR, Duration::from_secs(3600), deps.clock.now())
        .await
        .map_err(|after| Error::RateLimited {
            what: format!("at most {PER_HOUR} verification mails an hour").into(),
            after,
        })?;
    deps.write(async |tx| {
        tx.announce(Event::EmailVerificationRequested { member_id });
        Ok(())
    })
    .await
}

/// Job: sends the mail, if the address is still to be proved.
pub async fn send_verification_mail(deps: &Deps, job_id: JobId, member_id: MemberId) -> Result<()> {
    let member = store::member_by_id(deps.db.read(), member_id).await?;
    if member.email_verified {
        return Ok(());
    }
    send_mail(deps, job_id, async |tx| {
        let token = format!("ev_{}", hex(&deps.ids.secret()));
        let row = email_token::ActiveModel {
            hash: Set(fingerprint(&token)),
            member_id: Set(member_id),
            email: Set(member.email.clone()),
            expires_at: Set(tx.now().plus(GOOD_FOR)),
            used_at: Set(None),
        };
        email_token::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(Letter {
            sender_id: member_id,
            to: member.email,
            subject: "Prove your e-mail address for Finding Sweetie".to_owned(),
            text: format!(
                "Hello {},\n\nplease prove that this address is yours. Use this token within three days with the \
                 mutation verifyEmail at {}:\n\n{token}\n\nIf you have not made an account, ignore this mail.\n",
                member.display_name, deps.public_url
            ),
        })
    })
    .await
}

/// Takes the token from the mail; whoever has it holds the mailbox, so nobody needs to be logged in.
pub async fn verify_email(deps: &Deps, token: &str) -> Result<member::Model> {
    let hash = fingerprint(token);
    deps.write(async |tx| {
        let spent = email_token::Entity::update_many()
            .col_expr(email_token::Column::UsedAt, Expr::value(tx.now()))
            .filter(email_token::COLUMN.hash.eq(hash.as_str()))
            .filter(email_token::COLUMN.used_at.is_null())
            .filter(email_token::COLUMN.expires_at.gt(tx.now()))
            .exec(tx)
            .await?;
        let found = email_token::Entity::find_by_id(hash.clone())
            .one(tx)
            .await?
            .filter(|_| spent.rows_affected == 1);
        let row = found.ok_or_else(|| {
            Error::field(
                "token",
                FieldCode::Expired,
                "this token is unknown, used or over: ask for a new mail",
            )
        })?;
        let member = store::member_by_id(tx, row.member_id).await?;
        if member.email != row.email {
            return Err(Error::field(
                "token",
                FieldCode::Expired,
                "this token is for another address: ask for a new mail",
            ));
        }
        let change = member::ActiveModel {
            id: Set(member.id),
            email_verified: Set(true),
            ..Default::default()
        };
        let member = member::Entity::update(change).exec(tx).await?;
        audit(deps, tx, member.id.to_string(), "email_verified", None, None).await?;
        Ok(member)
    })
    .await
}
