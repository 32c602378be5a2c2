//! Opens a conversation, or finds the existing one, and sends the first message.

use entity::{conversation, id::ConversationId, message, vocabulary::ConversationKind};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::opening::{Opening, Other, Recipient};
use crate::{
    deps::{Deps, Tx, next_numbers},
    domain::chat::{
        block_member::pair,
        limits::{count_conversation, count_message},
        messages::{Draft, Words, post, sent_before},
        participants::{enrol_staff, insert_participants},
        store,
        streams::end_typing,
    },
    events::ChatEvent,
    kernel::{Error, Result, Viewer},
};

/// A recipient and the first message.
#[derive(Debug, Clone)]
pub struct StartConversation {
    /// The other side, and optionally the pet that the conversation is about.
    pub recipient: Recipient,
    /// The first message.
    pub words: Words,
}

/// The result of starting a conversation or group.
#[derive(Debug, Clone)]
pub struct Started {
    /// The conversation, new or existing.
    pub conversation: conversation::Model,
    /// The message that was sent, or the first one sent with its client key. `None` for a group that was started
    /// without a message.
    pub message: Option<message::Model>,
}

/// Opens the conversation between both sides about the pet. If it already exists, whoever opened it, the message is
/// added to it.
pub async fn start_conversation(deps: &Deps, viewer: &Viewer, input: StartConversation) -> Result<Started> {
    let me = viewer.require_member()?;
    let StartConversation { recipient, words } = input;
    let draft = Draft::parse(words)?;
    let db = deps.db.read();
    let opening = Opening::resolve(db, viewer, recipient).await?;
    let known = store::by_direct_key(db, &opening.key()).await?;
    if let Some(conversation) = &known
        && let Some(message) = sent_before(db, conversation.id, me, &draft).await?
    {
        let (conversation, message) = (conversation.clone(), Some(message));
        return Ok(Started { conversation, message });
    }
    draft.refuse_unconfirmed()?;
    draft.check_images(db, me).await?;
    if known.is_none() {
        count_conversation(deps, me, opening.is_about_lost).await?;
    }
    count_message(deps, me).await?;
    let started = deps
        .write(async |tx| {
            let id = open(deps, tx, &opening).await?;
            let conversation = store::find_for_update(tx, viewer, id).await?;
            let message = Some(post(deps, tx, me, conversation, &draft).await?);
            let conversation = store::find(tx, viewer, id).await?;
            Ok(Started { conversation, message })
        })
        .await?;
    end_typing(deps, started.conversation.id, me)?;
    Ok(started)
}

/// The conversation's id. If two open it at once, the unique key lets one win; the other waits and finds it.
async fn open(deps: &Deps, tx: &Tx, opening: &Opening) -> Result<ConversationId> {
    let (kind, shelter_id) = match opening.other {
        Other::Member(_) => (ConversationKind::Direct, None),
        Other::Shelter(shelter) => (ConversationKind::ShelterInbox, Some(shelter)),
    };
    let row = conversation::ActiveModel {
        id: Set(ConversationId(deps.ids.uuid(tx.now()))),
        kind: Set(kind),
        direct_key: Set(Some(opening.key())),
        start_hash: Set(None),
        pet_id: Set(opening.pet_id),
        shelter_id: Set(shelter_id),
        title: Set(None),
        created_by: Set(opening.me),
        assigned_to: Set(None),
        last_sequence: Set(0),
        last_revision: Set(0),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    let inserted = conversation::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let conversation = store::by_direct_key(tx, &opening.key())
        .await?
        .ok_or_else(|| Error::broken("a conversation that was just opened is not there"))?;
    if inserted == 1 {
        welcome(tx, opening, &conversation).await?;
    }
    Ok(conversation.id)
}

async fn welcome(tx: &Tx, opening: &Opening, conversation: &conversation::Model) -> Result<()> {
    match opening.other {
        Other::Member(other) => {
            next_numbers(tx, &pair(opening.me, other), 1).await?;
            insert_participants(tx, conversation, &[opening.me, other]).await?;
        }
        Other::Shelter(_) => enrol_staff(tx, conversation).await?,
    }
    tx.announce(ChatEvent::ConversationStarted {
        conversation_id: conversation.id,
        member_ids: store::member_ids(tx, conversation.id).await?,
    });
    Ok(())
}
