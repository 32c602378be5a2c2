//! Queries for passkeys.

use entity::{
    id::{MemberId, PasskeyId},
    passkey, passkey_challenge,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::{
    deps::Tx,
    kernel::{Error, Result},
};

/// A member's passkeys, oldest first.
pub async fn passkeys_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<passkey::Model>> {
    Ok(passkey::Entity::find()
        .filter(passkey::COLUMN.member_id.eq(member))
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await?)
}

/// How many passkeys a member has.
pub async fn count(db: &impl ConnectionTrait, member: MemberId) -> Result<u64> {
    Ok(passkey::Entity::find()
        .filter(passkey::COLUMN.member_id.eq(member))
        .count(db)
        .await?)
}

/// One of a member's passkeys.
pub async fn find(db: &impl ConnectionTrait, member: MemberId, id: PasskeyId) -> Result<passkey::Model> {
    passkey::Entity::find_by_id(id)
        .filter(passkey::COLUMN.member_id.eq(member))
        .one(db)
        .await?
        .ok_or(Error::NotFound("passkey"))
}

/// The passkey with that name of its device's.
pub async fn find_by_credential(db: &impl ConnectionTrait, credential_id: &str) -> Result<Option<passkey::Model>> {
    Ok(passkey::Entity::find()
        .filter(passkey::COLUMN.credential_id.eq(credential_id))
        .one(db)
        .await?)
}

/// Removes all of a member's passkeys.
pub async fn forget_passkeys(tx: &Tx, member: MemberId) -> Result<()> {
    passkey_challenge::Entity::delete_many()
        .filter(passkey_challenge::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    passkey::Entity::delete_many()
        .filter(passkey::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    Ok(())
}
