//! Loaders of chat. None of them keeps anything, so an open subscription sees the present state.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{
    conversation,
    id::{ConversationId, MessageId, PetId},
    message, participant,
};

use crate::{
    deps::Deps,
    domain::chat,
    graphql::loaders::FeatureLoader,
    kernel::{Error, Viewer},
};

/// Loads conversations.
pub struct Conversations(Deps, Viewer);

impl FeatureLoader for Conversations {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

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

impl FeatureLoader for AboutPets {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<PetId> for AboutPets {
    type Value = Arc<conversation::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let rows = chat::last_about(self.0.db.read(), &self.1, ids).await?;
        let by_pet = |row: conversation::Model| Some((row.pet_id?, Arc::new(row)));
        Ok(rows.into_iter().filter_map(by_pet).collect())
    }
}

/// Says which conversations a block or the end of an account has ended.
pub struct Silenced(Deps, Viewer);

impl FeatureLoader for Silenced {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

impl Loader<ConversationId> for Silenced {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[ConversationId]) -> Result<HashMap<ConversationId, ()>, Error> {
        let silenced = chat::silenced_among(self.0.db.read(), &self.1, ids).await?;
        Ok(silenced.into_iter().map(|id| (id, ())).collect())
    }
}

/// Loads who takes part.
pub struct Participants(Deps);

impl FeatureLoader for Participants {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

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

impl FeatureLoader for OwnParticipants {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

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

impl FeatureLoader for LastMessages {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

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

impl FeatureLoader for Messages {
    fn new(deps: &Deps, _: &Viewer) -> Self {
        Self(deps.clone())
    }
}

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

impl FeatureLoader for Reactions {
    fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self(deps.clone(), viewer.clone())
    }
}

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
