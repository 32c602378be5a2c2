//! The map.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, parser::types::Field,
    registry::Registry, resolver_utils::enum_value,
};

use super::{
    Coordinates, Pet,
    plan::{Part, Plan, coordinates_value, object, summary_value},
};
use crate::{
    deps::Deps,
    domain::pets,
    graphql::vocabulary::PetKind,
    kernel::{Result, Viewer},
};

/// What a map draws for a viewport.
#[derive(SimpleObject)]
pub struct PetMap {
    /// Places with several reports, at most 2,000. Which reports belong together depends on the zoom alone, not on the
    /// viewport or the filter, so clusters stay where they are while the map is moved.
    clusters: Vec<PetCluster>,
    /// Reports that stand alone, at most 1,000.
    pets: Vec<Pet>,
    /// How many reports the clusters and pets stand for.
    total: i32,
}

/// Reports that are drawn as one.
#[derive(SimpleObject)]
pub struct PetCluster {
    /// The middle of its reports.
    coordinates: Coordinates,
    /// How many there are.
    count: i32,
    /// How many of each kind; kinds that do not occur are left out.
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

/// A map in one of two forms.
pub enum PetMapAnswer {
    /// Every field can be asked for.
    Whole(PetMap),
    /// Only what the plan says.
    Plain(Plan, pets::PetMap),
}

impl PetMap {
    /// The map with whole reports for its pins.
    pub async fn of(deps: &Deps, viewer: &Viewer, map: pets::PetMap) -> Result<Self> {
        let ids: Vec<_> = map.pins.iter().map(|summary| summary.id).collect();
        let rows = pets::find_many(deps.db.read(), viewer, &ids).await?;
        let mut rows: std::collections::HashMap<_, _> = rows.into_iter().map(|pet| (pet.id, pet)).collect();
        let pins = ids.iter().filter_map(|id| rows.remove(id));
        Ok(Self {
            total: int(map.total),
            pets: pins.map(|pet| Pet(Arc::new(pet))).collect(),
            clusters: map.clusters.into_iter().map(PetCluster::from).collect(),
        })
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
            expansion_zoom: int(cluster.expansion_zoom),
        }
    }
}

fn map_value(plan: &Plan, map: &pets::PetMap) -> Value {
    object(plan, |part| match part {
        Part::TypeName(name) => Value::from(*name),
        Part::Total => Value::from(map.total),
        Part::Pins(plan) => Value::List(map.pins.iter().map(|summary| summary_value(plan, summary)).collect()),
        Part::Clusters(plan) => Value::List(
            map.clusters
                .iter()
                .map(|cluster| cluster_value(plan, cluster))
                .collect(),
        ),
        _ => Value::Null,
    })
}

fn cluster_value(plan: &Plan, cluster: &pets::Cluster) -> Value {
    object(plan, |part| match part {
        Part::TypeName(name) => Value::from(*name),
        Part::Count => Value::from(cluster.count),
        Part::ExpansionZoom => Value::from(cluster.expansion_zoom),
        Part::Coordinates(plan) => coordinates_value(plan, cluster.center.latitude, cluster.center.longitude),
        Part::Counts(plan) => {
            let counts = cluster.counts.iter();
            Value::List(counts.map(|(kind, count)| count_value(plan, *kind, *count)).collect())
        }
        _ => Value::Null,
    })
}

fn count_value(plan: &Plan, kind: entity::vocabulary::PetKind, count: u32) -> Value {
    object(plan, |part| match part {
        Part::TypeName(name) => Value::from(*name),
        Part::Kind => enum_value(PetKind::from(kind)),
        Part::Count => Value::from(count),
        _ => Value::Null,
    })
}

impl OutputType for PetMapAnswer {
    fn type_name() -> Cow<'static, str> {
        <PetMap as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        PetMap::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self {
            Self::Whole(map) => map.resolve(ctx, field).await,
            Self::Plain(plan, map) => Ok(map_value(plan, map)),
        }
    }
}

/// A count as the language's Int.
fn int(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
