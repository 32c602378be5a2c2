//! Finds candidate counterparts of a report in this node's memory.
//!
//! The memory holds the public part of all open reports. That is enough for an upper bound of each pair's score, so
//! only the rows of the most promising candidates are read. The cost of a new report does not grow with the tables.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use entity::{
    Timestamp,
    id::{PetId, ShelterId},
    pet, shelter,
    vocabulary::{PetKind, PlacePrecision},
};
use geometry::{Bounds, Circle, Point};
use match_score::{PhotoEvidence, Ring, SURROUNDINGS_DAYS, SURROUNDINGS_METERS, Sketch, Subject, UpperBound, in_ring};
use pet_index::{Area, Everybody, IndexFilter, LivePetIndex, PetIndex};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use super::subject::{COLUMNS, ReadSubject, SubjectRow, sketch};
use ::visual_similarity::Evidence;

use crate::{
    deps::Deps,
    domain::pets::{self, visual_similarity::photo_evidence},
    kernel::{Result, Viewer},
};

/// Maximum number of lost reports around a batch that are scanned for each report in it.
const MOST_TOGETHER: usize = 5_000;

/// Number of rows read at once.
const READ_AT_ONCE: usize = 500;

/// A candidate, known by the public part of its report.
#[derive(Debug, Clone, Copy)]
pub struct Prospect {
    /// Id of the report.
    pub id: PetId,
    /// Upper bound for the score of the pair.
    pub at_most: f64,
    /// What is known of the photos of both.
    pub photo: Option<PhotoEvidence>,
}

/// Open counterparts within the ring of a report, in no particular order. Reports with the same chip outside the ring are
/// not included.
pub async fn around(deps: &Deps, own: &Subject) -> Result<Vec<Prospect>> {
    let own = own.clone();
    deps.read_model::<LivePetIndex>()
        .look_long(deps, move |live_index| {
            among(&own, &sketches_around(live_index.pet_index(Everybody), &own))
        })
        .await
}

/// The public part of all open lost reports around a batch of other reports. `None` if there are so many that searching
/// for each report separately is faster.
pub async fn lost_around_all(deps: &Deps, others: &[ReadSubject]) -> Result<Option<Arc<[Sketch]>>> {
    let rings = others.iter().map(|other| Ring::around_other(other));
    let Some(area) = rings.filter_map(|ring| ring.far).reduce(|one, two| one.with(&two)) else {
        return Ok(Some(Arc::default()));
    };
    let index_filter = IndexFilter {
        kinds: Some(vec![PetKind::Lost]),
        area: Some(Area::Bounds(area)),
        ..IndexFilter::default()
    };
    let found = deps.read_model::<LivePetIndex>().look_long(deps, move |live_index| {
        let mut found = Vec::new();
        live_index.pet_index(Everybody).each(&index_filter, |pin_ref| {
            if found.len() <= MOST_TOGETHER {
                found.push(sketch(&pin_ref));
            }
        });
        found
    });
    let found = found.await?;
    Ok((found.len() <= MOST_TOGETHER).then(|| found.into()))
}

/// The data used for scoring these reports, as far as they are open and visible to everybody: hidden reports are never
/// matched.
pub async fn open(db: &impl ConnectionTrait, ids: &[PetId]) -> Result<Vec<ReadSubject>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(READ_AT_ONCE) {
        let select = pets::visible_to(&Viewer::Visitor)
            .filter(pets::live_of_few())
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()));
        found.extend(subjects(db, select).await?);
    }
    Ok(found)
}

/// The same for reports in any state, including hidden ones: an existing match keeps its score until they are visible
/// again.
pub async fn any(db: &impl ConnectionTrait, ids: &[PetId]) -> Result<Vec<ReadSubject>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = pets::visible_to(&Viewer::System).filter(pet::COLUMN.id.is_in(ids.iter().copied()));
    subjects(db, select).await
}

/// Open reports with the same chip number that everybody may see, regardless of place and time.
pub async fn of_same_chip(db: &impl ConnectionTrait, own: &Subject) -> Result<Vec<ReadSubject>> {
    let chips = [&own.microchip, &own.second_microchip].into_iter().flatten();
    let chips: Vec<String> = chips.filter(|number| !number.is_empty()).cloned().collect();
    if chips.is_empty() {
        return Ok(Vec::new());
    }
    let select = pets::visible_to(&Viewer::Visitor)
        .filter(pets::live_of_few())
        .filter(pets::with_any_chip(&chips))
        .filter(pet::COLUMN.id.ne(PetId(own.id)));
    subjects(db, select).await
}

async fn subjects(db: &impl ConnectionTrait, select: Select<pet::Entity>) -> Result<Vec<ReadSubject>> {
    let select = select.select_only().columns(COLUMNS).into_model::<SubjectRow>();
    let mut rows = select.all(db).await?;
    look_at_shelters(db, &mut rows).await?;
    Ok(rows.into_iter().map(|row| row.read).collect())
}

/// Completes rows by what is known of their shelters. Reports whose places are not understood count as somewhere around
/// their shelter, like those of which nothing but its address is known. An address is kept only of lost reports and of
/// what verified shelters say: anybody can post that an animal is sheltered, and would learn the streets of lost reports.
async fn look_at_shelters(db: &impl ConnectionTrait, rows: &mut [SubjectRow]) -> Result<()> {
    let is_unplaced = |row: &SubjectRow| row.read.precision == PlacePrecision::Unresolved;
    let is_asked = |row: &SubjectRow| row.read.kind != PetKind::Lost && row.read.address.is_some();
    let ids: BTreeSet<ShelterId> = rows
        .iter()
        .filter(|row| is_unplaced(row) || is_asked(row))
        .filter_map(|row| row.shelter_id)
        .collect();
    let shelters = match ids.is_empty() {
        true => Vec::new(),
        false => {
            let select = shelter::Entity::find().filter(shelter::COLUMN.id.is_in(ids));
            select.all(db).await?
        }
    };
    for row in rows {
        let shelter = shelters.iter().find(|shelter| Some(shelter.id) == row.shelter_id);
        if is_asked(row) && !shelter.is_some_and(|shelter| shelter.verified) {
            row.read.subject.address = None;
        }
        let place = shelter.and_then(|shelter| shelter.latitude.zip(shelter.longitude));
        let point = place.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok());
        if is_unplaced(row) && point.is_some() {
            row.read.subject.point = point;
            row.read.subject.precision = PlacePrecision::Shelter;
        }
    }
    Ok(())
}

/// The open counterparts of these reports that belong to shelters around them and whose places are not understood: they
/// are not in the index of places.
pub async fn without_place(db: &impl ConnectionTrait, own: &[ReadSubject]) -> Result<Vec<Sketch>> {
    let Some(area) = own
        .iter()
        .filter_map(|own| ring(own).far)
        .reduce(|one, two| one.with(&two))
    else {
        return Ok(Vec::new());
    };
    let mut kinds: Vec<PetKind> = Vec::new();
    for kind in own.iter().flat_map(|own| counterparts(own.kind)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let mut is_across = Condition::any();
    for (west, east) in area.longitude_ranges() {
        is_across = is_across.add(shelter::COLUMN.longitude.between(west, east));
    }
    let around = shelter::Entity::find()
        .select_only()
        .column(shelter::Column::Id)
        .filter(shelter::COLUMN.latitude.between(area.south, area.north))
        .filter(is_across)
        .into_query();
    let select = pets::visible_to(&Viewer::Visitor)
        .filter(pets::live_of_few())
        .filter(pets::of_shelters_without_place())
        .filter(pet::Column::ShelterId.in_subquery(around))
        .filter(pet::COLUMN.kind.is_in(kinds));
    Ok(subjects(db, select)
        .await?
        .iter()
        .map(|read| Sketch::of(read))
        .collect())
}

/// The number of open counterparts of lost reports of the same species around a report: those seen before it or after it,
/// whichever are more.
pub async fn surroundings(deps: &Deps, own: &Subject) -> Result<u32> {
    let circle = own.point.and_then(|point| Circle::new(point, SURROUNDINGS_METERS).ok());
    let Some(circle) = circle else {
        return Ok(0);
    };
    let seen_at = own.seen_at;
    let days = Duration::from_secs(SURROUNDINGS_DAYS * 86_400);
    let index_filter = IndexFilter {
        kinds: Some(counterparts(PetKind::Lost)),
        species: Some(vec![own.species]),
        area: Some(Area::Bounds(circle.bounding_box())),
        seen_from: Some(seen_at.minus(days)),
        seen_to: Some(seen_at.plus(days)),
        ..IndexFilter::default()
    };
    let counted = deps.read_model::<LivePetIndex>().look_long(deps, move |live_index| {
        let (mut before, mut after) = (0, 0);
        live_index.pet_index(Everybody).each(&index_filter, |pin_ref| {
            *if pin_ref.seen_at() < seen_at {
                &mut before
            } else {
                &mut after
            } += 1;
        });
        before.max(after)
    });
    counted.await
}

/// Recent reports in the far box, and older ones in the near box.
fn sketches_around(pet_index: &PetIndex, own: &Subject) -> Vec<Sketch> {
    let ring = ring(own);
    let (from, to) = ring.fresh;
    let mut found = sketches_within(pet_index, own, ring.far, ring.fresh);
    let mut near = sketches_within(pet_index, own, ring.near, ring.any_time);
    near.retain(|other| !(from..=to).contains(&other.subject.seen_at));
    found.append(&mut near);
    found
}

fn ring(own: &Subject) -> Ring {
    match own.kind {
        PetKind::Lost => Ring::around_lost(own),
        _ => Ring::around_other(own),
    }
}

fn sketches_within(
    pet_index: &PetIndex,
    own: &Subject,
    bounds: Option<Bounds>,
    (from, to): (Timestamp, Timestamp),
) -> Vec<Sketch> {
    let Some(bounds) = bounds else {
        return Vec::new();
    };
    let index_filter = IndexFilter {
        kinds: Some(counterparts(own.kind)),
        species: Some(vec![own.species]),
        area: Some(Area::Bounds(bounds)),
        seen_from: Some(from),
        seen_to: Some(to),
        ..IndexFilter::default()
    };
    let mut found = Vec::new();
    pet_index.each(&index_filter, |pin_ref| found.push(sketch(&pin_ref)));
    found
}

fn counterparts(kind: PetKind) -> Vec<PetKind> {
    match kind {
        PetKind::Lost => vec![PetKind::Found, PetKind::Sighted, PetKind::Sheltered],
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => vec![PetKind::Lost],
    }
}

/// Those within the ring of a report.
pub fn among(own: &Subject, sketches: &[Sketch]) -> Vec<Prospect> {
    let bound = UpperBound::of(own);
    let is_candidate = |other: &&Sketch| {
        other.subject.species == own.species
            && match own.kind {
                PetKind::Lost => in_ring(own, &other.subject),
                _ => in_ring(&other.subject, own),
            }
    };
    let prospects = sketches.iter().filter(is_candidate).map(|other| Prospect {
        id: PetId(other.subject.id),
        at_most: bound.with(other),
        photo: None,
    });
    prospects.collect()
}

/// Adds what the photos of the report and of each candidate say.
pub async fn look_at_photos(deps: &Deps, own: PetId, prospects: &mut [Prospect]) -> Result<()> {
    let ids: Vec<PetId> = prospects.iter().map(|prospect| prospect.id).collect();
    let evidence = photo_evidence(deps, own, &ids).await?;
    if evidence.is_empty() {
        return Ok(());
    }
    for prospect in prospects.iter_mut() {
        prospect.photo = evidence.get(&prospect.id).copied().map(weighed);
        prospect.at_most += prospect.photo.map_or(0.0, |photo| photo.weight().max(0.0));
    }
    Ok(())
}

/// What the index of pictures found, as the score takes it.
pub fn weighed(evidence: Evidence) -> PhotoEvidence {
    PhotoEvidence {
        cosine: evidence.cosine,
        is_copy: evidence.is_copy,
    }
}

/// The most promising first.
pub fn sort(prospects: &mut [Prospect]) {
    prospects.sort_unstable_by(|one, two| two.at_most.total_cmp(&one.at_most).then(one.id.cmp(&two.id)));
}
