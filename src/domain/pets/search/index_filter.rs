//! A filter in the form in which the index in memory asks for it.

use entity::{ColorSet, vocabulary::PetStatus};

use super::{Area, Filter};
use pet_index::IndexFilter;

/// The filter for the index, with an area whose words were looked up. None when the index cannot answer it: it knows
/// open reports only, and no words.
pub(super) fn index_filter(filter: &Filter, breeds: Option<Vec<String>>, area: Option<&Area>) -> Option<IndexFilter> {
    if !is_live(filter) {
        return None;
    }
    Some(IndexFilter {
        kinds: filter.kinds.clone(),
        statuses: filter.statuses.clone(),
        species: filter.species.clone(),
        sizes: filter.sizes.clone(),
        sexes: filter.sexes.clone(),
        age_groups: filter.age_groups.clone(),
        colors: filter
            .colors
            .as_ref()
            .map(|colors| colors.iter().copied().collect::<ColorSet>()),
        microchipped: filter.microchipped,
        urgent: filter.urgent,
        seen_from: filter.seen_from,
        seen_to: filter.seen_to,
        breeds,
        shelter_id: filter.shelter_id,
        area: area.and_then(area_of),
        among: None,
    })
}

/// Whether a filter asks for open reports only.
pub(super) fn is_live(filter: &Filter) -> bool {
    let live = [PetStatus::Open, PetStatus::Matched];
    let all_live = |statuses: &Vec<PetStatus>| statuses.iter().all(|status| live.contains(status));
    filter.statuses.as_ref().is_none_or(all_live)
}

/// None for words, which become a circle before anybody asks.
fn area_of(area: &Area) -> Option<pet_index::Area> {
    match area {
        Area::Bounds(bounds) => Some(pet_index::Area::Bounds(*bounds)),
        Area::Circle(circle) => Some(pet_index::Area::Circle(*circle)),
        Area::Polygon(polygon) => Some(pet_index::Area::Polygon(polygon.clone())),
        Area::Near { .. } => None,
    }
}
