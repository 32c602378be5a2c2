//! Takes a snapshot of a subject for the moderators.

use entity::{id::MemberId, message};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    domain::{accounts, chat, pets, shelters},
    kernel::{Error, Result, Viewer, page::Page},
};

/// Number of messages kept of a conversation; the newest are kept.
const MESSAGES: i32 = 20;

/// A subject at the time of the report.
pub(super) struct Snapshot {
    /// The member it belongs to, if any.
    pub owner: Option<MemberId>,
    /// The subject as JSON.
    pub content: String,
}

/// The subject with that global id, as visible to the viewer. Private data of a pet is left out.
pub(super) async fn snapshot(db: &impl ConnectionTrait, viewer: &Viewer, subject: &str) -> Result<Snapshot> {
    let (owner, content) = match subject.split_once('_').map_or("", |(prefix, _)| prefix) {
        "msg" => of_message(&chat::find_message(db, viewer, known(subject)?).await?)?,
        "con" => of_conversation(db, viewer, subject).await?,
        "mem" => {
            let member = accounts::member_by_id(db, known(subject)?).await?;
            (
                Some(member.id),
                json!({ "displayName": member.display_name, "avatar": member.avatar_photo_id }),
            )
        }
        "pet" => {
            let pet = pets::find(db, viewer, known(subject)?).await?;
            let content = json!({
                "kind": pet.kind, "status": pet.status, "name": pet.name, "description": pet.description,
                "reporter": pet.reporter_id, "shelter": pet.shelter_id,
            });
            (pet.reporter_id.filter(|_| pet.shelter_id.is_none()), content)
        }
        "she" => {
            let shelter = shelters::find(db, known(subject)?).await?;
            (
                None,
                json!({ "name": shelter.name, "verified": shelter.verified, "website": shelter.website }),
            )
        }
        _ => return Err(nothing()),
    };
    Ok(Snapshot {
        owner,
        content: content.to_string(),
    })
}

fn known<T: std::str::FromStr>(id: &str) -> Result<T> {
    id.parse().map_err(|_| nothing())
}

fn nothing() -> Error {
    Error::NotFound("message, member, pet, shelter or conversation")
}

fn of_message(message: &message::Model) -> Result<(Option<MemberId>, Value)> {
    let content = json!({
        "conversation": message.conversation_id, "sequence": message.sequence, "revision": message.revision,
        "sender": message.sender_id, "text": message.text, "images": chat::image_ids(message)?, "sentAt": message.sent_at.0,
    });
    Ok((message.sender_id, content))
}

async fn of_conversation(db: &impl ConnectionTrait, viewer: &Viewer, id: &str) -> Result<(Option<MemberId>, Value)> {
    let conversation = chat::find(db, viewer, known(id)?).await?;
    let newest = Page::new(None, None, Some(MESSAGES), None)?;
    let messages = chat::messages(db, conversation.id, &newest).await?;
    let kept = messages.items.iter().map(|(_, message)| Ok(of_message(message)?.1));
    let content = json!({
        "kind": conversation.kind, "members": chat::member_ids(db, conversation.id).await?,
        "messages": kept.collect::<Result<Vec<Value>>>()?,
    });
    Ok((None, content))
}
