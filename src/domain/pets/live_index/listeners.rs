//! Decides who is told of which changes: only those who watch the part of the map where a report was or is now.

use crate::events::Topic;
use geometry::{Bounds, cells};
use pet_index::LivePetIndex;

/// Everybody is told of one change in this many, however far away, so that nobody falls behind what the live index
/// remembers.
const SOMETIMES: u64 = 1_024;

/// The topics to listen to for that part of the map.
pub fn topics(bounds: &Bounds) -> Vec<Topic> {
    let cells = cells::covering(bounds).into_iter().map(Topic::MapCell);
    cells.chain([Topic::Map]).collect()
}

/// The topics to ring for the changes after that number.
pub fn concerned(live_index: &LivePetIndex, before: u64) -> Vec<Topic> {
    let everybody = (before / SOMETIMES != live_index.last_change() / SOMETIMES).then_some(Topic::Map);
    let Ok(changes) = live_index.changes_after(before) else {
        return vec![Topic::Map];
    };
    let pins = changes.flat_map(|(_, change)| [&change.before, &change.after]);
    let points = pins.flatten().filter_map(|pin| pin.point);
    let cells = points.flat_map(cells::around).map(Topic::MapCell);
    cells.chain(everybody).collect()
}

#[cfg(test)]
mod tests {
    use entity::{
        ColorSet, Timestamp,
        id::PetId,
        vocabulary::{
            AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
        },
    };
    use futures_util::FutureExt;

    use super::*;
    use crate::events::Bells;
    use geometry::Point;
    use pet_index::{PetIndex, Pin};

    fn pin(point: Point) -> Pin {
        Pin {
            id: PetId(uuid::Uuid::from_u128(1)),
            kind: PetKind::Lost,
            status: PetStatus::Open,
            species: Species::Dog,
            sex: Sex::Unknown,
            altered: Altered::Unknown,
            size: PetSize::Small,
            age_group: AgeGroup::Adult,
            coat: CoatLength::Short,
            pattern: CoatPattern::Solid,
            colors: ColorSet(0),
            microchipped: None,
            urgent: false,
            breed_primary: None,
            breed_secondary: None,
            breed_mixed: false,
            shelter_id: None,
            name: Some("Sweetie".to_owned()),
            place_label: "Austin, TX".to_owned(),
            point: Some(point),
            precision: PlacePrecision::Point,
            seen_at: Timestamp::from(chrono::DateTime::UNIX_EPOCH),
            reported_at: Timestamp::from(chrono::DateTime::UNIX_EPOCH),
            marks_signature: 0,
        }
    }

    #[test]
    fn who_looks_elsewhere_is_left_in_peace_and_never_falls_behind() {
        let bells = Bells::default();
        let box_at = |south, west| Bounds::new(south, west, south + 0.2, west + 0.2).unwrap();
        let mut near = bells.listen(&topics(&box_at(30.2, -97.8)));
        let mut far = bells.listen(&topics(&box_at(40.6, -74.1)));
        let mut live_index = LivePetIndex::new(PetIndex::builder().finish());
        let pin = pin(Point::new(30.3, -97.7).unwrap());
        let change = |live_index: &mut LivePetIndex| {
            let before = live_index.last_change();
            live_index.take_in(pin.id, Some(pin.clone()), true);
            concerned(live_index, before)
                .into_iter()
                .for_each(|topic| bells.ring(topic));
        };

        change(&mut live_index);
        assert!(near.wait().now_or_never().is_some());
        assert!(far.wait().now_or_never().is_none());

        let (mut place, mut heard) = (1, 0);
        for _ in 0..20_000 {
            change(&mut live_index);
            assert!(live_index.changes_after(place).is_ok());
            if far.wait().now_or_never().is_some() {
                (place, heard) = (live_index.last_change(), heard + 1);
            }
        }
        assert!(heard < 20, "{heard}");
    }
}
