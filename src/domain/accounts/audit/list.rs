//! Reads the audit log.

use entity::{Timestamp, audit_entry, id::AuditEntryId, vocabulary::Role};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, sea_query::Expr};

use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// Which entries; what is `None` does not matter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only by this actor: a global id, `visitor` or `system`.
    pub actor: Option<String>,
    /// Only with the object of this global id.
    pub subject: Option<String>,
    /// Only this action.
    pub action: Option<String>,
    /// Only from this time on.
    pub from: Option<Timestamp>,
    /// Only before this time.
    pub to: Option<Timestamp>,
}

/// A page of the log, newest first. For admins.
pub async fn audit_log(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &AuditFilter,
    page: &Page,
) -> Result<Slice<audit_entry::Model>> {
    for_admins(viewer)?;
    let order = Keyset {
        list: "audit log",
        columns: vec![
            Expr::col(audit_entry::Column::CreatedAt),
            Expr::col(audit_entry::Column::Id),
        ],
        direction: Direction::Descending,
    };
    let key = |entry: &audit_entry::Model| vec![KeyValue::Int(entry.created_at.0), KeyValue::Id(entry.id.0)];
    order.page(db, select(filter), page, key).await
}

/// Number of entries in the whole list. For admins.
pub async fn count_audit_log(db: &impl ConnectionTrait, viewer: &Viewer, filter: &AuditFilter) -> Result<u64> {
    for_admins(viewer)?;
    Ok(select(filter).count(db).await?)
}

/// An entry. For admins; for others there is none.
pub async fn audit_entry(db: &impl ConnectionTrait, viewer: &Viewer, id: AuditEntryId) -> Result<audit_entry::Model> {
    for_admins(viewer)?;
    let found = audit_entry::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("entry of the audit log"))
}

fn for_admins(viewer: &Viewer) -> Result<()> {
    viewer.require_role(Role::Admin, "only admins read the audit log")
}

fn select(filter: &AuditFilter) -> Select<audit_entry::Entity> {
    let AuditFilter {
        actor,
        subject,
        action,
        from,
        to,
    } = filter;
    let mut select = audit_entry::Entity::find();
    for (column, value) in [
        (audit_entry::Column::Actor, actor),
        (audit_entry::Column::Subject, subject),
        (audit_entry::Column::Action, action),
    ] {
        if let Some(value) = value {
            select = select.filter(column.eq(value.as_str()));
        }
    }
    if let Some(from) = from {
        select = select.filter(audit_entry::COLUMN.created_at.gte(*from));
    }
    if let Some(to) = to {
        select = select.filter(audit_entry::COLUMN.created_at.lt(*to));
    }
    select
}
