//! Table `audit_entries`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::AuditEntryId};

/// The append-only audit log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// UUIDv7; `aud_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    /// The actor: a global id, `visitor` or `system`.
    pub actor: String,
    /// The action, as a past-tense word.
    pub action: String,
    /// Global id of the object acted on; null if there is none.
    pub subject: Option<String>,
    /// IP address that the request came from, if there was one.
    pub address: Option<String>,
    /// When it was done.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
