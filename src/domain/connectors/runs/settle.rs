//! What the end of an import says of the run that made it.

use entity::{
    connector, connector_run,
    id::ImportId,
    import_error,
    vocabulary::{ConnectorRunState, ImportState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{
    ending::{Failure, cancel, fail, succeed},
    store::{of_import, with_id},
};
use crate::{
    deps::{Deps, Tx},
    domain::{connectors::store, shelters},
    kernel::{OrGone, Outcome, Result, Viewer},
};

const CANCELED: &str = "its import was cancelled";
const UNDONE: &str = "its import was taken back";

/// Job: ends the run that made an import which is over, and moves the watermark if the import is done. Once an import was
/// taken back, its animals are fetched again. Does nothing for other imports, and nothing twice.
pub async fn settle_import(deps: &Deps, id: ImportId) -> Result<Outcome> {
    settle(deps, id).await.or_gone("the connector is gone")
}

async fn settle(deps: &Deps, id: ImportId) -> Result<()> {
    let Some(made_by) = of_import(deps.db.read(), id).await? else {
        return Ok(());
    };
    deps.write(async |tx| {
        let connector = store::locked(tx, made_by.connector_id).await?;
        let run = with_id(tx, made_by.id).await?;
        let import = shelters::find_import(tx, &Viewer::System, id, tx.now()).await?;
        match (run.state, import.state) {
            (ConnectorRunState::Importing, ImportState::Done) => succeed(tx, connector, run).await,
            (ConnectorRunState::Importing, ImportState::Failed) => {
                let failure = Failure::refused(reason(tx, id).await?);
                fail(deps, tx, (connector, run), failure).await
            }
            (ConnectorRunState::Importing, ImportState::Canceled) => cancel(tx, run, CANCELED).await,
            (ConnectorRunState::Importing | ConnectorRunState::Done, ImportState::Undone) => {
                take_back(tx, connector, run).await
            }
            _ => Ok(()),
        }
    })
    .await
}

/// The run is as if it had never been: the next one fetches what this one did.
async fn take_back(tx: &Tx, connector: connector::Model, run: connector_run::Model) -> Result<()> {
    let watermark = connector.watermark.min(run.since);
    cancel(tx, run, UNDONE).await?;
    let mut row = connector.into_active_model();
    row.watermark = Set(watermark);
    connector::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Why the import was refused as a whole.
async fn reason(tx: &Tx, id: ImportId) -> Result<String> {
    let of_file = import_error::Entity::find()
        .filter(import_error::COLUMN.import_id.eq(id))
        .filter(import_error::COLUMN.row.eq(0))
        .order_by_desc(import_error::Column::Number)
        .one(tx)
        .await?;
    Ok(match of_file {
        Some(error) => format!("what was fetched could not be imported: {}", error.reason),
        None => "what was fetched could not be imported".to_owned(),
    })
}
