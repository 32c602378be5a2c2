//! Heat maps: number of reports per cell of the H3 grid.
//!
//! Cells are counted as a whole, whatever the viewport, and cells with fewer than three reports are left out, so that a
//! heat map singles nobody out. Like everything public, it uses masked points only.

use std::collections::HashMap;

use geometry::{Bounds, Point};
use h3o::{CellIndex, LatLng, Resolution};
use pet_index::{IndexFilter, PetIndex, PinRef};

use super::pet_map::ask;
use crate::{
    deps::Deps,
    domain::pets::search::Search,
    kernel::{Error, Result},
};

/// The finest resolution that can be requested: cells of 0.1 km², about as wide as a mask.
const FINEST: u8 = 9;
/// The finest resolution that is chosen automatically: cells of 0.7 km².
const FINEST_CHOSEN: u8 = 8;
/// Cells with fewer reports are left out.
const FEWEST: u32 = 3;
/// Maximum number of cells in one response.
const MOST_CELLS: usize = 5_000;
/// Approximate number of cells in a viewport at the automatically chosen resolution.
const CELLS_IN_VIEW: f64 = 1_000.0;
/// Mean area of a cell of resolution 0 in km²; each finer resolution has a seventh of it (h3geo.org, table of cell
/// statistics).
const COARSEST_KM2: f64 = 4_357_449.0;
/// No two places in a cell are farther apart than this many times the mean edge length at its resolution.
const WIDEST: f64 = 3.0;
/// Area of the earth in km².
const EARTH_KM2: f64 = 510_065_622.0;

/// A cell with at least three reports.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// Index of the cell in the H3 grid, 15 hexadecimal digits.
    pub cell: String,
    /// Centre of the cell.
    pub center: Point,
    /// Corners of the cell, counter-clockwise, each once.
    pub boundary: Vec<Corner>,
    /// Number of reports in the cell.
    pub count: u32,
}

/// A corner of a cell. Its longitude is that which is nearest to the middle of the cell, also past 180: an outline that jumped
/// to the other side of the map would be drawn as a belt around the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corner {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east, from -360 to 360.
    pub longitude: f64,
}

/// The cells with at least three reports of which one lies in the bounds, most reports first. Without a resolution, one
/// at which about a thousand cells are in view. More than 5,000 cells are refused.
pub async fn pet_heatmap(
    deps: &Deps,
    search: Search,
    bounds: Bounds,
    resolution: Option<i32>,
) -> Result<Vec<HeatCell>> {
    let resolution = match resolution {
        Some(asked) => asked_for(asked)?,
        None => fitting(&bounds),
    };
    let look =
        move |pet_index: &PetIndex, index_filter: &IndexFilter| places(pet_index, index_filter, &bounds, resolution);
    let (places, _) = ask(deps, &search, look).await?;
    // Finding the cells of a million places takes a part of a second: nobody else waits for it.
    let work = tokio::task::spawn_blocking(move || count(places, &bounds, resolution));
    let found = work.await.map_err(Error::internal)?;
    if MOST_CELLS < found.len() {
        let message = format!(
            "these bounds hold {} cells of resolution {resolution}, at most {MOST_CELLS} are answered: ask for a \
             smaller resolution or smaller bounds",
            found.len()
        );
        return Err(Error::BadInput(message.into()));
    }
    let mut cells: Vec<HeatCell> = found
        .into_iter()
        .filter_map(|(cell, count)| HeatCell::of(cell, count))
        .collect();
    cells.sort_by(|one, other| (other.count, &one.cell).cmp(&(one.count, &other.cell)));
    Ok(cells)
}

/// Where reports lie, in no order: at least those that share a cell with a place within the bounds.
fn places(pet_index: &PetIndex, index_filter: &IndexFilter, bounds: &Bounds, resolution: Resolution) -> Vec<Point> {
    let mut places = Vec::new();
    let mut note = |pin_ref: PinRef<'_>| places.extend(pin_ref.point());
    if index_filter.area.is_some() || index_filter.among.is_some() {
        pet_index.each(index_filter, &mut note);
    } else {
        let around = bounds.grown(WIDEST * resolution.edge_length_m());
        let area = Some(pet_index::Area::Bounds(around));
        pet_index.each(
            &IndexFilter {
                area,
                ..index_filter.clone()
            },
            &mut note,
        );
    }
    places
}

/// How many of the places lie in each cell that has enough of them and one within the bounds.
fn count(places: Vec<Point>, bounds: &Bounds, resolution: Resolution) -> Vec<(CellIndex, u32)> {
    let mut counts: HashMap<CellIndex, (u32, bool)> = HashMap::new();
    for point in places {
        let Ok(place) = LatLng::new(point.latitude, point.longitude) else {
            continue;
        };
        let (count, is_in_view) = counts.entry(place.to_cell(resolution)).or_default();
        *count += 1;
        *is_in_view |= bounds.contains(point);
    }
    let enough = counts
        .into_iter()
        .filter(|(_, (count, is_in_view))| *is_in_view && FEWEST <= *count);
    enough.map(|(cell, (count, _))| (cell, count)).collect()
}

fn asked_for(resolution: i32) -> Result<Resolution> {
    u8::try_from(resolution)
        .ok()
        .filter(|resolution| *resolution <= FINEST)
        .and_then(|resolution| Resolution::try_from(resolution).ok())
        .ok_or_else(|| Error::BadInput(format!("resolution must be from 0 to {FINEST}").into()))
}

/// The finest resolution at which not many more than a thousand cells lie in the bounds.
fn fitting(bounds: &Bounds) -> Resolution {
    let height = bounds.north.to_radians().sin() - bounds.south.to_radians().sin();
    let ranges = bounds.longitude_ranges().into_iter();
    let width: f64 = ranges.map(|(west, east)| (east - west) / 360.0).sum();
    let area = EARTH_KM2 * (height / 2.0) * width;
    let fits = |resolution: &u8| area <= CELLS_IN_VIEW * COARSEST_KM2 / 7_f64.powi(i32::from(*resolution));
    let finest = (0..=FINEST_CHOSEN).rev().find(fits).unwrap_or(0);
    Resolution::try_from(finest).unwrap_or(Resolution::Zero)
}

impl HeatCell {
    /// None if the grid answered with what is no place, which it does not.
    fn of(cell: CellIndex, count: u32) -> Option<Self> {
        let middle = LatLng::from(cell);
        let corner = |corner: &LatLng| Corner {
            latitude: corner.lat(),
            longitude: corner.lng() + 360.0 * ((middle.lng() - corner.lng()) / 360.0).round(),
        };
        Some(Self {
            cell: cell.to_string(),
            center: Point::new(middle.lat(), middle.lng()).ok()?,
            boundary: cell.boundary().iter().map(corner).collect(),
            count,
        })
    }
}

#[cfg(test)]
mod tests {
    use geometry::distance_meters;

    use super::*;

    #[test]
    fn no_outline_spans_the_world_but_around_a_pole() {
        let cells = CellIndex::base_cells().flat_map(|base| base.children(Resolution::Two));
        let on_the_seam = cells.filter(|cell| cell.boundary().iter().any(|corner| 175.0 < corner.lng()));
        for cell in on_the_seam {
            let corners = HeatCell::of(cell, 0).unwrap().boundary;
            let longitudes = || corners.iter().map(|corner| corner.longitude);
            let width = longitudes().fold(f64::MIN, f64::max) - longitudes().fold(f64::MAX, f64::min);
            let is_polar = corners.iter().any(|corner| 85.0 < corner.latitude.abs());
            assert!(width < 60.0 || is_polar, "{cell} {width}");
        }
    }

    #[test]
    fn no_cell_is_wider_than_is_looked_around_the_bounds() {
        for resolution in [Resolution::Zero, Resolution::One, Resolution::Two] {
            for cell in CellIndex::base_cells().flat_map(|base| base.children(resolution)) {
                let corners = HeatCell::of(cell, 0).unwrap().boundary.into_iter();
                let corners: Vec<Point> = corners
                    .map(|corner| Point::of_map(corner.latitude, corner.longitude).unwrap())
                    .collect();
                let apart = |one: &Point| {
                    corners
                        .iter()
                        .map(|other| distance_meters(*one, *other))
                        .fold(0.0, f64::max)
                };
                let widest = corners.iter().map(apart).fold(0.0, f64::max);
                assert!(widest <= WIDEST * resolution.edge_length_m(), "{cell} {widest}");
            }
        }
    }
}
