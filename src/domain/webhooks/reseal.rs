//! Keeps the secrets of webhooks readable after a change of the installation's secret.

use entity::{id::WebhookId, webhook};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::secret::resealed;
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Number of webhooks in one transaction.
const AT_ONCE: u64 = 100;

/// Encrypts with the present secret of the installation what a former one has encrypted, so that the former one can be
/// forgotten. What neither can read stays as it is: the shelter is told at the next delivery, and makes another secret.
pub async fn reseal(deps: &Deps) -> Result<()> {
    if deps.secret.each().count() == 1 {
        return Ok(());
    }
    let mut after = WebhookId(Uuid::nil());
    loop {
        let rows = webhook::Entity::find()
            .filter(webhook::COLUMN.id.gt(after))
            .order_by_asc(webhook::Column::Id)
            .limit(AT_ONCE)
            .all(deps.db.read())
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        deps.write(async |tx| reseal_all(deps, tx, &rows).await).await?;
    }
}

async fn reseal_all(deps: &Deps, tx: &Tx, rows: &[webhook::Model]) -> Result<()> {
    for row in rows {
        let present = resealed(deps, row.id, &row.sealed_secret);
        let former = row.former_secret.as_deref();
        let former_anew = former.and_then(|sealed| resealed(deps, row.id, sealed));
        if present.is_none() && former_anew.is_none() {
            continue;
        }
        let former = former_anew.or(row.former_secret.clone());
        webhook::Entity::update_many()
            .col_expr(
                webhook::Column::SealedSecret,
                Expr::value(present.unwrap_or_else(|| row.sealed_secret.clone())),
            )
            .col_expr(webhook::Column::FormerSecret, Expr::value(former))
            .filter(webhook::COLUMN.id.eq(row.id))
            .filter(webhook::COLUMN.sealed_secret.eq(row.sealed_secret.as_str()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
