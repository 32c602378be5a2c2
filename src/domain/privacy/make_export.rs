//! Makes an archive, and mails the link.

use std::sync::Arc;

use entity::{
    data_export,
    id::{DataExportId, JobId},
    vocabulary::DataExportState,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    archive::archive,
    model::{KEPT_FOR, blob_key, download_url},
    store::delete_archive,
};
use crate::{
    deps::{Button, Deps, Letter, send_mail},
    domain::accounts,
    events::PrivacyEvent,
    kernel::{Error, OrGone, Outcome, Result},
};

/// Most bytes of an archive: many times what the busiest member has.
const MOST_BYTES: u64 = 2_000_000_000;

/// Job: collects the member's data and stores it. A job that runs twice replaces the archive with a newer one.
pub async fn make_export(deps: &Deps, id: DataExportId) -> Result<Outcome> {
    make(deps, id).await.or_gone("the member or the request is gone")
}

async fn make(deps: &Deps, id: DataExportId) -> Result<()> {
    let found = data_export::Entity::find_by_id(id).one(deps.db.read()).await?;
    let export = found.ok_or(Error::NotFound("data export"))?;
    if export.state != DataExportState::Queued {
        return Ok(());
    }
    let member = accounts::member_by_id(deps.db.read(), export.member_id).await?;
    let stored = deps
        .blobs
        .put_stream(&blob_key(id), archive(deps, member), MOST_BYTES)
        .await;
    let bytes = stored.map_err(|error| Error::Unavailable(Arc::new(error)))?;
    let is_wanted = deps
        .write(async |tx| {
            let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
            let settled = data_export::Entity::update_many()
                .col_expr(data_export::Column::State, Expr::value(DataExportState::Ready))
                .col_expr(data_export::Column::ByteSize, Expr::value(bytes))
                .col_expr(data_export::Column::ReadyAt, Expr::value(tx.now()))
                .col_expr(data_export::Column::ExpiresAt, Expr::value(tx.now().plus(KEPT_FOR)))
                .filter(data_export::COLUMN.id.eq(id))
                .filter(data_export::COLUMN.state.eq(DataExportState::Queued))
                .exec(tx)
                .await?;
            if settled.rows_affected == 1 {
                tx.announce(PrivacyEvent::DataExportReady { export_id: id });
            }
            Ok(data_export::Entity::find_by_id(id).one(tx).await?.is_some())
        })
        .await?;
    match is_wanted {
        true => Ok(()),
        // The account was erased meanwhile, perhaps before the file was there.
        false => delete_archive(deps, id).await,
    }
}

/// Job: tells the member that the archive is ready.
pub async fn send_export_mail(deps: &Deps, job_id: JobId, id: DataExportId) -> Result<Outcome> {
    send(deps, job_id, id)
        .await
        .or_gone("the member or the archive is gone")
}

async fn send(deps: &Deps, job_id: JobId, id: DataExportId) -> Result<()> {
    let found = data_export::Entity::find_by_id(id).one(deps.db.read()).await?;
    let export = found.ok_or(Error::NotFound("data export"))?;
    let url = download_url(deps, &export).ok_or(Error::NotFound("data export"))?;
    let member = accounts::member_by_id(deps.db.read(), export.member_id).await?;
    if !member.email_verified {
        return Ok(());
    }
    send_mail(deps, job_id, async |_| {
        Ok(Letter {
            sender_id: member.id,
            to: member.email,
            subject: "Your data at Finding Sweetie".to_owned(),
            paragraphs: vec![
                "The archive of your data is ready. You can download it within seven days.".to_owned(),
                "Do not pass this mail on: whoever has the link can read the archive.".to_owned(),
            ],
            button: Some(Button {
                label: "Download my data",
                url,
            }),
            afterwards: vec![
                "If you did not ask for it, choose a new password: someone has used your account.".to_owned(),
            ],
        })
    })
    .await
}
