//! Queries for shared links.

use entity::{id::PetId, share, vocabulary::SharePlatform};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement, Value};

use crate::kernel::Result;

/// How often a pet was shared on a platform, and how many visitors the links brought.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ShareCount {
    /// The pet that was shared.
    pub pet_id: PetId,
    /// The platform it was shared on.
    pub platform: SharePlatform,
    /// Number of times it was shared.
    pub shares: i64,
    /// Number of visitors, each counted once a day.
    pub visits: i64,
}

/// Counts for these pets, on the platforms on which they were shared. They are public.
pub async fn counts_of(db: &impl ConnectionTrait, pets: &[PetId]) -> Result<Vec<ShareCount>> {
    if pets.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=pets.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT shares.pet_id, shares.platform, COUNT(DISTINCT shares.id) AS shares, COUNT(share_visits.visitor) AS visits \
         FROM shares LEFT JOIN share_visits ON share_visits.share_id = shares.id \
         WHERE shares.pet_id IN ({}) GROUP BY shares.pet_id, shares.platform ORDER BY shares.pet_id, shares.platform",
        places.join(", ")
    );
    let ids = pets.iter().map(|id| Value::from(*id));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, ids);
    Ok(ShareCount::find_by_statement(statement).all(db).await?)
}

/// The link with that code. Anybody who has the code may follow it.
pub(super) async fn share_with_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<share::Model>> {
    Ok(share::Entity::find()
        .filter(share::COLUMN.code.eq(code))
        .one(db)
        .await?)
}
