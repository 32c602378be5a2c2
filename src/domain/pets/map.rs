//! The map: clusters, and pins for reports that stand alone.
//!
//! The clusters come from [`pet_index`]. They depend on the reports and not on the request, so they stay in place while
//! somebody moves the map or changes the filter, and are the same on every node.

use std::collections::HashSet;

use entity::{id::PetId, pet, vocabulary::PetKind};
use geometry::{Bounds, Point};
use pet_index::{Drawing, Everybody, IndexFilter, LivePetIndex, Most, PetIndex};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};

use super::{
    live_index,
    search::{PetSummary, Search},
};
use crate::{
    deps::Deps,
    kernel::{Error, Result},
};

/// The deepest zoom of maps on the web.
const DEEPEST: u32 = 22;
/// Clusters and pins of one answer; the next coarser zoom is drawn where there would be more.
const MOST: Most = Most {
    clusters: 2_000,
    pins: 1_000,
};
/// Reports behind a map that only the tables can answer: the last reported ones.
const MOST_FROM_TABLES: u64 = 50_000;
const KINDS: [PetKind; 4] = [PetKind::Lost, PetKind::Found, PetKind::Sighted, PetKind::Sheltered];

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct PetMap {
    /// Places with several reports.
    pub clusters: Vec<Cluster>,
    /// Reports that stand alone.
    pub pins: Vec<PetSummary>,
    /// How many reports the clusters and pins stand for.
    pub total: usize,
}

/// Reports that are drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The middle of its reports.
    pub center: Point,
    /// How many there are.
    pub count: u32,
    /// How many of which kind, without kinds that are not there.
    pub counts: Vec<(PetKind, u32)>,
    /// The zoom at which it comes apart.
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

/// What an index was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// All open reports.
    Memory,
    /// The last reported ones of those that fit; what it says of their status is not true.
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
