//! Keeps the secrets of connectors readable after a change of the installation's secret.

use entity::{connector, id::ConnectorId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::secret::resealed;
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Number of connectors in one transaction.
const AT_ONCE: u64 = 100;

/// Encrypts with the present secret of the installation what a former one has encrypted, so that the former one can be
/// forgotten. What neither can read stays as it is: the next run fails, and its error asks for the secret.
pub async fn reseal(deps: &Deps) -> Result<()> {
    if deps.secret.each().count() == 1 {
        return Ok(());
    }
    let mut after = ConnectorId(Uuid::nil());
    loop {
        let rows = connector::Entity::find()
            .filter(connector::COLUMN.id.gt(after))
            .order_by_asc(connector::Column::Id)
            .limit(AT_ONCE)
            .all(deps.db.read())
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        deps.write(async |tx| reseal_all(deps, tx, &rows).await).await?;
    }
}

async fn reseal_all(deps: &Deps, tx: &Tx, rows: &[connector::Model]) -> Result<()> {
    for row in rows {
        let Some(anew) = resealed(deps, row) else { continue };
        // Whoever has entered another secret meanwhile has sealed it with the present one.
        connector::Entity::update_many()
            .col_expr(connector::Column::SealedSecret, Expr::value(anew))
            .filter(connector::COLUMN.id.eq(row.id))
            .filter(connector::COLUMN.sealed_secret.eq(row.sealed_secret.as_str()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
