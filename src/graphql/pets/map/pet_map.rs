//! The map.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, parser::types::Field,
    registry::Registry, resolver_utils::enum_value,
};

use crate::{
    deps::Deps,
    domain::pets,
    graphql::{
        pets::{
            Coordinates, Pet,
            plan::{CoordinatesPart, Part, PetPart, Plan},
        },
        vocabulary::PetKind,
    },
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
    Plain(Plan<MapPart>, pets::PetMap),
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

/// The plain fields of a map.
pub enum MapPart {
    Clusters(Plan<ClusterPart>),
    Pins(Plan<PetPart>),
    Total,
}

impl Part for MapPart {
    const TYPE: &'static str = "PetMap";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "clusters" => Self::Clusters(Plan::of(field)?),
            "pets" => Self::Pins(Plan::of(field)?),
            "total" => Self::Total,
            _ => return None,
        })
    }
}

impl Plan<MapPart> {
    /// Whether the request asks for the place of any report.
    pub fn names_places(&self) -> bool {
        self.parts().any(|part| match part {
            MapPart::Pins(plan) => plan.names_places(),
            MapPart::Clusters(_) | MapPart::Total => false,
        })
    }

    fn value(&self, map: &pets::PetMap) -> Value {
        self.object(|part| match part {
            MapPart::Clusters(plan) => {
                let clusters = map.clusters.iter();
                Value::List(clusters.map(|cluster| plan.value(cluster)).collect())
            }
            MapPart::Pins(plan) => Value::List(map.pins.iter().map(|summary| plan.value(summary)).collect()),
            MapPart::Total => Value::from(map.total),
        })
    }
}

/// The plain fields of a cluster.
pub enum ClusterPart {
    Coordinates(Plan<CoordinatesPart>),
    Count,
    Counts(Plan<KindCountPart>),
    ExpansionZoom,
}

impl Part for ClusterPart {
    const TYPE: &'static str = "PetCluster";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "coordinates" => Self::Coordinates(Plan::of(field)?),
            "count" => Self::Count,
            "counts" => Self::Counts(Plan::of(field)?),
            "expansionZoom" => Self::ExpansionZoom,
            _ => return None,
        })
    }
}

impl Plan<ClusterPart> {
    fn value(&self, cluster: &pets::Cluster) -> Value {
        self.object(|part| match part {
            ClusterPart::Coordinates(plan) => plan.value(cluster.center.latitude, cluster.center.longitude),
            ClusterPart::Count => Value::from(cluster.count),
            ClusterPart::Counts(plan) => {
                let counts = cluster.counts.iter();
                Value::List(counts.map(|(kind, count)| plan.value(*kind, *count)).collect())
            }
            ClusterPart::ExpansionZoom => Value::from(cluster.expansion_zoom),
        })
    }
}

/// The plain fields of the number of reports of one kind.
pub enum KindCountPart {
    Kind,
    Count,
}

impl Part for KindCountPart {
    const TYPE: &'static str = "PetKindCount";

    fn of(field: &Field) -> Option<Self> {
        Some(match field.name.node.as_str() {
            "kind" => Self::Kind,
            "count" => Self::Count,
            _ => return None,
        })
    }
}

impl Plan<KindCountPart> {
    fn value(&self, kind: entity::vocabulary::PetKind, count: u32) -> Value {
        self.object(|part| match part {
            KindCountPart::Kind => enum_value(PetKind::from(kind)),
            KindCountPart::Count => Value::from(count),
        })
    }
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
            Self::Plain(plan, map) => Ok(plan.value(map)),
        }
    }
}

/// A count as the language's Int.
fn int(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
