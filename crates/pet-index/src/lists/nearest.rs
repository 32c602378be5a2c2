//! Lists ordered by distance.

use std::{cmp::Ordering, collections::BinaryHeap, ops::ControlFlow};

use entity::id::PetId;
use geometry::Point;

use self::reach::Reach;
use super::{Run, Window, shortlist::Shortlist};
use crate::{
    IndexFilter, PetIndex,
    clusters::quadtree::{Content, Corner},
    filter::CompiledFilter,
    projection::Zone,
};
use geometry::chord_of_vectors;

mod reach;

/// A squared chord length; never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Chord(f64);

impl Eq for Chord {}

impl Ord for Chord {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Chord {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A part of the quadtree with a lower bound for the distance of its contents. The nearest part compares as the
/// greatest.
struct Ahead {
    least: Chord,
    corner: Corner,
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ahead {}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> Ordering {
        other.least.cmp(&self.least)
    }
}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PetIndex {
    /// Reports by distance from `from`, nearest first, ties by id. The distance is the squared chord length, bit for
    /// bit as the database computes it. Reports without a point are left out.
    pub fn nearest(&self, from: Point, filter: &IndexFilter, window: &Window<(f64, PetId)>) -> Run<'_> {
        if window.limit == 0 {
            return Run::EMPTY;
        }
        let compiled = CompiledFilter::of(filter, &self.rows);
        let vector = from.unit_vector();
        let key = |(chord, id)| (Chord(chord), id);
        let mut best = Shortlist::of(Window {
            after: window.after.map(key),
            before: window.before.map(key),
            limit: window.limit,
            backward: window.backward,
        });
        let offer = |best: &mut Shortlist<(Chord, PetId)>, slot: u32| {
            let cold_row = self.rows.cold_rows.at(slot);
            if let Some(point) = cold_row.point() {
                best.offer(
                    (Chord(chord_of_vectors(point.unit_vector(), vector)), cold_row.id),
                    slot,
                );
            }
        };
        if window.backward || filter.among.is_some() {
            let _ = self.scan(compiled.as_ref(), None, |slot, _| {
                offer(&mut best, slot);
                ControlFlow::<()>::Continue(())
            });
        } else {
            self.spread(&Reach::of(from), compiled.as_ref(), &mut best, offer);
        }
        best.page(&self.rows)
    }

    /// Visits the parts of the quadtree in the order of their lower bounds, until no part can hold a better result.
    fn spread(
        &self,
        reach: &Reach,
        compiled: Option<&CompiledFilter>,
        best: &mut Shortlist<(Chord, PetId)>,
        offer: impl Fn(&mut Shortlist<(Chord, PetId)>, u32),
    ) {
        let zone = compiled.and_then(CompiledFilter::zone).copied().unwrap_or(Zone::WORLD);
        let mut ahead = BinaryHeap::from([Ahead {
            least: Chord(0.0),
            corner: Corner::ALL,
        }]);
        while let Some(Ahead { least, corner }) = ahead.pop() {
            if best.is_beyond(|(chord, _)| *chord < least) {
                break;
            }
            match self.quadtrees.all().content(corner) {
                Content::Quarters(quarters) => {
                    let meeting = quarters.into_iter().filter(|quarter| zone.meets(quarter.tile));
                    ahead.extend(meeting.map(|corner| Ahead {
                        least: Chord(reach.least(corner.tile)),
                        corner,
                    }));
                }
                Content::Bucket(entries) => entries
                    .iter()
                    .filter(|entry| zone.holds(entry.at))
                    .map(|entry| entry.slot())
                    .filter(|slot| compiled.is_none_or(|compiled| compiled.admits(&self.rows, *slot)))
                    .for_each(|slot| offer(best, slot)),
            }
        }
    }
}
