//! Reports an animal.

use entity::{
    ColorSet, Timestamp,
    id::{PetId, ShelterAnimalId, ShelterId, UploadId},
    pet,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, EntityTrait,
};

use super::{
    details::{self, Details, Told},
    duplicates::possible_duplicates,
    photos::{check_uploads, set_photos},
};
use crate::{
    deps::{Deps, HOUR, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::{
        pets::{geocoding::note_pet, place::LocationInput, store},
        photos::NewPhotos,
        staff::{self, Actor},
    },
    events::PetEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum number of reports per hour for one member, or for all keys of a shelter together. The staff and the keys of
/// verified shelters are exempt.
pub const REPORTS: Limit = Limit::new("report-pet", 50, "reports", HOUR);

/// A new report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPet {
    /// Kind of report.
    pub kind: PetKind,
    /// Species.
    pub species: Species,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// Place where it was last seen, found or taken in.
    pub location: LocationInput,
    /// The shelter that cares for the animal; only for callers who may write that shelter's animals.
    pub shelter_id: Option<ShelterId>,
    /// PET_PHOTO uploads of the viewer's that become its photos, after those of the details.
    pub upload_ids: Vec<UploadId>,
    /// A repeat with the same key and input within 24 hours returns the first report.
    pub idempotency_key: Option<IdempotencyKey>,
    /// Everything else.
    pub details: Details,
}

/// A report that was made.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The report.
    pub pet: pet::Model,
    /// Number of contact details that were hidden in its text.
    pub contacts_hidden: usize,
    /// Open reports that may be about the same animal, at most 5.
    pub possible_duplicates: Vec<pet::Model>,
}

/// Makes a report. Members report for themselves; the staff and the keys of a shelter can also report for the shelter.
/// `take_in` goes along in the same transaction if the animal is in the shelter's care: then the report names an animal,
/// which has to be recorded.
#[tracing::instrument(skip_all)]
pub async fn report_pet(
    deps: &Deps,
    viewer: &Viewer,
    input: ReportPet,
    take_in: impl AsyncFnOnce(&Tx, &pet::Model, Told) -> Result<()>,
) -> Result<Reported> {
    if !matches!(viewer, Viewer::Key { .. }) {
        viewer.require_member()?;
    }
    let actor = Actor::of(deps.db.read(), viewer).await?;
    let shelter_id = shelter_of(&actor, &input)?;
    check_uploads(
        input.details.photo_ids.as_deref().unwrap_or_default(),
        &input.upload_ids,
    )?;
    let key = input.idempotency_key.as_ref();
    let mut upload_ids = input.upload_ids.as_slice();
    match is_repeat(deps, viewer, "reportPet", key).await? {
        true => upload_ids = &[],
        false => count_report(deps, &actor).await?,
    }
    let photos = NewPhotos::develop(deps, viewer, upload_ids).await;
    let done = deps
        .write(async |tx| match once(tx, viewer, "reportPet", key).await? {
            Remembered::Done(id) => {
                let id = id.parse().map_err(Error::internal)?;
                Ok((store::find(tx, viewer, id).await?, 0))
            }
            Remembered::New(reservation) => {
                let (pet, told) = insert(deps, tx, &actor, shelter_id, &input, &photos).await?;
                reservation.fulfil(tx, pet.id).await?;
                let hidden = told.contacts_hidden;
                if pet.animal_id.is_some() {
                    take_in(tx, &pet, told).await?;
                }
                Ok((pet, hidden))
            }
        })
        .await;
    photos.tidy_up(deps).await;
    let (pet, contacts_hidden) = done?;
    let possible_duplicates = possible_duplicates(deps, viewer, &pet).await?;
    Ok(Reported {
        pet,
        contacts_hidden,
        possible_duplicates,
    })
}

/// The shelter that cares for the animal, if the viewer may name it. A key always acts for its own shelter.
fn shelter_of(actor: &Actor, input: &ReportPet) -> Result<Option<ShelterId>> {
    let own = match &actor.viewer {
        Viewer::Key { shelter_id, .. } => Some(*shelter_id),
        _ => None,
    };
    let Some(shelter) = input.shelter_id.or(own) else {
        return Ok(None);
    };
    if !actor.may_write_animals(shelter) {
        let message = "you may not report animals of this shelter: ask its administrator to invite you, or use a key with pets:write";
        return Err(Error::field("shelterId", FieldCode::NotAllowed, message));
    }
    if !matches!(input.kind, PetKind::Found | PetKind::Sheltered) {
        let message = "a shelter reports animals as FOUND or SHELTERED: leave shelterId out, or change kind";
        return Err(Error::field("shelterId", FieldCode::NotAllowed, message));
    }
    Ok(Some(shelter))
}

async fn insert(
    deps: &Deps,
    tx: &Tx,
    actor: &Actor,
    shelter_id: Option<ShelterId>,
    input: &ReportPet,
    photos: &NewPhotos,
) -> Result<(pet::Model, Told)> {
    let viewer = &actor.viewer;
    let details = Details {
        species: Some(input.species),
        seen_at: Some(input.seen_at),
        location: Some(input.location.clone()),
        ..input.details.clone()
    };
    let mut row = blank(PetId(deps.ids.uuid(tx.now())), input, tx.now());
    row.reporter_id = Set(viewer.member());
    row.shelter_id = Set(shelter_id);
    let is_in_care = shelter_id.is_some() && input.kind == PetKind::Sheltered;
    row.animal_id = Set(is_in_care.then(|| ShelterAnimalId(deps.ids.uuid(tx.now()))));
    let told = details::apply(deps, tx, &mut row, &details, None).await?;
    let pet = pet::Entity::insert(row).exec_with_returning(tx).await?;
    let mut photo_ids = input.details.photo_ids.clone().unwrap_or_default();
    photo_ids.extend(photos.insert(tx).await.at("uploadIds")?);
    set_photos(tx, viewer, pet.id, &photo_ids).await?;
    tx.announce(PetEvent::PetReported { pet_id: pet.id });
    note_pet(deps, tx, &pet).await?;
    Ok((pet, told))
}

/// Counts a report that somebody is about to make, and refuses it if those of the hour are too many.
pub async fn count_report(deps: &Deps, actor: &Actor) -> Result<()> {
    match counted_as(deps.db.read(), actor).await? {
        Some(who) => deps.limit(&REPORTS, who).await,
        None => Ok(()),
    }
}

/// The identity whose reports are counted, if any. Anybody can register a shelter, so only a verified shelter lifts the
/// limit. A shelter can create any number of keys, so they are counted together.
async fn counted_as(db: &impl ConnectionTrait, actor: &Actor) -> Result<Option<String>> {
    let (is_verified, who) = match &actor.viewer {
        Viewer::Key { shelter_id, .. } => (staff::is_verified(db, *shelter_id).await?, shelter_id.to_string()),
        viewer => (
            actor.memberships.iter().any(|membership| membership.verified),
            viewer.actor(),
        ),
    };
    Ok((!is_verified).then_some(who))
}

/// A report without details.
fn blank(id: PetId, input: &ReportPet, now: Timestamp) -> pet::ActiveModel {
    pet::ActiveModel {
        id: Set(id),
        kind: Set(input.kind),
        status: Set(PetStatus::Open),
        urgent: Set(false),
        species: Set(input.species),
        breed_mixed: Set(false),
        sex: Set(Sex::Unknown),
        altered: Set(Altered::Unknown),
        size: Set(PetSize::Unknown),
        age_group: Set(AgeGroup::Unknown),
        coat: Set(CoatLength::Unknown),
        colors: Set(ColorSet::default()),
        pattern: Set(CoatPattern::Unknown),
        private_marks: Set("[]".to_owned()),
        seen_at: Set(input.seen_at),
        precision: Set(PlacePrecision::Unresolved),
        place_label: Set(String::new()),
        search_text: Set(String::new()),
        reported_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        reporter_id: NotSet,
        shelter_id: NotSet,
        ..Default::default()
    }
}
