//! One text message.

use async_graphql::{Context, ID, Object};
use entity::{id::SmsMessageId, sms_message};

use crate::{
    domain::sms,
    graphql::{
        context::ContextExt,
        node::visible,
        scalars::{DateTime, PhoneNumber},
        vocabulary::{SmsDirection, SmsStatus},
    },
    kernel::Result,
};

/// A text message of the caller's account; nobody else sees it.
pub struct SmsMessage(pub sms_message::Model);

impl SmsMessage {
    /// The viewer's message with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<SmsMessageId>() else {
            return Ok(None);
        };
        let found = sms::find(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self))
    }
}

/// A text message of the caller's account; nobody else sees it.
#[Object]
impl SmsMessage {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Which way it went.
    async fn direction(&self) -> SmsDirection {
        self.0.direction.into()
    }

    /// Receiver. The number of the other side of a conversation stays hidden: in its place stands the number that the
    /// server sends from, or +10000000000, which is nobody's, when the carrier chooses one.
    async fn to(&self, ctx: &Context<'_>) -> async_graphql::Result<PhoneNumber> {
        let sender = ctx.deps()?.sms.sender();
        Ok(PhoneNumber(sms::shown_to(&self.0, sender).to_owned()))
    }

    /// Text. That of a message with a code does not tell the code.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Segments: one for 160 characters of the GSM-7 alphabet or 70 of any other.
    async fn segments(&self) -> i32 {
        self.0.segments
    }

    /// How far it is; it only moves forward.
    async fn status(&self) -> SmsStatus {
        self.0.status.into()
    }

    /// Why it did not arrive; its credits came back.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was queued or came in.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When the carrier reported that it arrived.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.delivered_at.map(Into::into)
    }
}
