//! Asks for an archive of one's data.

use entity::{data_export, id::DataExportId, vocabulary::DataExportState};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store::exports_of;
use crate::{
    deps::{DAY, Deps, Limit},
    domain::accounts,
    events::PrivacyEvent,
    kernel::{Error, FieldCode, FieldError, Result, Viewer, viewer::Origin},
};

pub const EXPORTS: Limit = Limit::new("data-export", 5, "exports of your data", DAY);

/// Asks for an archive; a job makes it, and a mail with the link follows. While one is being made, asking again returns
/// that one. The address must be verified, because the mail opens the archive.
pub async fn request_data_export(deps: &Deps, viewer: &Viewer, origin: &Origin) -> Result<data_export::Model> {
    let member_id = viewer.require_member()?;
    if !accounts::member_by_id(deps.db.read(), member_id).await?.email_verified {
        return Err(Error::Invalid(vec![FieldError {
            path: Vec::new(),
            code: FieldCode::Unverified,
            message: "verify your e-mail address first: the link to the archive is sent there".to_owned(),
        }]));
    }
    let is_waiting = |export: &data_export::Model| export.state == DataExportState::Queued;
    if let Some(waiting) = exports_of(deps.db.read(), member_id)
        .await?
        .into_iter()
        .find(is_waiting)
    {
        return Ok(waiting);
    }
    deps.limit(&EXPORTS, member_id).await?;
    deps.write(async |tx| {
        accounts::lock_member(tx, member_id).await?;
        if let Some(waiting) = exports_of(tx, member_id).await?.into_iter().find(is_waiting) {
            return Ok(waiting);
        }
        let id = DataExportId(deps.ids.uuid(tx.now()));
        let row = data_export::ActiveModel {
            id: Set(id),
            member_id: Set(member_id),
            state: Set(DataExportState::Queued),
            byte_size: Set(None),
            created_at: Set(tx.now()),
            ready_at: Set(None),
            expires_at: Set(None),
        };
        let export = data_export::Entity::insert(row).exec_with_returning(tx).await?;
        let address = Some(origin.address.to_string());
        accounts::audit(
            deps,
            tx,
            viewer.actor(),
            "data_export_requested",
            Some(id.to_string()),
            address,
        )
        .await?;
        tx.announce(PrivacyEvent::DataExportRequested { export_id: id });
        Ok(export)
    })
    .await
}
