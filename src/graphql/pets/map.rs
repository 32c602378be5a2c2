//! The map and the numbers of the front page.

use std::sync::Arc;

use async_graphql::SimpleObject;

use super::{Coordinates, Pet};
use crate::{domain::pets, graphql::vocabulary::PetKind};

/// What a map draws for a viewport.
#[derive(SimpleObject)]
pub struct PetMap {
    /// Places with several reports, at most about 2,000. They stay where they are while the map is moved.
    clusters: Vec<PetCluster>,
    /// Reports that stand alone, at most 1,000.
    pets: Vec<Pet>,
    /// How many reports the clusters and pets stand for. The viewport is widened to whole clusters, so some lie just
    /// outside of it.
    total: i32,
}

/// Reports that are drawn as one.
#[derive(SimpleObject)]
pub struct PetCluster {
    /// The middle of its reports.
    coordinates: Coordinates,
    /// How many there are.
    count: i32,
    /// How many of which kind; kinds that are not there are left out.
    counts: Vec<PetKindCount>,
    /// The zoom at which it comes apart, at most 17.
    expansion_zoom: i32,
}

/// How many reports of a kind there are.
#[derive(SimpleObject)]
pub struct PetKindCount {
    /// The kind.
    kind: PetKind,
    /// How many.
    count: i32,
}

/// Numbers of the whole installation.
#[derive(SimpleObject)]
pub struct Stats {
    /// Lost pets that are still looked for.
    lost: i32,
    /// Found pets that still wait for their people.
    found: i32,
    /// Animals in the care of shelters.
    sheltered: i32,
    /// Pets that came home.
    reunited: i32,
    /// Shelters that take part.
    shelters: i32,
}

impl From<pets::PetMap> for PetMap {
    fn from(map: pets::PetMap) -> Self {
        Self {
            clusters: map.clusters.into_iter().map(PetCluster::from).collect(),
            pets: map.pets.into_iter().map(|pet| Pet(Arc::new(pet))).collect(),
            total: int(map.total),
        }
    }
}

impl From<pets::Cluster> for PetCluster {
    fn from(cluster: pets::Cluster) -> Self {
        let counts = cluster.counts.into_iter().map(|(kind, count)| PetKindCount {
            kind: kind.into(),
            count: int(count),
        });
        Self {
            coordinates: cluster.center.into(),
            count: int(cluster.count),
            counts: counts.collect(),
            expansion_zoom: i32::try_from(cluster.expansion_zoom).unwrap_or(i32::MAX),
        }
    }
}

impl From<pets::Stats> for Stats {
    fn from(stats: pets::Stats) -> Self {
        Self {
            lost: int(stats.lost),
            found: int(stats.found),
            sheltered: int(stats.sheltered),
            reunited: int(stats.reunited),
            shelters: int(stats.shelters),
        }
    }
}

/// A count as the language's Int.
fn int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
