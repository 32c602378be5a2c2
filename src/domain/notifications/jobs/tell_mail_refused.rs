//! Job: notifies a member that a mail on their behalf was permanently refused.

use entity::{
    id::MailId,
    outgoing_mail,
    vocabulary::{MailState, NotificationKind},
};
use sea_orm::EntityTrait;

use crate::{
    deps::Deps,
    domain::notifications::notify::{News, notify},
    kernel::{Error, OrGone, Outcome, Result},
};

/// Notifies the member on whose behalf the mail was sent; the address is one that they entered.
pub async fn tell_mail_refused(deps: &Deps, id: MailId) -> Result<Outcome> {
    deps.write(async |tx| {
        let found = outgoing_mail::Entity::find_by_id(id).one(tx).await?;
        let mail = found.ok_or(Error::NotFound("mail"))?;
        if mail.state != MailState::Refused {
            return Ok(());
        }
        let news = News {
            kind: NotificationKind::Account,
            title: "A mail could not be delivered".to_owned(),
            body: format!(
                "The mail server refused what we sent to {}: check the address.",
                mail.recipient
            ),
            subject: None,
            unique_key: format!("mail-refused:{id}"),
        };
        notify(deps, tx, mail.sender_id, news).await
    })
    .await
    .or_gone("the mail is gone")
}
