//! Mails: each is made once, kept until somebody answers for it, and sent as it is, however often that is tried.
//!
//! Promises: a try that was cut off, or failed, is followed by the same mail with the same Message-ID and the same token, so
//! that a receiver who got both sees one; what is refused for good is not tried again, and its sender is told. Called by
//! jobs, since other people's servers take their time.

use std::sync::Arc;

use entity::{
    id::{JobId, MailId},
    outgoing_mail,
    vocabulary::MailState,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::letter::Letter;
use crate::{
    deps::{Deps, Tx},
    events::AccountEvent,
    kernel::{Error, Result},
    ports::mail::{DeliveryError, Mail},
};

/// Sends the one mail of a job. `make` writes it, with whatever belongs to it, in one transaction; it is not asked again
/// when an earlier try of the same job has kept one.
pub async fn send_mail(deps: &Deps, job_id: JobId, make: impl AsyncFnOnce(&Tx) -> Result<Letter>) -> Result<()> {
    let id = MailId(job_id.0);
    let kept = match outgoing_mail::Entity::find_by_id(id).one(deps.db.read()).await? {
        Some(kept) => kept,
        None => deps.write(async |tx| keep(tx, id, make(tx).await?).await).await?,
    };
    if kept.state != MailState::Waiting {
        return Ok(());
    }
    let mail = Mail {
        id: id.to_string(),
        to: kept.recipient,
        subject: kept.subject,
        text: kept.body,
        html: kept.html,
    };
    let (state, outcome) = match deps.mailer.send(&mail).await {
        Ok(()) => (MailState::Sent, "sent"),
        Err(DeliveryError::Permanent(error)) => {
            tracing::warn!(mail.id = %id, %error, "a mail was refused for good");
            (MailState::Refused, "refused")
        }
        Err(error) => {
            metrics::counter!("sweetie_mails_total", "outcome" => "failed").increment(1);
            return Err(Error::Unavailable(Arc::new(error)));
        }
    };
    metrics::counter!("sweetie_mails_total", "outcome" => outcome).increment(1);
    settle(deps, id, state).await
}

/// Whether an earlier attempt of a job has already written its mail.
pub async fn is_written(deps: &Deps, job_id: JobId) -> Result<bool> {
    let kept = outgoing_mail::Entity::find_by_id(MailId(job_id.0));
    Ok(kept.one(deps.db.read()).await?.is_some())
}

async fn keep(tx: &Tx, id: MailId, letter: Letter) -> Result<outgoing_mail::Model> {
    let row = outgoing_mail::ActiveModel {
        id: Set(id),
        sender_id: Set(letter.sender_id),
        body: Set(letter.text()),
        html: Set(letter.html()),
        recipient: Set(letter.to),
        subject: Set(letter.subject),
        state: Set(MailState::Waiting),
        created_at: Set(tx.now()),
        settled_at: Set(None),
    };
    Ok(outgoing_mail::Entity::insert(row).exec_with_returning(tx).await?)
}

/// Writes down what became of it, and forgets what it said.
async fn settle(deps: &Deps, id: MailId, state: MailState) -> Result<()> {
    deps.write(async |tx| {
        let settled = outgoing_mail::Entity::update_many()
            .col_expr(outgoing_mail::Column::State, Expr::value(state))
            .col_expr(outgoing_mail::Column::Subject, Expr::value(""))
            .col_expr(outgoing_mail::Column::Body, Expr::value(""))
            .col_expr(outgoing_mail::Column::Html, Expr::value(""))
            .col_expr(outgoing_mail::Column::SettledAt, Expr::value(tx.now()))
            .filter(outgoing_mail::COLUMN.id.eq(id))
            .filter(outgoing_mail::COLUMN.state.eq(MailState::Waiting))
            .exec(tx)
            .await?;
        if settled.rows_affected == 1 && state == MailState::Refused {
            tx.announce(AccountEvent::MailRefused { mail_id: id });
        }
        Ok(())
    })
    .await
}
