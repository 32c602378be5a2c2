//! Reports something to the moderators.

use entity::{
    abuse_report,
    id::{AbuseReportId, MemberId},
    vocabulary::AbuseReason,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};

use super::snapshot::{Snapshot, snapshot};
use crate::{
    deps::{DAY, Deps, Limit},
    domain::accounts::audit,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of the details, in characters.
const MAX_DETAILS: usize = 1_000;
/// Maximum number of abuse reports per member and day.
pub(super) const REPORTS: Limit = Limit::new("abuse-report", 20, "reports of abuse", DAY);

/// Input for reporting abuse.
#[derive(Debug, Clone)]
pub struct ReportAbuse {
    /// Global id of a message, member, pet, shelter or conversation.
    pub subject: String,
    /// Chosen by the reporter.
    pub reason: AbuseReason,
    /// The reporter's explanation; at most 1,000 characters.
    pub details: Option<String>,
}

/// Stores the report. Another report about the same subject returns the first one.
pub async fn report_abuse(deps: &Deps, viewer: &Viewer, input: ReportAbuse) -> Result<abuse_report::Model> {
    let me = viewer.require_member()?;
    let ReportAbuse {
        subject,
        reason,
        details,
    } = input;
    let details = text::optional_prose("details", details.as_deref(), MAX_DETAILS);
    let details = details.map_err(|fault| Error::Invalid(vec![fault]))?;
    let db = deps.db.read();
    let Snapshot { owner, content } = snapshot(db, viewer, &subject).await.at("subjectId")?;
    if owner == Some(me) {
        let message = "this is your own: you can edit or delete it yourself";
        return Err(Error::field("subjectId", FieldCode::NotAllowed, message));
    }
    if let Some(first) = told_before(db, me, &subject).await? {
        return Ok(first);
    }
    deps.limit(&REPORTS, me).await?;
    deps.write(async |tx| {
        let report = abuse_report::Model {
            id: AbuseReportId(deps.ids.uuid(tx.now())),
            reporter_id: me,
            subject: subject.clone(),
            reason,
            details,
            snapshot: content,
            created_at: tx.now(),
        };
        let twice = OnConflict::columns([abuse_report::Column::ReporterId, abuse_report::Column::Subject])
            .do_nothing()
            .to_owned();
        let row = report.into_active_model().reset_all();
        let inserted = abuse_report::Entity::insert(row)
            .on_conflict(twice)
            .exec_without_returning(tx)
            .await?;
        if inserted == 1 {
            audit(deps, tx, viewer.actor(), "abuse_reported", Some(subject.clone()), None).await?;
        }
        let stored = told_before(tx, me, &subject).await?;
        stored.ok_or_else(|| Error::broken("a report of abuse that was just stored is not there"))
    })
    .await
}

async fn told_before(db: &impl ConnectionTrait, me: MemberId, subject: &str) -> Result<Option<abuse_report::Model>> {
    let told = abuse_report::Entity::find()
        .filter(abuse_report::COLUMN.reporter_id.eq(me))
        .filter(abuse_report::COLUMN.subject.eq(subject));
    Ok(told.one(db).await?)
}
