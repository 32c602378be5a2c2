//! Decides without the database which reports match a filter; used for new reports that somebody may be waiting for.
//! [`fitting`] returns exactly what [`super::Search`] finds; a property test compares the two.

use entity::pet;
use geometry::Point;
use pet_index::{Facts, IndexFilter};

use super::{breed::Breed, filter::Filter, index_filter::index_filter, text::Text, words::has_words};

/// The reports that a search with this filter finds. Like every search, it uses the masked point only. The cheapest
/// conditions are tested first. The filter's words are parsed once for all reports, because that means comparing them
/// with the names of all breeds. A filter that a search would refuse matches nothing.
pub fn fitting<'a>(filter: &Filter, pets: impl Iterator<Item = &'a pet::Model>) -> Vec<&'a pet::Model> {
    let Some(index_filter) = index_filter_of(filter) else {
        return Vec::new();
    };
    let mut fitting: Vec<_> = pets.filter(|pet| index_filter.admits(facts(pet))).collect();
    if fitting.is_empty() {
        return fitting;
    }
    let (Ok(text), Ok(Breed { names, words })) = (Text::of(filter), Breed::of(filter)) else {
        return Vec::new();
    };
    let of_breed = IndexFilter {
        breeds: names,
        ..IndexFilter::default()
    };
    fitting.retain(|pet| {
        of_breed.admits(facts(pet))
            && words.as_ref().is_none_or(|words| has_words(pet, words))
            && text.as_ref().is_none_or(|text| text.fits(pet))
    });
    fitting
}

/// None for a filter that a search would refuse, or whose place is still in words: places are resolved to circles
/// before anything is compared with the filter.
fn index_filter_of(filter: &Filter) -> Option<IndexFilter> {
    let area = match &filter.area {
        Some(area) => Some(area.on_map().ok()?),
        None => None,
    };
    index_filter(filter, area).ok()
}

fn facts(pet: &pet::Model) -> Facts<'_> {
    let point = pet.public_latitude.zip(pet.public_longitude);
    Facts {
        id: pet.id,
        kind: pet.kind,
        status: pet.status,
        species: pet.species,
        size: pet.size,
        sex: pet.sex,
        age_group: pet.age_group,
        colors: pet.colors,
        microchipped: pet.microchipped,
        urgent: pet.urgent,
        seen_at: pet.seen_at,
        breeds: [pet.breed_primary.as_deref(), pet.breed_secondary.as_deref()],
        shelter_id: pet.shelter_id,
        point: point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
    }
}
