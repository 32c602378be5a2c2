//! Describes a search in words.

use entity::vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, Sex, Species};

use sea_orm::ConnectionTrait;

use super::model::SavedFilter;
use crate::{
    domain::{
        pets::search::{Area, Filter},
        shelters,
    },
    kernel::Result,
};
use geometry::DistanceUnit;

/// Describes a filter, including the name of its shelter; see [`describe`].
pub async fn description(db: &impl ConnectionTrait, saved: &SavedFilter) -> Result<String> {
    let shelter = match saved.filter.shelter_id {
        Some(id) => shelters::by_ids(db, &[id]).await?.pop(),
        None => None,
    };
    Ok(describe(saved, shelter.as_ref().map(|shelter| shelter.name.as_str())))
}

/// Describes a filter, such as `Lost or found black cats within 10 miles of Austin, TX`. There is no full stop, so that
/// it can be part of a sentence. `shelter` is the name of the filter's shelter.
fn describe(saved: &SavedFilter, shelter: Option<&str>) -> String {
    let filter = &saved.filter;
    let mut words: Vec<String> = Vec::new();
    words.extend(
        filter
            .urgent
            .map(|urgent| if urgent { "urgent" } else { "not urgent" }.to_owned()),
    );
    words.extend(any_of(filter.kinds.as_deref(), kind_word));
    words.extend(any_of(filter.age_groups.as_deref(), age));
    words.extend(any_of(filter.sizes.as_deref(), size));
    words.extend(any_of(filter.sexes.as_deref(), sex));
    words.extend(any_of(filter.colors.as_deref(), color));
    words.push(animals(filter));
    words.extend(filter.microchipped.map(|chipped| {
        let chip = if chipped {
            "with a microchip"
        } else {
            "without a microchip"
        };
        chip.to_owned()
    }));
    words.extend(filter.text.as_ref().map(|text| format!("with the words “{text}”")));
    words.extend(any_of(filter.statuses.as_deref(), status).map(|statuses| format!("that are {statuses}")));
    words.extend(filter.area.as_ref().map(|area| place(area, saved.near.as_deref())));
    words.extend(filter.shelter_id.map(|_| match shelter {
        Some(name) => format!("in the care of {name}"),
        None => "in the care of a shelter that is gone".to_owned(),
    }));
    words.extend(time(filter));
    capitalised(&words.join(" "))
}

/// The noun for the animals: by breed, by species, or a general word.
fn animals(filter: &Filter) -> String {
    let species = any_of(filter.species.as_deref(), plural);
    match (&filter.breed, species) {
        (Some(breed), Some(species)) => format!("{species} of the breed {breed}"),
        (Some(breed), None) => format!("animals of the breed {breed}"),
        (None, species) => species.unwrap_or_else(|| "animals".to_owned()),
    }
}

fn place(area: &Area, near: Option<&str>) -> String {
    match area {
        Area::Circle(circle) => {
            let middle = match near {
                Some(words) => words.to_owned(),
                None => format!("{:.2}, {:.2}", circle.center.latitude, circle.center.longitude),
            };
            format!("within {} of {middle}", miles(circle.radius_meters))
        }
        Area::Bounds(_) => "in a part of the map".to_owned(),
        Area::Polygon(_) => "in an area drawn on the map".to_owned(),
        Area::Near { query, radius_meters } => format!("within {} of {query}", miles(*radius_meters)),
    }
}

fn miles(meters: f64) -> String {
    let miles = DistanceUnit::Mile.rounded(meters);
    match miles {
        _ if miles < 0.1 => "0.1 miles".to_owned(),
        1.0 => "1 mile".to_owned(),
        _ => format!("{miles} miles"),
    }
}

fn time(filter: &Filter) -> Option<String> {
    let day = |time: entity::Timestamp| time.to_utc().format("%Y-%m-%d").to_string();
    match (filter.seen_from, filter.seen_to) {
        (Some(from), Some(to)) => Some(format!("seen from {} to {}", day(from), day(to))),
        (Some(from), None) => Some(format!("seen since {}", day(from))),
        (None, Some(to)) => Some(format!("seen until {}", day(to))),
        (None, None) => None,
    }
}

/// `black, white or tan`; `None` for no list.
fn any_of<V: Copy>(values: Option<&[V]>, word: fn(V) -> &'static str) -> Option<String> {
    let words: Vec<&str> = values?.iter().map(|value| word(*value)).collect();
    match words.split_last() {
        None => None,
        Some((last, [])) => Some((*last).to_owned()),
        Some((last, others)) => Some(format!("{} or {last}", others.join(", "))),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A kind as an adjective.
pub fn kind_word(kind: PetKind) -> &'static str {
    match kind {
        PetKind::Lost => "lost",
        PetKind::Found => "found",
        PetKind::Sighted => "sighted",
        PetKind::Sheltered => "sheltered",
    }
}

fn status(status: PetStatus) -> &'static str {
    match status {
        PetStatus::Open => "open",
        PetStatus::Matched => "matched",
        PetStatus::Reunited => "reunited",
        PetStatus::Adopted => "adopted",
        PetStatus::Transferred => "transferred",
        PetStatus::Closed => "closed",
        PetStatus::Expired => "expired",
    }
}

/// The singular name of a species.
pub fn singular(species: Species) -> &'static str {
    match species {
        Species::Dog => "dog",
        Species::Cat => "cat",
        Species::Rabbit => "rabbit",
        Species::Bird => "bird",
        Species::SmallMammal => "small mammal",
        Species::Reptile => "reptile",
        Species::Equine => "horse",
        Species::Farm => "farm animal",
        Species::Other => "animal",
    }
}

fn plural(species: Species) -> &'static str {
    match species {
        Species::Dog => "dogs",
        Species::Cat => "cats",
        Species::Rabbit => "rabbits",
        Species::Bird => "birds",
        Species::SmallMammal => "small mammals",
        Species::Reptile => "reptiles",
        Species::Equine => "horses",
        Species::Farm => "farm animals",
        Species::Other => "other animals",
    }
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Unknown => "of unknown sex",
    }
}

fn size(size: PetSize) -> &'static str {
    match size {
        PetSize::ExtraSmall => "very small",
        PetSize::Small => "small",
        PetSize::Medium => "medium-sized",
        PetSize::Large => "large",
        PetSize::ExtraLarge => "very large",
        PetSize::Unknown => "of unknown size",
    }
}

fn age(age: AgeGroup) -> &'static str {
    match age {
        AgeGroup::Baby => "baby",
        AgeGroup::Young => "young",
        AgeGroup::Adult => "adult",
        AgeGroup::Senior => "old",
        AgeGroup::Unknown => "of unknown age",
    }
}

fn color(color: Color) -> &'static str {
    match color {
        Color::Black => "black",
        Color::White => "white",
        Color::Gray => "gray",
        Color::Brown => "brown",
        Color::Red => "red",
        Color::Tan => "tan",
        Color::Cream => "cream",
        Color::Golden => "golden",
        Color::Green => "green",
        Color::Yellow => "yellow",
        Color::Other => "otherwise coloured",
    }
}

#[cfg(test)]
mod tests {
    use entity::{Timestamp, id::ShelterId};

    use super::*;
    use geometry::{Bounds, Circle, Point};

    fn described(filter: Filter) -> String {
        describe(&SavedFilter { filter, near: None }, Some("Happy Tails"))
    }

    #[test]
    fn a_search_says_what_it_is_for() {
        let center = Point::new(30.2672, -97.7431).unwrap();
        let circle = |meters| Some(Area::Circle(Circle::new(center, meters).unwrap()));
        let filter = Filter {
            kinds: Some(vec![PetKind::Lost, PetKind::Found]),
            species: Some(vec![Species::Cat]),
            colors: Some(vec![Color::Black, Color::White, Color::Tan]),
            area: circle(16_093.44),
            ..Filter::default()
        };
        let near = Some("Austin, TX".to_owned());
        assert_eq!(
            describe(&SavedFilter { filter, near }, None),
            "Lost or found black, white or tan cats within 10 miles of Austin, TX"
        );
        let by_point = Filter {
            area: circle(1_609.344),
            ..Filter::default()
        };
        assert_eq!(described(by_point), "Animals within 1 mile of 30.27, -97.74");
    }

    #[test]
    fn every_field_of_a_filter_is_said() {
        let everything = Filter {
            kinds: Some(vec![PetKind::Sighted]),
            statuses: Some(vec![PetStatus::Open, PetStatus::Reunited]),
            species: Some(vec![Species::Dog]),
            breed: Some("Beagle".to_owned()),
            colors: Some(vec![Color::Tan]),
            sizes: Some(vec![PetSize::Small]),
            sexes: Some(vec![Sex::Female]),
            age_groups: Some(vec![AgeGroup::Young]),
            microchipped: Some(false),
            urgent: Some(true),
            seen_from: Some(Timestamp(1_780_000_000_000)),
            seen_to: Some(Timestamp(1_780_315_200_000)),
            text: Some("red collar".to_owned()),
            area: Some(Area::Bounds(Bounds::new(0.0, 0.0, 1.0, 1.0).unwrap())),
            shelter_id: Some(ShelterId(uuid::Uuid::nil())),
        };
        assert_eq!(
            described(everything),
            "Urgent sighted young small female tan dogs of the breed Beagle without a microchip with the words “red \
             collar” that are open or reunited in a part of the map in the care of Happy Tails seen from 2026-05-28 to 2026-06-01"
        );
        assert_eq!(described(Filter::default()), "Animals");
    }
}
