//! Table `outgoing_mails`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MailId, MemberId},
    vocabulary::MailState,
};

/// Mails, each composed once; subject and body are kept until the mail is sent or refused.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mails")]
pub struct Model {
    /// UUIDv7 of the job that sends it; also the Message-ID, so every try has the same one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// The member to notify if it is refused for good.
    pub sender_id: MemberId,
    /// Address that it is sent to.
    pub recipient: String,
    /// One line; emptied once the mail is settled.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// The whole body as plain text; emptied once the mail is settled, because it may hold a token.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// The same as HTML; emptied with it.
    #[sea_orm(column_type = "Text")]
    pub html: String,
    /// Whether it is waiting, was sent or was refused.
    pub state: MailState,
    /// When it was composed.
    pub created_at: Timestamp,
    /// When it was sent or refused; null until then.
    pub settled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
