//! The map cells in which a search is registered: those that cover its area (`geometry::cells`), or the whole world if
//! it has no area.

use std::collections::BTreeSet;

use entity::{
    pet,
    vocabulary::{PetKind, Species},
};
use sea_orm::Iterable;

use crate::domain::pets::search::{Area, Filter};
use geometry::{Point, cells};

/// The cells in which a search with this filter is registered.
pub fn covering(filter: &Filter) -> BTreeSet<i64> {
    match &filter.area {
        Some(Area::Bounds(bounds)) => cells::covering(bounds),
        Some(Area::Circle(circle)) => cells::covering(&circle.bounding_box()),
        Some(Area::Polygon(polygon)) => cells::covering(&polygon.bounding_box()),
        Some(Area::Near { .. }) | None => BTreeSet::from([cells::whole_world()]),
    }
}

/// The cells that contain a report, one for each level; only the whole world if the report is not on the map.
pub fn around(pet: &pet::Model) -> Vec<i64> {
    let point = pet.public_latitude.zip(pet.public_longitude);
    let point = point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
    match point {
        Some(point) => cells::around(point).collect(),
        None => vec![cells::whole_world()],
    }
}

/// One bit for each kind that the filter accepts.
pub fn kinds_mask(filter: &Filter) -> i32 {
    let all = || PetKind::iter().collect();
    let kinds: Vec<PetKind> = filter.kinds.clone().unwrap_or_else(all);
    kinds.into_iter().fold(0, |mask, kind| mask | kind_bit(kind))
}

/// The bit of a kind. It is stored, so the order of the vocabulary must not change.
pub fn kind_bit(kind: PetKind) -> i32 {
    1 << kind as i32
}

/// One bit for each species that the filter accepts.
pub fn species_mask(filter: &Filter) -> i32 {
    let all = || Species::iter().collect();
    let species: Vec<Species> = filter.species.clone().unwrap_or_else(all);
    species.into_iter().fold(0, |mask, species| mask | species_bit(species))
}

/// The bit of a species.
pub fn species_bit(species: Species) -> i32 {
    1 << species as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use geometry::{Circle, destination};

    fn listens_at(filter: &Filter, point: Point) -> bool {
        let cells = covering(filter);
        cells::around(point).any(|cell| cells.contains(&cell))
    }

    fn within(area: Area) -> Filter {
        Filter {
            area: Some(area),
            ..Filter::default()
        }
    }

    #[test]
    fn a_search_without_an_area_listens_everywhere() {
        let everything = Filter::default();
        assert_eq!(covering(&everything).len(), 1);
        for (latitude, longitude) in [(90.0, 0.0), (-90.0, 180.0), (30.2, -97.7)] {
            assert!(listens_at(&everything, Point::new(latitude, longitude).unwrap()));
        }
        assert_eq!(
            (kinds_mask(&everything), species_mask(&everything)),
            (0b1111, 0b1_1111_1111)
        );
    }

    #[test]
    fn a_search_of_one_town_does_not_listen_in_the_next_state() {
        let austin = Point::new(30.2672, -97.7431).unwrap();
        let filter = within(Area::Circle(Circle::new(austin, 16_000.0).unwrap()));
        assert!(listens_at(&filter, austin));
        assert!(!listens_at(&filter, destination(austin, 90.0, 200_000.0)));
    }

    proptest! {
        #[test]
        fn a_circle_is_heard_of_wherever_a_report_lies_in_it(
            latitude in -89.0..89.0, longitude in -179.999..179.999, radius in 1.0..161_000.0, bearing in 0.0..360.0, part in 0.0..=1.0,
        ) {
            let center = Point::new(latitude, longitude).unwrap();
            let filter = within(Area::Circle(Circle::new(center, radius).unwrap()));
            prop_assert!(listens_at(&filter, destination(center, bearing, radius * part)));
        }
    }
}
