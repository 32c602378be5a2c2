//! The audit log, for admins.

use async_graphql::{Context, InputObject, Object};

use super::AuditEntry;
use crate::{
    count,
    domain::accounts,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        scalars::DateTime,
    },
    kernel::page::Page,
};

/// Which entries of the audit log; what is left out does not matter.
#[derive(InputObject, Default)]
pub struct AuditLogFilter {
    /// Only by this actor: the id of a member or of a shelter's key, `visitor` or `system`.
    actor: Option<String>,
    /// Only with the object of this id.
    subject: Option<String>,
    /// Only this action, such as `logged_in`.
    action: Option<String>,
    /// Only from this time on.
    from: Option<DateTime>,
    /// Only before this time.
    to: Option<DateTime>,
}

/// Root field of the audit log.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Everything that the audit log keeps, newest first. For admins.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that match.")] filter: Option<AuditLogFilter>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<AuditEntry>> {
        let page = Page::new(first, after, last, before)?;
        let AuditLogFilter {
            actor,
            subject,
            action,
            from,
            to,
        } = filter.unwrap_or_default();
        let filter = accounts::AuditFilter {
            actor,
            subject,
            action,
            from: from.map(|from| from.0),
            to: to.map(|to| to.0),
        };
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let slice = accounts::audit_log(deps.db.read(), viewer, &filter, &page).await?;
        let total = count!(deps, viewer, filter; accounts::count_audit_log(deps.db.read(), &viewer, &filter));
        Ok(connection(slice.map(AuditEntry), total))
    }
}
