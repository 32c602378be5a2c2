//! Table `conversations`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, PetId, ShelterId},
    vocabulary::ConversationKind,
};

/// Conversations, with the counters that number their messages and changes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    /// UUIDv7; `con_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    /// Whether it is a direct conversation, a group or a shelter's inbox.
    pub kind: ConversationKind,
    /// Identifies a start that is repeated: the ordered pair and the pet; for a group, its creator and their key.
    #[sea_orm(unique)]
    pub direct_key: Option<String>,
    /// SHA-256 of the input that started a group, to tell a repeat from a reused key.
    pub start_hash: Option<String>,
    /// The pet that it is about, if any.
    pub pet_id: Option<PetId>,
    /// The shelter whose inbox it is in; null unless `kind` is `shelter_inbox`.
    pub shelter_id: Option<ShelterId>,
    /// Title of a group, at most 80 characters.
    pub title: Option<String>,
    /// The member who started it.
    pub created_by: MemberId,
    /// The member of the shelter's staff who answers; may be someone who has just left.
    pub assigned_to: Option<MemberId>,
    /// Number of the last message; 0 before the first.
    pub last_sequence: i64,
    /// Number of the last change to a message; 0 before the first.
    pub last_revision: i64,
    /// When the conversation was started.
    pub created_at: Timestamp,
    /// When the last message was sent.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
