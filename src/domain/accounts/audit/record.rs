//! Writes to the audit log.

use entity::{audit_entry, id::AuditEntryId};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Writes an entry in the transaction that performs the action. `action` is a past-tense word; without an `address`, that
/// of the request counts.
pub async fn audit(
    deps: &Deps,
    tx: &Tx,
    actor: String,
    action: &str,
    subject: Option<String>,
    address: Option<String>,
) -> Result<()> {
    let address = address.or_else(|| deps.asker().map(|address| address.to_string()));
    let row = audit_entry::ActiveModel {
        id: Set(AuditEntryId(deps.ids.uuid(tx.now()))),
        actor: Set(actor),
        action: Set(action.to_owned()),
        subject: Set(subject),
        address: Set(address),
        created_at: Set(tx.now()),
    };
    audit_entry::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
