//! A member's phone and credits.

use async_graphql::{Context, Object};
use entity::id::MemberId;

use super::SmsMessage;
use crate::{
    count,
    domain::sms,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        scalars::PhoneNumber,
    },
    kernel::{Result, page::Page},
};

/// Phone, consent and credits of the caller; nobody else sees them.
pub struct SmsAccount(pub sms::Account);

impl SmsAccount {
    /// The account of that member.
    pub async fn of(ctx: &Context<'_>, member: MemberId) -> Result<Self> {
        let deps = ctx.deps()?;
        let account = sms::account_of(deps.db.read(), member, deps.clock.now()).await?;
        Ok(Self(account))
    }
}

/// Phone, consent and credits of the caller; nobody else sees them.
#[Object]
impl SmsAccount {
    /// The verified number; before the first verification, the one that a code was sent to.
    async fn phone(&self) -> Option<PhoneNumber> {
        self.0.phone.clone().map(PhoneNumber)
    }

    /// Whether the number was verified by verifyPhone.
    async fn verified(&self) -> bool {
        self.0.verified
    }

    /// Whether text messages go to the number: it was verified, and has not answered STOP.
    async fn opted_in(&self) -> bool {
        self.0.opted_in
    }

    /// How many segments can still be sent; one credit for each.
    async fn credits(&self) -> i32 {
        self.0.credits
    }

    /// The member's messages in both directions, newest first.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From the beginning, 0 to 100; 20 when nothing is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after that cursor.")] after: Option<String>,
        #[graphql(desc = "From the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before that cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<SmsMessage>> {
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let page = Page::new(first, after, last, before)?;
        let messages = sms::messages_of(deps.db.read(), viewer, &page).await?;
        let total = count!(deps, viewer; sms::count_messages(deps.db.read(), &viewer));
        Ok(connection(messages.map(SmsMessage), total))
    }
}
