//! Job: notifies the member who started an import that it has finished.

use entity::{
    id::{ImportId, MemberId},
    vocabulary::{ImportState, NotificationKind},
};

use crate::{
    deps::Deps,
    domain::{
        connectors,
        notifications::notify::{News, notify},
        shelters,
    },
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Notifies the member who started the import; nobody, if an API key did, or a connector: it says itself when something is
/// wrong, and comes several times a day.
pub async fn tell_import(deps: &Deps, id: ImportId) -> Result<Outcome> {
    deps.write(async |tx| {
        let import = shelters::find_import(tx, &Viewer::System, id, tx.now()).await?;
        let Ok(member_id) = import.started_by.parse::<MemberId>() else {
            return Ok(());
        };
        if connectors::is_pulled(tx, id).await? {
            return Ok(());
        }
        let outcome = match import.state {
            ImportState::Done => "is done",
            ImportState::Failed => "failed",
            ImportState::Canceled => "was cancelled",
            ImportState::Undone => "was taken back",
            ImportState::Queued | ImportState::Running | ImportState::Undoing => return Ok(()),
        };
        let is_undone = import.state == ImportState::Undone;
        let body = match is_undone {
            true => format!(
                "{} animals are as they were before; {} stayed as they are, because they have changed since.",
                import.undone, import.left_changed
            ),
            false => format!(
                "{} rows: {} created, {} updated, {} unchanged, {} failed.",
                import.processed, import.created, import.updated, import.unchanged, import.failed
            ),
        };
        let news = News {
            kind: NotificationKind::Import,
            title: format!("Your import {outcome}"),
            body,
            subject: Some(id.to_string()),
            unique_key: format!("import:{id}{}", if is_undone { ":undone" } else { "" }),
        };
        notify(deps, tx, member_id, news).await
    })
    .await
    .or_gone("the import is gone")
}
