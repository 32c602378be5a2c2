//! All nodes have the same secret.
//!
//! One with another secret would refuse tokens, links and codes that the others gave out. So the database keeps what a secret
//! can be recognised by, and from which nobody can find it.

use entity::installation;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{Deps, Tx};
use crate::kernel::{
    Result,
    secret::{Secret, hex},
};

const ROW: &str = "secret";

/// Whether this node has the secret of the database. A database that knows none takes this one; so does one that knows the
/// former secret of this node.
pub async fn is_same_secret(deps: &Deps) -> Result<bool> {
    let ours = mark(&deps.secret);
    // Nothing is written in the ordinary case.
    if known(deps.db.read()).await?.as_deref() == Some(&*ours) {
        return Ok(true);
    }
    deps.write(async |tx| {
        introduce(tx, &ours).await?;
        for former in deps.secret.each().map(mark) {
            replace(tx, &former, &ours).await?;
        }
        Ok(known(tx).await?.as_deref() == Some(&*ours))
    })
    .await
}

fn mark(secret: &Secret) -> String {
    hex(&secret.key("mark of the secret"))
}

async fn known(db: &impl sea_orm::ConnectionTrait) -> Result<Option<String>> {
    let row = installation::Entity::find_by_id(ROW).one(db).await?;
    Ok(row.map(|row| row.value))
}

async fn introduce(tx: &Tx, ours: &str) -> Result<()> {
    let row = installation::ActiveModel {
        name: Set(ROW.to_owned()),
        value: Set(ours.to_owned()),
    };
    installation::Entity::insert(row)
        .on_conflict(OnConflict::column(installation::Column::Name).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn replace(tx: &Tx, former: &str, ours: &str) -> Result<()> {
    installation::Entity::update_many()
        .col_expr(installation::Column::Value, Expr::value(ours))
        .filter(installation::COLUMN.name.eq(ROW))
        .filter(installation::COLUMN.value.eq(former))
        .exec(tx)
        .await?;
    Ok(())
}
