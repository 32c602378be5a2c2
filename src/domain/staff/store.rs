//! Queries for shelter staff.

use entity::{
    id::{MemberId, ShelterId},
    shelter, shelter_staff,
    vocabulary::StaffRole,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use super::membership::Membership;
use crate::kernel::Result;

/// Maximum number of shelters per member, and of staff per shelter, that are read.
const MOST: u64 = 500;

/// The shelters that a member works for, oldest membership first.
pub async fn memberships_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Membership>> {
    let rows = shelter_staff::Entity::find()
        .filter(shelter_staff::COLUMN.member_id.eq(member))
        .order_by_asc(shelter_staff::Column::CreatedAt)
        .order_by_asc(shelter_staff::Column::ShelterId)
        .limit(MOST)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.shelter_id);
    let shelters = shelter::Entity::find()
        .filter(shelter::COLUMN.id.is_in(ids))
        .all(db)
        .await?;
    let is_verified = |id| shelters.iter().any(|shelter| shelter.id == id && shelter.verified);
    let membership = |row: shelter_staff::Model| Membership {
        shelter_id: row.shelter_id,
        role: row.role,
        verified: is_verified(row.shelter_id),
    };
    Ok(rows.into_iter().map(membership).collect())
}

/// Whether an admin has verified a shelter.
pub async fn is_verified(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<bool> {
    let found = shelter::Entity::find_by_id(shelter).one(db).await?;
    Ok(found.is_some_and(|shelter| shelter.verified))
}

/// A member's role at a shelter.
pub async fn staff_role(db: &impl ConnectionTrait, shelter: ShelterId, member: MemberId) -> Result<Option<StaffRole>> {
    Ok(shelter_staff::Entity::find_by_id((shelter, member))
        .one(db)
        .await?
        .map(|row| row.role))
}

/// All staff of a shelter, oldest membership first.
pub async fn staff_of(db: &impl ConnectionTrait, shelter: ShelterId) -> Result<Vec<shelter_staff::Model>> {
    let rows = shelter_staff::Entity::find()
        .filter(shelter_staff::COLUMN.shelter_id.eq(shelter))
        .order_by_asc(shelter_staff::Column::CreatedAt)
        .order_by_asc(shelter_staff::Column::MemberId)
        .limit(MOST);
    Ok(rows.all(db).await?)
}

/// Subquery: the ids of the shelters that a member works for now.
pub fn shelters_of(member: MemberId) -> SelectStatement {
    shelter_staff::Entity::find()
        .select_only()
        .column(shelter_staff::Column::ShelterId)
        .filter(shelter_staff::COLUMN.member_id.eq(member))
        .into_query()
}

/// Condition on two columns of another table: that the member works for the shelter now.
pub fn works_for(shelter: SimpleExpr, member: SimpleExpr) -> SimpleExpr {
    let rows = shelter_staff::Entity::find()
        .select_only()
        .column(shelter_staff::Column::ShelterId)
        .filter(shelter_staff::Column::ShelterId.into_expr().eq(shelter))
        .filter(shelter_staff::Column::MemberId.into_expr().eq(member));
    Expr::exists(rows.into_query())
}
