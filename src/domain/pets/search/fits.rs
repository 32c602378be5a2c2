//! Which reports fit a filter, without a question to the database: for reports that come in while people wait for
//! such ones. [`fitting`] gives exactly those that [`super::Search`] finds; a property test compares the two.

use entity::{ColorSet, pet};

use super::{
    Area, Filter,
    condition::{Breed, breed},
    text::Text,
    words::has_words,
};
use crate::domain::pets::is_live;
use geometry::Point;

/// Those of these reports that a search with this filter finds. Like every search it looks at the masked point only. What
/// costs least is asked first, and the words of the filter are read once for all reports, because that means to compare
/// them with the names of all breeds. A filter that a search refuses fits nothing.
pub fn fitting<'a>(filter: &Filter, pets: impl Iterator<Item = &'a pet::Model>) -> Vec<&'a pet::Model> {
    let fits = |pet: &&pet::Model| animal_fits(filter, pet) && circumstances_fit(filter, pet) && area_fits(filter, pet);
    let mut fitting: Vec<_> = pets.filter(fits).collect();
    if fitting.is_empty() {
        return fitting;
    }
    let (Ok(text), Ok(breed)) = (Text::of(filter), breed(filter)) else {
        return Vec::new();
    };
    fitting.retain(|pet| text.as_ref().is_none_or(|text| text.fits(pet)) && breed_fits(&breed, pet));
    fitting
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

fn breed_fits(breed: &Breed, pet: &pet::Model) -> bool {
    match breed {
        Breed::Any => true,
        Breed::Words(words) => has_words(pet, words),
        Breed::Names(names) => [&pet.breed_primary, &pet.breed_secondary]
            .into_iter()
            .flatten()
            .any(|breed| names.contains(breed)),
    }
}

fn is_one_of<V: PartialEq>(wanted: Option<&Vec<V>>, value: V) -> bool {
    wanted.is_none_or(|wanted| wanted.contains(&value))
}
