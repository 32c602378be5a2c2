//! stub
#![allow(missing_docs)]
use super::geo::{Bounds, Circle, Point, Polygon};
use entity::{id::*, vocabulary::*, *};
use std::collections::HashSet;
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    pub id: PetId,
    pub kind: PetKind,
    pub status: PetStatus,
    pub species: Species,
    pub sex: Sex,
    pub altered: Altered,
    pub size: PetSize,
    pub age_group: AgeGroup,
    pub coat: CoatLength,
    pub pattern: CoatPattern,
    pub colors: ColorSet,
    pub microchipped: Option<bool>,
    pub urgent: bool,
    pub breed_primary: Option<String>,
    pub breed_secondary: Option<String>,
    pub breed_mixed: bool,
    pub shelter_id: Option<ShelterId>,
    pub name: Option<String>,
    pub place_label: String,
    pub point: Option<Point>,
    pub seen_at: Timestamp,
    pub reported_at: Timestamp,
}
pub struct Atlas;
pub struct Builder;
impl Builder {
    pub fn add(&mut self, _p: Pin) {}
    pub fn finish(self) -> Atlas {
        Atlas
    }
}
impl Atlas {
    pub fn builder() -> Builder {
        Builder
    }
    pub fn put(&mut self, _pin: Pin) -> Option<Pin> {
        None
    }
    pub fn remove(&mut self, _id: PetId) -> Option<Pin> {
        None
    }
    pub fn memory_bytes(&self) -> usize {
        0
    }
    pub fn is_worn(&self) -> bool {
        false
    }
    pub fn rebuilt(&self) -> Atlas {
        Atlas
    }
    pub fn draw(&self, _bounds: &Bounds, _zoom: u32, _sieve: &Sieve, _most: Most) -> Drawing<'_> {
        todo!()
    }
    pub fn newest(&self, _sieve: &Sieve, _window: &Window<(i64, PetId)>) -> Run<'_> {
        todo!()
    }
    pub fn nearest(&self, _from: Point, _sieve: &Sieve, _window: &Window<(f64, PetId)>) -> Run<'_> {
        todo!()
    }
    pub fn count(&self, _sieve: &Sieve) -> usize {
        0
    }
    pub fn each(&self, _sieve: &Sieve, _visit: impl FnMut(Glimpse<'_>)) {}
}
pub struct Window<K> {
    pub after: Option<K>,
    pub before: Option<K>,
    pub limit: usize,
    pub backward: bool,
}
pub struct Run<'a> {
    pub items: Vec<Glimpse<'a>>,
    pub more: bool,
}
#[derive(Clone, Copy)]
pub struct Glimpse<'a>(pub &'a Pin);
impl<'a> Glimpse<'a> {
    pub fn id(&self) -> PetId {
        self.0.id
    }
    pub fn kind(&self) -> PetKind {
        self.0.kind
    }
    pub fn status(&self) -> PetStatus {
        self.0.status
    }
    pub fn species(&self) -> Species {
        self.0.species
    }
    pub fn sex(&self) -> Sex {
        self.0.sex
    }
    pub fn size(&self) -> PetSize {
        self.0.size
    }
    pub fn age_group(&self) -> AgeGroup {
        self.0.age_group
    }
    pub fn name(&self) -> Option<&'a str> {
        self.0.name.as_deref()
    }
    pub fn place_label(&self) -> &'a str {
        &self.0.place_label
    }
    pub fn point(&self) -> Option<Point> {
        self.0.point
    }
    pub fn seen_at(&self) -> Timestamp {
        self.0.seen_at
    }
    pub fn reported_at(&self) -> Timestamp {
        self.0.reported_at
    }
    pub fn urgent(&self) -> bool {
        self.0.urgent
    }
}
#[derive(Clone, Copy)]
pub struct Most {
    pub clusters: usize,
    pub pins: usize,
}
pub struct Drawing<'a> {
    pub zoom: u32,
    pub clusters: Vec<Cluster>,
    pub pins: Vec<Glimpse<'a>>,
    pub total: usize,
}
pub struct Cluster {
    pub center: Point,
    pub count: u32,
    pub counts: [u32; 4],
    pub expansion_zoom: u32,
}
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sieve {
    pub kinds: Option<Vec<PetKind>>,
    pub statuses: Option<Vec<PetStatus>>,
    pub species: Option<Vec<Species>>,
    pub sizes: Option<Vec<PetSize>>,
    pub sexes: Option<Vec<Sex>>,
    pub age_groups: Option<Vec<AgeGroup>>,
    pub colors: Option<ColorSet>,
    pub microchipped: Option<bool>,
    pub urgent: Option<bool>,
    pub seen_from: Option<Timestamp>,
    pub seen_to: Option<Timestamp>,
    pub breeds: Option<Vec<String>>,
    pub shelter_id: Option<ShelterId>,
    pub area: Option<Area>,
    pub among: Option<HashSet<PetId>>,
}
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    Bounds(Bounds),
    Circle(Circle),
    Polygon(Polygon),
}
impl Sieve {
    pub fn admits(&self, _pin: &Pin) -> bool {
        true
    }
}
