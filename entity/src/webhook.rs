//! Table `webhooks`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{ShelterId, WebhookId},
};

/// Addresses of shelters' own systems that are told what happens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    /// UUIDv7; `whk_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookId,
    /// The shelter whose events are sent.
    pub shelter_id: ShelterId,
    /// Where they are sent, at most 2,048 characters.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// The names of the chosen events, a JSON list in a fixed order.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// What deliveries are signed with, encrypted.
    #[sea_orm(column_type = "Text")]
    pub sealed_secret: String,
    /// The secret before it was rotated, encrypted; null if it never was.
    #[sea_orm(column_type = "Text")]
    pub former_secret: Option<String>,
    /// Until when the former secret signs too; null if there is none.
    pub former_until: Option<Timestamp>,
    /// Who made it: a member or a key.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when nothing is sent; null while it is on.
    pub disabled_at: Option<Timestamp>,
    /// Why it is off, in words for the shelter; null while it is on.
    #[sea_orm(column_type = "Text")]
    pub disabled_reason: Option<String>,
    /// Since when every try has failed; null after a success.
    pub failing_since: Option<Timestamp>,
    /// When its system last took a delivery.
    pub last_success_at: Option<Timestamp>,
    /// Until when only what was tried before is sent, because that failed; null after a success.
    pub rests_until: Option<Timestamp>,
    /// When its shelter last gave it another address or turned it on again: what failed before says nothing of it.
    pub restarted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
