//! Tells the dashboards of shelters that the number of their open matches may have changed.

use std::collections::BTreeSet;

use entity::{
    id::{PetId, ShelterId},
    pet, pet_match,
    vocabulary::{MatchBand, MatchState},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{
    deps::Tx,
    domain::pets,
    events::MatchEvent,
    kernel::{Result, Viewer},
};

/// Number of reports per query.
const READ_AT_ONCE: usize = 500;

/// Whether a dashboard counts a match of that band and state that goes on.
pub fn is_counted(band: MatchBand, state: MatchState) -> bool {
    MatchBand::Possible <= band && state == MatchState::New
}

/// Whether a stored match is counted.
pub fn counts(row: &pet_match::Model) -> bool {
    row.ended_at.is_none() && is_counted(row.band, row.state)
}

/// Announces to the shelters whose animals these reports are about that matches of them came, went or changed. Matches are
/// counted for the side that is not lost.
pub async fn tell_shelters(tx: &Tx, other_ids: &BTreeSet<PetId>) -> Result<()> {
    let mut shelter_ids: BTreeSet<ShelterId> = BTreeSet::new();
    for ids in Vec::from_iter(other_ids.iter().copied()).chunks(READ_AT_ONCE) {
        let of_shelters = pets::visible_to(&Viewer::System)
            .select_only()
            .column(pet::Column::ShelterId)
            .distinct()
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()))
            .filter(pet::COLUMN.shelter_id.is_not_null());
        shelter_ids.extend(of_shelters.into_tuple::<ShelterId>().all(tx).await?);
    }
    announce(tx, shelter_ids);
    Ok(())
}

/// The same for reports that were read already.
pub fn tell_shelters_of<'a>(tx: &Tx, reports: impl IntoIterator<Item = &'a pet::Model>) {
    announce(tx, reports.into_iter().filter_map(|report| report.shelter_id).collect());
}

fn announce(tx: &Tx, shelter_ids: BTreeSet<ShelterId>) {
    if !shelter_ids.is_empty() {
        tx.announce(MatchEvent::ShelterMatchesChanged {
            shelter_ids: shelter_ids.into_iter().collect(),
        });
    }
}
