//! Skeleton.

use crate::{
    deps::{Deps, Tx},
    kernel::{Error, Result, Viewer},
};
use entity::{conversation, id::*, message};
use sea_orm::ConnectionTrait;

pub struct SendMessage {
    pub conversation_id: ConversationId,
    pub text: Option<String>,
    pub image_ids: Vec<PhotoId>,
    pub reply_to_id: Option<MessageId>,
    pub client_key: Option<String>,
}
pub async fn post(_deps: &Deps, _tx: &Tx, _viewer: &Viewer, _input: SendMessage) -> Result<message::Model> {
    Err(Error::NotFound("conversation"))
}
pub async fn find(_db: &impl ConnectionTrait, _viewer: &Viewer, _id: ConversationId) -> Result<conversation::Model> {
    Err(Error::NotFound("conversation"))
}
pub async fn other_member(_db: &impl ConnectionTrait, _c: &conversation::Model, _me: MemberId) -> Result<Option<MemberId>> {
    Ok(None)
}
