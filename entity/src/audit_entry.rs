//! Table `audit_entries`.

use sea_orm::entity::prelude::*;

use crate::{Timestamp, id::AuditEntryId};

/// The append-only audit log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    /// Who: a global id, `visitor` or `system`.
    pub actor: String,
    /// What happened, a past-tense word.
    pub action: String,
    /// To what: a global id.
    pub subject: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
