//! Draws the clusters and pins of a map viewport.

use std::ops::ControlFlow;

use super::{
    FINEST_CLUSTER_ZOOM, IndexFilter, PetIndex, PinRef,
    clusters::tallies::Tally,
    filter::CompiledFilter,
    projection::{Frame, Zone, point_at, radius},
    reports::rows::NOBODY,
};
use geometry::Bounds;

mod cluster_cache;
mod drawing;
mod gather;
mod group;

pub(super) use cluster_cache::ClusterCache;
pub use drawing::{Cluster, Drawing, Most};

/// The viewport being drawn and its limits.
struct View<'a> {
    bounds: &'a Bounds,
    frame: Frame,
    most: Most,
}

/// A cluster, represented by its seed, or a pin.
struct Found {
    slot: u32,
    mean: (f64, f64),
    tally: Tally,
    expansion_zoom: u8,
}

/// The clusters and pins found so far.
#[derive(Default)]
struct Sketch {
    clusters: Vec<Found>,
    pins: Vec<u32>,
}

impl Sketch {
    fn is_too_much(&self, most: Most) -> bool {
        most.clusters < self.clusters.len() || most.pins < self.pins.len()
    }

    fn go_on(&self, most: Most) -> ControlFlow<()> {
        if self.is_too_much(most) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl PetIndex {
    /// The clusters and pins of a viewport at a zoom; from zoom 17 on, every report is a pin. A pin is in the viewport
    /// if its coordinates are, a cluster if its centre is. Cluster centres beyond the square of Web Mercator are moved
    /// to its edge.
    ///
    /// A filter does not change which reports form a cluster. Reports that do not pass are left out of counts and
    /// centres, and a cluster with only one passing report becomes a pin.
    pub fn draw(&self, bounds: &Bounds, zoom: u32, filter: &IndexFilter, most: Most) -> Drawing<'_> {
        let compiled = CompiledFilter::of(filter, &self.rows);
        let (frame, mut zoom) = (Frame::of(bounds), zoom);
        loop {
            let everything = Most {
                clusters: usize::MAX,
                pins: usize::MAX,
            };
            let most = if zoom == 0 { everything } else { most };
            let view = View { bounds, frame, most };
            let sketch = match (
                &compiled,
                u8::try_from(zoom)
                    .ok()
                    .filter(|zoom| u32::from(*zoom) <= FINEST_CLUSTER_ZOOM),
            ) {
                (_, None) => self.sketch_pins(&view, compiled.as_ref()),
                (None, Some(zoom)) => self.sketch(&view, zoom),
                (Some(compiled), Some(zoom)) => self.sketch_filtered(&view, zoom, compiled),
            };
            if let Some(sketch) = sketch {
                return self.finish(sketch, zoom);
            }
            zoom = zoom.saturating_sub(1).min(FINEST_CLUSTER_ZOOM);
        }
    }

    /// All reports in the viewport as pins; `None` if there are too many.
    fn sketch_pins(&self, view: &View<'_>, compiled: Option<&CompiledFilter>) -> Option<Sketch> {
        let mut sketch = Sketch::default();
        let zone = view.frame.zone(1);
        let _ = self.scan(compiled, zone.as_ref(), |slot, _| {
            self.add_pin(&mut sketch, view, slot);
            sketch.go_on(view.most)
        });
        (!sketch.is_too_much(view.most)).then_some(sketch)
    }

    /// The clusters and pins of a zoom; `None` if there are too many.
    fn sketch(&self, view: &View<'_>, zoom: u8) -> Option<Sketch> {
        let mut sketch = Sketch::default();
        // Members are within the radii of this zoom and all finer ones of their seed, together less than two radii of
        // this zoom.
        let zone = view.frame.zone(2 * i64::from(radius(zoom))).unwrap_or(Zone::WORLD);
        let _ = self.quadtrees.seeds(zoom, &zone, |entry| {
            let seed = self.rows.hot_rows.at(entry.slot());
            match self.tallies.at_zoom(seed, zoom) {
                None => self.add_pin(&mut sketch, view, entry.slot()),
                Some((tally, finest)) => {
                    let mean = tally.mean(seed);
                    if view.frame.holds(mean) {
                        sketch.clusters.push(Found {
                            slot: entry.slot(),
                            mean,
                            tally: *tally,
                            expansion_zoom: finest + 1,
                        });
                    }
                }
            }
            sketch.go_on(view.most)
        });
        (!sketch.is_too_much(view.most)).then_some(sketch)
    }

    fn add_pin(&self, sketch: &mut Sketch, view: &View<'_>, slot: u32) {
        let point = self.rows.cold_rows.at(slot).point();
        if point.is_some_and(|point| view.bounds.contains(point)) {
            sketch.pins.push(slot);
        }
    }

    fn finish(&self, sketch: Sketch, zoom: u32) -> Drawing<'_> {
        let clusters = self.by_rank(
            &sketch.clusters,
            |found| found.slot,
            |found| Cluster {
                center: point_at(found.mean.0, found.mean.1),
                count: found.tally.total(),
                counts: found.tally.counts,
                expansion_zoom: u32::from(found.expansion_zoom),
            },
        );
        let pins = self.by_rank(&sketch.pins, |slot| *slot, |slot| PinRef::of(&self.rows, *slot));
        let members: usize = clusters.iter().map(|cluster| cluster.count as usize).sum();
        Drawing {
            zoom,
            total: members + pins.len(),
            clusters,
            pins,
        }
    }

    /// Converts the found items, ordered by the priority of their reports, which does not depend on the history of the
    /// index.
    fn by_rank<F, T>(&self, found: &[F], slot: impl Fn(&F) -> u32, show: impl Fn(&F) -> T) -> Vec<T> {
        let slot_at = |place: u32| found.get(place as usize).map_or(NOBODY, &slot);
        let ranked = |(place, found): (u32, &F)| (!self.rows.hot_rows.at(slot(found)).rank, place);
        let mut order: Vec<(u32, u32)> = (0..).zip(found).map(ranked).collect();
        order.sort_unstable();
        for equals in order
            .chunk_by_mut(|one, other| one.0 == other.0)
            .filter(|equals| 1 < equals.len())
        {
            equals.sort_by(|one, other| self.rows.compare_ranks(slot_at(other.1), slot_at(one.1)));
        }
        let mut shown = Vec::with_capacity(found.len());
        shown.extend(
            order
                .into_iter()
                .filter_map(|(_, place)| found.get(place as usize))
                .map(show),
        );
        shown
    }
}
