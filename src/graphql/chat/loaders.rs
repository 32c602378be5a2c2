//! Loaders of chat. None of them keeps anything, so an open subscription sees the present state.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};
use entity::{
    conversation,
    id::{ConversationId, MessageId, PetId},
    message, participant,
};

use crate::{
    deps::Deps,
    domain::chat,
    graphql::loaders::loader,
    kernel::{Error, Viewer},
};

/// The loaders of chat, with the request's viewer inside.
pub struct ChatLoaders {
    /// Conversations that the viewer may see.
    pub conversations: DataLoader<Conversations>,
    /// The viewer's conversation about a pet, the last written to of several.
    pub about_pets: DataLoader<AboutPets>,
    /// Which direct conversations a block has ended.
    pub silenced: DataLoader<Silenced>,
    /// Who takes part in a conversation.
    pub participants: DataLoader<Participants>,
    /// The viewer's own row in a conversation.
    pub own_participants: DataLoader<OwnParticipants>,
    /// The newest message of a conversation.
    pub last_messages: DataLoader<LastMessages>,
    /// Messages that others refer to.
    pub messages: DataLoader<Messages>,
    /// Emojis of messages.
    pub reactions: DataLoader<Reactions>,
}

impl ChatLoaders {
    /// Fresh loaders for one request.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            conversations: loader(Conversations(deps.clone(), viewer.clone())),
            about_pets: loader(AboutPets(deps.clone(), viewer.clone())),
            silenced: loader(Silenced(deps.clone(), viewer.clone())),
            participants: loader(Participants(deps.clone())),
            own_participants: loader(OwnParticipants(deps.clone(), viewer.clone())),
            last_messages: loader(LastMessages(deps.clone())),
            messages: loader(Messages(deps.clone())),
            reactions: loader(Reactions(deps.clone(), viewer.clone())),
        }
    }
}

/// Loads conversations.
pub struct Conversations(Deps, Viewer);

impl Loader<ConversationId> for Conversations {
    type Value = Arc<conversation::Model>;
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, Self::Value>, Error> {
        let rows = chat::find_many(self.0.db.read(), &self.1, ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// Loads the viewer's conversations about pets.
pub struct AboutPets(Deps, Viewer);

impl Loader<PetId> for AboutPets {
    type Value = Arc<conversation::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let rows = chat::last_about(self.0.db.read(), &self.1, ids).await?;
        let by_pet = |row: conversation::Model| Some((row.pet_id?, Arc::new(row)));
        Ok(rows.into_iter().filter_map(by_pet).collect())
    }
}

/// Says which direct conversations a block has ended.
pub struct Silenced(Deps, Viewer);

impl Loader<ConversationId> for Silenced {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, ()>, Error> {
        let silenced = chat::silenced_among(self.0.db.read(), self.1.require_member()?, ids).await?;
        Ok(silenced.into_iter().map(|id| (id, ())).collect())
    }
}

/// Loads who takes part.
pub struct Participants(Deps);

impl Loader<ConversationId> for Participants {
    type Value = Vec<participant::Model>;
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, Self::Value>, Error> {
        let mut found: HashMap<ConversationId, Self::Value> = HashMap::new();
        for row in chat::participants_of(self.0.db.read(), ids).await? {
            found.entry(row.conversation_id).or_default().push(row);
        }
        Ok(found)
    }
}

/// Loads the viewer's own rows.
pub struct OwnParticipants(Deps, Viewer);

impl Loader<ConversationId> for OwnParticipants {
    type Value = participant::Model;
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, Self::Value>, Error> {
        let rows = chat::seats_of(self.0.db.read(), self.1.require_member()?, ids).await?;
        Ok(rows.into_iter().map(|row| (row.conversation_id, row)).collect())
    }
}

/// Loads newest messages.
pub struct LastMessages(Deps);

impl Loader<ConversationId> for LastMessages {
    type Value = Arc<message::Model>;
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, Self::Value>, Error> {
        let rows = chat::last_messages(self.0.db.read(), ids).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.conversation_id, Arc::new(row)))
            .collect())
    }
}

/// Loads messages.
pub struct Messages(Deps);

impl Loader<MessageId> for Messages {
    type Value = Arc<message::Model>;
    type Error = Error;

    async fn load(&self, ids: &[MessageId]) -> Result<HashMap<MessageId, Self::Value>, Error> {
        let rows = chat::messages_by_ids(self.0.db.read(), ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// Loads the emojis of messages.
pub struct Reactions(Deps, Viewer);

impl Loader<MessageId> for Reactions {
    type Value = Vec<chat::Reaction>;
    type Error = Error;

    async fn load(&self, ids: &[MessageId]) -> Result<HashMap<MessageId, Self::Value>, Error> {
        let mut found: HashMap<MessageId, Self::Value> = HashMap::new();
        for row in chat::reactions_of(self.0.db.read(), self.1.require_member()?, ids).await? {
            found.entry(row.message_id).or_default().push(row);
        }
        Ok(found)
    }
}
