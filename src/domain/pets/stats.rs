//! Numbers for the front page.

use entity::{
    pet, shelter,
    vocabulary::{PetKind, PetStatus, PetVisibility},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::{live::is_live, store::visible_to};
use crate::kernel::{Result, Viewer};

/// How many of what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Lost pets that are still looked for.
    pub lost: i64,
    /// Found pets that still wait for their people.
    pub found: i64,
    /// Animals in the care of shelters.
    pub sheltered: i64,
    /// Pets that came home.
    pub reunited: i64,
    /// Shelters that take part.
    pub shelters: i64,
}

/// Counts everything that everybody may see.
pub async fn stats(db: &impl ConnectionTrait) -> Result<Stats> {
    let counts: Vec<(PetStatus, PetKind, i64)> = visible_to(&Viewer::Visitor)
        // The same condition again, in the form that lets an index count the reports without reading the rows.
        .filter(pet::COLUMN.visibility.eq(PetVisibility::Visible))
        .select_only()
        .column(pet::Column::Status)
        .column(pet::Column::Kind)
        .expr_as(sea_orm::sea_query::Expr::cust("COUNT(*)"), "reports")
        .group_by(pet::Column::Status)
        .group_by(pet::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let mut stats = Stats {
        shelters: i64::try_from(shelter::Entity::find().count(db).await?).unwrap_or(i64::MAX),
        ..Stats::default()
    };
    for (status, kind, count) in counts {
        match kind {
            _ if status == PetStatus::Reunited => stats.reunited += count,
            PetKind::Lost if is_live(status) => stats.lost += count,
            PetKind::Found if is_live(status) => stats.found += count,
            PetKind::Sheltered if is_live(status) => stats.sheltered += count,
            _ => {}
        }
    }
    Ok(stats)
}
