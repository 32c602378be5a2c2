//! Table `webhook_deliveries`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{WebhookDeliveryId, WebhookId},
    vocabulary::{WebhookDeliveryState, WebhookEvent},
};

/// What is sent to webhooks. An event is one row per webhook, however often it is noticed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    /// UUIDv7; `whd_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    /// The webhook.
    pub webhook_id: WebhookId,
    /// What happened.
    pub event: WebhookEvent,
    /// Identifies what happened; unique per webhook.
    pub event_key: String,
    /// The body of the request, byte for byte, at most 64 KB.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// How far it has come.
    pub state: WebhookDeliveryState,
    /// Tries since it was queued.
    pub attempts: i32,
    /// When it was queued: at first, or again by hand. It is tried for three days from then.
    pub queued_at: Timestamp,
    /// When it is tried next, if it is queued.
    pub next_at: Timestamp,
    /// HTTP status of the last answer; null if there was none.
    pub last_status: Option<i32>,
    /// What was wrong with the last try; null after a success.
    #[sea_orm(column_type = "Text")]
    pub last_error: Option<String>,
    /// When the event was noticed.
    pub created_at: Timestamp,
    /// When the shelter's system took it; null until then.
    pub delivered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
