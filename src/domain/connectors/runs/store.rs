//! Queries for runs. Whoever manages a connector sees them.

use entity::{
    connector_run,
    id::{ConnectorId, ConnectorRunId, ImportId},
    vocabulary::ConnectorRunState,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};

use super::pace::KEPT;
use crate::{
    deps::{Deps, Direction, Keyset, Tx},
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

/// States of a run that is not over.
const UNDER_WAY: [ConnectorRunState; 3] = [
    ConnectorRunState::Queued,
    ConnectorRunState::Pulling,
    ConnectorRunState::Importing,
];

/// A page of a connector's runs, newest first. The caller checks that the viewer may see the connector.
pub async fn runs_of(
    db: &impl ConnectionTrait,
    connector: ConnectorId,
    page: &Page,
) -> Result<Slice<connector_run::Model>> {
    let order = Keyset {
        list: "connector runs",
        columns: vec![Expr::col(connector_run::Column::Number)],
        direction: Direction::Descending,
    };
    let key = |run: &connector_run::Model| vec![KeyValue::Int(i64::from(run.number))];
    order.page(db, of_connector(connector), page, key).await
}

/// Number of a connector's runs that are kept.
pub async fn count_runs(db: &impl ConnectionTrait, connector: ConnectorId) -> Result<u64> {
    Ok(of_connector(connector).count(db).await?)
}

fn of_connector(connector: ConnectorId) -> Select<connector_run::Entity> {
    connector_run::Entity::find().filter(connector_run::COLUMN.connector_id.eq(connector))
}

/// Whether a connector made the import.
pub async fn is_pulled(db: &impl ConnectionTrait, import: ImportId) -> Result<bool> {
    Ok(of_import(db, import).await?.is_some())
}

/// The run that made an import.
pub(super) async fn of_import(db: &impl ConnectionTrait, import: ImportId) -> Result<Option<connector_run::Model>> {
    let found = connector_run::Entity::find().filter(connector_run::COLUMN.import_id.eq(import));
    Ok(found.one(db).await?)
}

/// A run without an access check, for the server's own work. Runs change only while their connector is locked.
pub(super) async fn with_id(db: &impl ConnectionTrait, id: ConnectorRunId) -> Result<connector_run::Model> {
    let found = connector_run::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("run of a connector"))
}

/// The run of a connector that is not over.
pub(in crate::domain::connectors) async fn under_way(
    tx: &Tx,
    connector: ConnectorId,
) -> Result<Option<connector_run::Model>> {
    let found = of_connector(connector)
        .filter(connector_run::COLUMN.state.is_in(UNDER_WAY))
        .order_by_desc(connector_run::Column::Number);
    Ok(found.one(tx).await?)
}

/// Forgets runs after 30 days, unless they are under way.
pub async fn forget_runs(deps: &Deps) -> Result<()> {
    deps.write(async |tx| {
        connector_run::Entity::delete_many()
            .filter(connector_run::COLUMN.created_at.lt(tx.now().minus(KEPT)))
            .filter(connector_run::COLUMN.state.is_not_in(UNDER_WAY))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
