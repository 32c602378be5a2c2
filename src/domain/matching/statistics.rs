//! What became of matches: how often each band was right, and what dismissed pairs differed in.

use entity::{
    pet_match,
    vocabulary::{MatchBand, MatchDifference, MatchState},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QuerySelect};

use crate::{
    deps::Deps,
    kernel::{Result, Viewer},
};
use entity::vocabulary::Role;

/// Number of matches with the same fate.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MatchCount {
    /// The band they have.
    pub band: MatchBand,
    /// What was decided.
    pub state: MatchState,
    /// What dismissed ones differed in, if somebody said.
    pub difference: Option<MatchDifference>,
    /// Number of matches.
    pub count: i64,
}

/// All stored matches, counted by band, state and difference. For admins.
pub async fn statistics(deps: &Deps, viewer: &Viewer) -> Result<Vec<MatchCount>> {
    viewer.require_role(Role::Admin, "only admins see what became of all matches")?;
    let columns = [
        pet_match::Column::Band,
        pet_match::Column::State,
        pet_match::Column::Difference,
    ];
    let mut select = pet_match::Entity::find().select_only();
    for column in columns {
        select = select.column(column).group_by(column);
    }
    let counted = select.column_as(pet_match::Column::Id.count(), "count");
    let mut counts: Vec<MatchCount> = counted.into_model().all(deps.db.read()).await?;
    counts.sort_by_key(|row| {
        (
            std::cmp::Reverse(row.band),
            row.state as u8,
            row.difference.map(|one| one as u8),
        )
    });
    Ok(counts)
}
