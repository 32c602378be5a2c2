//! Table `conversations`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ConversationId, MemberId, PetId, ShelterId},
    vocabulary::ConversationKind,
};

/// Conversations and the counters of their streams.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    /// Kind.
    pub kind: ConversationKind,
    /// Ordered pair and pet, one conversation for each; of a group its starter and the key of its start.
    #[sea_orm(unique)]
    pub direct_key: Option<String>,
    /// SHA-256 of what a group was started with, to tell a repeat from a clash.
    pub start_hash: Option<String>,
    /// What it is about.
    pub pet_id: Option<PetId>,
    /// Whose inbox.
    pub shelter_id: Option<ShelterId>,
    /// Title.
    pub title: Option<String>,
    /// Created by.
    pub created_by: MemberId,
    /// Which of the shelter's staff answers. It may be somebody who has just left.
    pub assigned_to: Option<MemberId>,
    /// Number of the last message.
    pub last_sequence: i64,
    /// Number of the last change.
    pub last_revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its last message was sent.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
