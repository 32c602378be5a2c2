//! Writes passwords.

use entity::{id::MemberId, member, password_reset};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{deps::Tx, kernel::Result};

/// Stores a new password.
pub async fn set(tx: &Tx, id: MemberId, password_hash: String) -> Result<member::Model> {
    let row = member::ActiveModel {
        id: Set(id),
        password_hash: Set(password_hash),
        ..Default::default()
    };
    Ok(member::Entity::update(row).exec(tx).await?)
}

/// Makes the links void that were sent for a forgotten password.
pub async fn void_tokens(tx: &Tx, member: MemberId) -> Result<()> {
    password_reset::Entity::update_many()
        .col_expr(password_reset::Column::UsedAt, Expr::value(tx.now()))
        .filter(password_reset::COLUMN.member_id.eq(member))
        .filter(password_reset::COLUMN.used_at.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
