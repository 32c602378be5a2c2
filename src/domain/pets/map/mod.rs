//! What a map draws: clusters of reports and single pins.
//!
//! The world is a square of 2^26 units, cut into cells of 40 pixels of the zoom's tiles of 512 pixels. A cell of the
//! world is always the same, and the viewport is widened to whole cells: so a cluster stays where it is while the map is
//! moved. Only masked points are on the map.

mod grid;

use std::collections::BTreeSet;

use entity::{pet, vocabulary::PetKind};
use sea_orm::{
    Condition, ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use self::grid::{Grid, expansion_zoom};
use super::{search::Search, store::visible_to};
use crate::kernel::{
    Error, Result, Viewer,
    geo::{Bounds, Point, point_of_cell},
};

/// The deepest zoom of a map.
const DEEPEST: i32 = 22;
/// From here on every report has a pin of its own, if there are not too many.
const ALL_PINS: u32 = 17;
/// Most pins of one answer.
const MOST_PINS: usize = 1_000;
/// Most clusters of one answer; coarser cells are taken where there would be more.
const MOST_CLUSTERS: usize = 2_000;

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct PetMap {
    /// Cells with several reports.
    pub clusters: Vec<Cluster>,
    /// Reports that stand alone, oldest id first.
    pub pets: Vec<pet::Model>,
    /// How many reports the clusters and pins stand for.
    pub total: i64,
}

/// Reports that are drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The middle of its reports.
    pub center: Point,
    /// How many there are.
    pub count: i64,
    /// How many of which kind, without kinds that are not there.
    pub counts: Vec<(PetKind, i64)>,
    /// The zoom at which it comes apart.
    pub expansion_zoom: u32,
}

/// A cell with its reports.
#[derive(Debug, FromQueryResult)]
struct Cell {
    count: i64,
    lost: i64,
    found: i64,
    sighted: i64,
    sheltered: i64,
    sum_x: i64,
    sum_y: i64,
    west: i32,
    east: i32,
    north: i32,
    south: i32,
}

/// Draws the reports that the viewer may see and that fit the search, for a viewport at a zoom of 0 to 22.
pub async fn pet_map(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    search: &Search,
    bounds: Bounds,
    zoom: i32,
) -> Result<PetMap> {
    let zoom = u32::try_from(zoom)
        .ok()
        .filter(|_| zoom <= DEEPEST)
        .ok_or_else(|| Error::BadInput(format!("zoom goes from 0 to {DEEPEST}").into()))?;
    let grid = Grid::of(bounds, zoom, MOST_CLUSTERS);
    if ALL_PINS <= zoom {
        let inside = search.condition().add(grid.condition());
        let pets = pins(db, viewer, inside).await?;
        if pets.len() <= MOST_PINS {
            return Ok(all_pins(pets));
        }
    }
    let (grid, cells) = cells(db, viewer, search, grid).await?;
    let total = cells.iter().map(|cell| cell.count).sum();
    let (alone, crowded): (Vec<Cell>, Vec<Cell>) = cells.into_iter().partition(|cell| cell.count == 1);
    let mut clusters: Vec<Cluster> = crowded.iter().map(|cell| cell.cluster(grid.zoom())).collect();
    let (single, rest) = alone.split_at(alone.len().min(MOST_PINS));
    clusters.extend(rest.iter().map(|cell| cell.cluster(grid.zoom())));
    let pets = match single {
        [] => Vec::new(),
        single => pins(db, viewer, search.condition().add(at_places(single))).await?,
    };
    Ok(PetMap { clusters, pets, total })
}

/// Groups the reports by cell, with coarser cells until there are few enough.
async fn cells(db: &impl ConnectionTrait, viewer: &Viewer, search: &Search, grid: Grid) -> Result<(Grid, Vec<Cell>)> {
    let mut grid = grid;
    loop {
        let found = group(db, viewer, search, &grid).await?;
        match grid.coarser() {
            Some(coarser) if MOST_CLUSTERS < found.len() => grid = coarser,
            _ => return Ok((grid, found)),
        }
    }
}

async fn group(db: &impl ConnectionTrait, viewer: &Viewer, search: &Search, grid: &Grid) -> Result<Vec<Cell>> {
    let cell = grid.cell();
    let (column, row) = (format!("pets.map_x / {cell}"), format!("pets.map_y / {cell}"));
    let of_kind = |kind: &str| Expr::cust(format!("SUM(CASE WHEN pets.kind = '{kind}' THEN 1 ELSE 0 END)"));
    let cells = visible_to(viewer)
        .filter(search.condition())
        .filter(grid.condition())
        .select_only()
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .expr_as(of_kind("lost"), "lost")
        .expr_as(of_kind("found"), "found")
        .expr_as(of_kind("sighted"), "sighted")
        .expr_as(of_kind("sheltered"), "sheltered")
        .expr_as(Expr::cust("SUM(pets.map_x)"), "sum_x")
        .expr_as(Expr::cust("SUM(pets.map_y)"), "sum_y")
        .column_as(pet::COLUMN.map_x.min(), "west")
        .column_as(pet::COLUMN.map_x.max(), "east")
        .column_as(pet::COLUMN.map_y.min(), "north")
        .column_as(pet::COLUMN.map_y.max(), "south")
        .group_by(Expr::cust(column.clone()))
        .group_by(Expr::cust(row.clone()))
        .order_by_asc(Expr::cust(column))
        .order_by_asc(Expr::cust(row))
        .limit(MOST_CLUSTERS as u64 + 1);
    Ok(cells.into_model::<Cell>().all(db).await?)
}

/// Reports by condition, one more than there may be pins.
async fn pins(db: &impl ConnectionTrait, viewer: &Viewer, condition: Condition) -> Result<Vec<pet::Model>> {
    let pets = visible_to(viewer)
        .filter(condition)
        .order_by_asc(pet::Column::Id)
        .limit(MOST_PINS as u64 + 1);
    Ok(pets.all(db).await?)
}

fn all_pins(pets: Vec<pet::Model>) -> PetMap {
    PetMap {
        clusters: Vec::new(),
        total: i64::try_from(pets.len()).unwrap_or(i64::MAX),
        pets,
    }
}

/// At the places of these cells, each of which holds one report.
fn at_places(cells: &[Cell]) -> Condition {
    let columns: BTreeSet<i32> = cells.iter().map(|cell| cell.west).collect();
    let places = cells
        .iter()
        .map(|cell| (i64::from(cell.west) << 26) + i64::from(cell.north));
    let place = Expr::cust("CAST(pets.map_x AS BIGINT) * 67108864 + pets.map_y");
    // The first part is implied by the second; it is what an index can be searched by.
    Condition::all()
        .add(pet::COLUMN.map_x.is_in(columns))
        .add(place.is_in(places))
}

impl Cell {
    fn cluster(&self, zoom: u32) -> Cluster {
        let middle = |sum: i64| i32::try_from(sum / Ord::max(self.count, 1)).unwrap_or(i32::MAX);
        let counts = [
            (PetKind::Lost, self.lost),
            (PetKind::Found, self.found),
            (PetKind::Sighted, self.sighted),
            (PetKind::Sheltered, self.sheltered),
        ];
        Cluster {
            center: point_of_cell((middle(self.sum_x), middle(self.sum_y))),
            count: self.count,
            counts: counts.into_iter().filter(|(_, count)| 0 < *count).collect(),
            expansion_zoom: expansion_zoom(zoom, (self.west, self.east), (self.north, self.south)),
        }
    }
}
