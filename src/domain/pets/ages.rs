//! Ages that follow the day of birth. The group is stored, so that lists, filters, the map and matching agree, and moves on
//! when its day comes.

use std::time::Duration;

use entity::{Timestamp, pet, vocabulary::Species};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::store::visible_to;
use crate::{
    deps::{Deps, Tx},
    events::Event,
    kernel::{Result, Viewer},
};
use pet_vocabulary::{age_group_of_days, next_stage_after};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Reports of one transaction.
const CHUNK: u64 = 200;

/// Sets how old an animal is now, and when that changes.
pub fn age_columns(row: &mut pet::ActiveModel, species: Species, born: Timestamp, now: Timestamp) {
    let days = u32::try_from((now.0 - born.0).div_euclid(DAY)).unwrap_or(0);
    let next = next_stage_after(species, days);
    row.birth_date = Set(Some(born));
    row.age_group = Set(age_group_of_days(species, days));
    row.ages_at = Set(next.map(|days| born.plus(Duration::from_secs(u64::from(days) * 24 * 60 * 60))));
}

/// Moves the age groups on whose day has come.
pub async fn grow_older(deps: &Deps) -> Result<()> {
    loop {
        let due = visible_to(&Viewer::System)
            .filter(pet::COLUMN.ages_at.lte(deps.clock.now()))
            .filter(pet::COLUMN.birth_date.is_not_null())
            .order_by_asc(pet::Column::AgesAt)
            .order_by_asc(pet::Column::Id)
            .limit(CHUNK)
            .all(deps.db.read())
            .await?;
        if due.is_empty() {
            return Ok(());
        }
        deps.write(async |tx| {
            for pet in &due {
                grow(tx, pet).await?;
            }
            Ok(())
        })
        .await?;
    }
}

/// One report, if it is still as it was read.
async fn grow(tx: &Tx, pet: &pet::Model) -> Result<()> {
    let Some(born) = pet.birth_date else { return Ok(()) };
    let mut row = pet::ActiveModel::default();
    age_columns(&mut row, pet.species, born, tx.now());
    let (Some(group), Some(next)) = (row.age_group.take(), row.ages_at.take()) else {
        return Ok(());
    };
    let grown = pet::Entity::update_many()
        .col_expr(pet::Column::AgeGroup, Expr::value(group.to_value()))
        .col_expr(pet::Column::AgesAt, Expr::value(next))
        .col_expr(pet::Column::UpdatedAt, Expr::value(tx.now()))
        .col_expr(pet::Column::Version, Expr::col(pet::Column::Version).add(1))
        .filter(pet::COLUMN.id.eq(pet.id))
        .filter(pet::COLUMN.version.eq(pet.version))
        .exec(tx)
        .await?;
    if grown.rows_affected == 1 {
        tx.announce(Event::PetChanged { pet_id: pet.id });
    }
    Ok(())
}
