//! Whether one report fits a filter, without a question to the database: for reports that come in while people wait for
//! such ones. [`fits`] says yes exactly where [`super::Search`] finds the report; a property test compares the two.

use entity::{ColorSet, pet};

use super::{
    Area, Filter,
    condition::{Breed, breed},
    text::Text,
    words::has_words,
};
use crate::{domain::pets::is_live, kernel::geo::Point};

/// Whether a search with this filter finds the report. Like every search it looks at the masked point only. What costs
/// least is asked first. A filter that a search refuses fits nothing.
pub fn fits(filter: &Filter, pet: &pet::Model) -> bool {
    animal_fits(filter, pet) && circumstances_fit(filter, pet) && area_fits(filter, pet) && words_fit(filter, pet)
}

fn animal_fits(filter: &Filter, pet: &pet::Model) -> bool {
    let any_color = |colors: &Vec<_>| {
        let wanted: ColorSet = colors.iter().copied().collect();
        !wanted.intersection(pet.colors).is_empty()
    };
    is_one_of(filter.kinds.as_ref(), pet.kind)
        && is_one_of(filter.species.as_ref(), pet.species)
        && is_one_of(filter.sizes.as_ref(), pet.size)
        && is_one_of(filter.sexes.as_ref(), pet.sex)
        && is_one_of(filter.age_groups.as_ref(), pet.age_group)
        && filter.colors.as_ref().is_none_or(any_color)
        && filter
            .microchipped
            .is_none_or(|chipped| pet.microchipped == Some(chipped))
}

fn circumstances_fit(filter: &Filter, pet: &pet::Model) -> bool {
    let status_fits = match &filter.statuses {
        Some(statuses) => statuses.contains(&pet.status),
        None => is_live(pet.status),
    };
    status_fits
        && filter.urgent.is_none_or(|urgent| pet.urgent == urgent)
        && filter.seen_from.is_none_or(|from| from <= pet.seen_at)
        && filter.seen_to.is_none_or(|to| pet.seen_at <= to)
        && filter.shelter_id.is_none_or(|shelter| pet.shelter_id == Some(shelter))
}

fn area_fits(filter: &Filter, pet: &pet::Model) -> bool {
    let Some(area) = &filter.area else { return true };
    let point = pet.public_latitude.zip(pet.public_longitude);
    let Some(point) = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()) else {
        return false;
    };
    match area {
        Area::Bounds(bounds) => bounds.contains(point),
        Area::Circle(circle) => circle.contains(point),
        Area::Polygon(polygon) => polygon.contains(point),
        // Words become a circle before anything is compared with them.
        Area::Near { .. } => false,
    }
}

fn words_fit(filter: &Filter, pet: &pet::Model) -> bool {
    let text_fits = Text::of(filter).is_ok_and(|text| text.is_none_or(|text| text.fits(pet)));
    text_fits
        && match breed(filter) {
            Ok(Breed::Any) => true,
            Ok(Breed::Words(words)) => has_words(pet, &words),
            Ok(Breed::Names(names)) => [&pet.breed_primary, &pet.breed_secondary]
                .into_iter()
                .flatten()
                .any(|breed| names.contains(breed)),
            Err(_) => false,
        }
}

fn is_one_of<V: PartialEq>(wanted: Option<&Vec<V>>, value: V) -> bool {
    wanted.is_none_or(|wanted| wanted.contains(&value))
}
