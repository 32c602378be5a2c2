//! The map: clusters, and pins for reports that stand alone.
//!
//! The clusters come from [`pet_index`]. They depend on the reports and not on the request, so they stay in place while
//! somebody moves the map or changes the filter, and are the same on every node.

use std::collections::HashSet;

use entity::{id::PetId, pet, vocabulary::PetKind};
use geometry::{Bounds, Point};
use pet_index::{Drawing, Everybody, IndexFilter, LivePetIndex, Most, PetIndex};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};

use crate::{
    deps::Deps,
    domain::pets::{
        live_index,
        search::{PetSummary, Search},
    },
    kernel::{Error, Result},
};

/// The deepest zoom level of web maps.
const DEEPEST: u32 = 22;
/// Maximum number of clusters and pins in one response; if there would be more, the next coarser zoom level is used.
const MOST: Most = Most {
    clusters: 2_000,
    pins: 1_000,
};
/// Maximum number of reports on a map that only the tables can answer; the last reported ones are used.
const MOST_FROM_TABLES: u64 = 50_000;
const KINDS: [PetKind; 4] = [PetKind::Lost, PetKind::Found, PetKind::Sighted, PetKind::Sheltered];

/// The content of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct PetMap {
    /// Places with several reports.
    pub clusters: Vec<Cluster>,
    /// Reports that stand alone.
    pub pins: Vec<PetSummary>,
    /// Number of reports in all clusters and pins.
    pub total: usize,
}

/// Reports that are drawn as one symbol.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Centre of its reports.
    pub center: Point,
    /// Number of reports.
    pub count: u32,
    /// Number of reports per kind, without zeros.
    pub counts: Vec<(PetKind, u32)>,
    /// The zoom level at which it splits.
    pub expansion_zoom: u32,
}

/// The map of the reports that everybody may see and that match the search, for a viewport at a zoom level of 0 to 22.
pub async fn pet_map(deps: &Deps, search: &Search, bounds: Bounds, zoom: i32) -> Result<PetMap> {
    let zoom = u32::try_from(zoom)
        .ok()
        .filter(|zoom| *zoom <= DEEPEST)
        .ok_or_else(|| Error::BadInput(format!("zoom must be from 0 to {DEEPEST}").into()))?;
    let (mut map, source) = ask(deps, search, move |pet_index, index_filter| {
        PetMap::from(pet_index.draw(&bounds, zoom, index_filter, MOST))
    })
    .await?;
    if source == Source::Tables {
        let ids: Vec<PetId> = map.pins.iter().map(|summary| summary.id).collect();
        map.pins = PetSummary::with_ids(deps.db.read(), &ids).await?;
    }
    Ok(map)
}

/// The source of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// All open reports.
    Memory,
    /// The last reported of the matching reports; their status in this index is not meaningful.
    Tables,
}

/// Queries the index in memory, which contains public reports only. A search for words is limited to the ids of the
/// reports that match; for closed reports, a temporary index of the matching ones is used.
pub(super) async fn ask<R>(
    deps: &Deps,
    search: &Search,
    look: impl FnOnce(&PetIndex, &IndexFilter) -> R + Send + 'static,
) -> Result<(R, Source)>
where
    R: Send + 'static,
{
    let index_filter = match search.index_filter() {
        Some(index_filter) => index_filter.clone(),
        None if search.is_live() => IndexFilter {
            among: Some(fitting(deps, search).await?),
            ..IndexFilter::default()
        },
        None => {
            let fitting = search.visible().filter(search.condition());
            let past = live_index::of(deps.db.read(), newest(fitting)).await?;
            return Ok((look(&past, &IndexFilter::default()), Source::Tables));
        }
    };
    let found = deps
        .read_model::<LivePetIndex>()
        .look(deps, |live_index| look(live_index.pet_index(Everybody), &index_filter))
        .await?;
    Ok((found, Source::Memory))
}

/// The ids of the reports that fit.
async fn fitting(deps: &Deps, search: &Search) -> Result<HashSet<PetId>> {
    let condition = search.condition_of_all(deps.db.read()).await?;
    let ids = newest(search.visible().filter(condition))
        .select_only()
        .column(pet::Column::Id)
        .into_tuple()
        .all(deps.db.read());
    Ok(ids.await?.into_iter().collect())
}

fn newest(select: sea_orm::Select<pet::Entity>) -> sea_orm::Select<pet::Entity> {
    select
        .order_by_desc(pet::Column::ReportedAt)
        .order_by_desc(pet::Column::Id)
        .limit(MOST_FROM_TABLES)
}

impl From<Drawing<'_>> for PetMap {
    fn from(drawing: Drawing<'_>) -> Self {
        Self {
            clusters: drawing.clusters.into_iter().map(Cluster::from).collect(),
            pins: drawing.pins.into_iter().map(PetSummary::from).collect(),
            total: drawing.total,
        }
    }
}

impl From<pet_index::Cluster> for Cluster {
    fn from(cluster: pet_index::Cluster) -> Self {
        let counts = KINDS.into_iter().zip(cluster.counts);
        Self {
            center: cluster.center,
            count: cluster.count,
            counts: counts.filter(|(_, count)| 0 < *count).collect(),
            expansion_zoom: cluster.expansion_zoom,
        }
    }
}
