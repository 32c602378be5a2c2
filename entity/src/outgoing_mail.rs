//! Table `outgoing_mails`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{MailId, MemberId},
    vocabulary::MailState,
};

/// Mails, made once; what they say is kept until somebody answers for them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mails")]
pub struct Model {
    /// Key: that of the job that sends it. Also the Message-ID, the same with every try.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// Who is told when it is refused for good.
    pub sender_id: MemberId,
    /// Address of the receiver.
    pub recipient: String,
    /// One line; empty once nobody needs it any more.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// The whole body; empty once nobody needs it any more, because it may hold a token.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// What became of it.
    pub state: MailState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was sent or refused.
    pub settled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
