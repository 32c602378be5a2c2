//! Private data of the caller: their phone.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::SmsAccount;
use crate::{graphql::schema::ViewerPart, kernel::Result};

/// Fields of `Viewer` about text messages.
pub struct SmsViewer(MemberId);

impl ViewerPart for SmsViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about text messages.
#[Object]
impl SmsViewer {
    /// Phone, consent and credits for text messages.
    async fn sms(&self, ctx: &Context<'_>) -> async_graphql::Result<SmsAccount> {
        Ok(SmsAccount::of(ctx, self.0).await?)
    }
}
