//! Queries for consents.

use entity::{consent, id::MemberId, vocabulary::ConsentPurpose};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder};

use crate::kernel::Result;

/// The last word of a member about each purpose, in a fixed order.
pub async fn consents_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<consent::Model>> {
    let mut found = Vec::new();
    for purpose in ConsentPurpose::iter() {
        found.extend(last(db, member, purpose).await?);
    }
    Ok(found)
}

/// The last word of a member about a purpose.
pub async fn last(
    db: &impl ConnectionTrait,
    member: MemberId,
    purpose: ConsentPurpose,
) -> Result<Option<consent::Model>> {
    Ok(consent::Entity::find()
        .filter(consent::COLUMN.member_id.eq(member))
        .filter(consent::COLUMN.purpose.eq(purpose))
        .order_by_desc(consent::Column::CreatedAt)
        .order_by_desc(consent::Column::Id)
        .one(db)
        .await?)
}
