//! Asks for an archive of one's data.

use entity::{
    Timestamp, data_export,
    id::{DataExportId, MemberId},
    vocabulary::DataExportState,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::{
    model::is_waiting,
    store::{exports_of, forget_stuck},
};
use crate::{
    deps::{DAY, Deps, Limit},
    domain::accounts,
    events::PrivacyEvent,
    kernel::{Error, FieldCode, FieldError, Result, Viewer, viewer::Origin},
};

pub const EXPORTS: Limit = Limit::new("data-export", 5, "exports of your data", DAY);

/// Asks for an archive; a job makes it, and a mail with the link follows. While one is being made, asking again returns
/// that one; one that is not there after a day is given up. The address must be verified, because the mail opens the
/// archive.
pub async fn request_data_export(deps: &Deps, viewer: &Viewer, origin: &Origin) -> Result<data_export::Model> {
    let member_id = viewer.require_member()?;
    if !accounts::member_by_id(deps.db.read(), member_id).await?.email_verified {
        return Err(Error::Invalid(vec![FieldError {
            path: Vec::new(),
            code: FieldCode::Unverified,
            message: "verify your e-mail address first: the link to the archive is sent there".to_owned(),
        }]));
    }
    if let Some(waiting) = waiting_of(deps.db.read(), member_id, deps.clock.now()).await? {
        return Ok(waiting);
    }
    deps.limit(&EXPORTS, member_id).await?;
    forget_stuck(deps, member_id).await?;
    deps.write(async |tx| {
        accounts::lock_member(tx, member_id).await?;
        if let Some(waiting) = waiting_of(tx, member_id, tx.now()).await? {
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

/// The member's archive that is being made, if there is one.
async fn waiting_of(db: &impl ConnectionTrait, member: MemberId, now: Timestamp) -> Result<Option<data_export::Model>> {
    let exports = exports_of(db, member).await?;
    Ok(exports.into_iter().find(|export| is_waiting(export, now)))
}
