//! Reports that a lost pet was seen.

use entity::{
    Timestamp,
    id::{MemberId, PetId, PhotoId, SightingId, UploadId},
    sighting,
    vocabulary::{PetKind, UploadPurpose},
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::store::find_sighting;
use crate::{
    deps::{Deps, HOUR, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::{
        pets::{
            geocoding::note_sighting,
            live::is_live,
            place::{LocationInput, locate, sighting_columns},
            reports::{Change, Faults, check_seen_at},
            store::find_for_update,
        },
        photos::{self, NewPhotos},
    },
    events::PetEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Maximum number of sightings per member and hour.
pub const SIGHTINGS: Limit = Limit::new("add-sighting", 50, "sightings", HOUR);

/// Somebody saw a lost pet.
#[derive(Debug, Clone, PartialEq)]
pub struct AddSighting {
    /// The pet that was seen.
    pub pet_id: PetId,
    /// Time of the sighting, from 2000 to now.
    pub seen_at: Timestamp,
    /// Place of the sighting.
    pub location: LocationInput,
    /// At most 500 characters; contact details are hidden.
    pub note: Option<String>,
    /// A photo of the member's own.
    pub photo_id: Option<PhotoId>,
    /// A PET_PHOTO upload of the member's own that becomes its photo; not with `photo_id`.
    pub upload_id: Option<UploadId>,
    /// A repeat with the same key and input within 24 hours returns the first sighting.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A sighting that was added.
#[derive(Debug, Clone)]
pub struct Added {
    /// The sighting.
    pub sighting: sighting::Model,
    /// How many contact details were hidden in the note.
    pub contacts_hidden: usize,
}

/// Adds a sighting to a lost pet that is still looked for.
#[tracing::instrument(skip_all, fields(pet.id = %input.pet_id))]
pub async fn add_sighting(deps: &Deps, viewer: &Viewer, input: AddSighting) -> Result<Added> {
    let member = viewer.require_member()?;
    if input.photo_id.is_some() && input.upload_id.is_some() {
        let message = "give photoId or uploadId, not both: a sighting has one photo";
        return Err(Error::field("uploadId", FieldCode::NotAllowed, message));
    }
    let key = input.idempotency_key.as_ref();
    let mut upload_ids = input.upload_id.as_slice();
    match is_repeat(deps, viewer, "addSighting", key).await? {
        true => upload_ids = &[],
        false => deps.limit(&SIGHTINGS, member).await?,
    }
    let photo = NewPhotos::develop(deps, viewer, upload_ids).await;
    let added = deps
        .write(async |tx| match once(tx, viewer, "addSighting", key).await? {
            Remembered::Done(first) => Ok(Added {
                sighting: find_sighting(tx, viewer, first.parse().map_err(Error::internal)?).await?,
                contacts_hidden: 0,
            }),
            Remembered::New(reservation) => {
                let added = insert(deps, tx, viewer, &input, &photo).await?;
                reservation.fulfil(tx, added.sighting.id).await?;
                Ok(added)
            }
        })
        .await;
    photo.tidy_up(deps).await;
    added
}

async fn insert(deps: &Deps, tx: &Tx, viewer: &Viewer, input: &AddSighting, photo: &NewPhotos) -> Result<Added> {
    let member = viewer.require_member()?;
    // Locked before any other row, as in the code that changes or closes a report.
    let pet = find_for_update(tx, viewer, input.pet_id).await.at("petId");
    let (mut row, contacts_hidden) = checked(deps, tx, member, input).await?;
    let pet = pet?;
    if pet.kind != PetKind::Lost || !is_live(pet.status) {
        let message = "sightings are for lost pets that are still missing: report the animal instead";
        return Err(Error::field("petId", FieldCode::NotAllowed, message));
    }
    if let Some(photo) = input.photo_id {
        photos::find_own(tx, member, photo, UploadPurpose::PetPhoto)
            .await
            .at("photoId")?;
    }
    let new_photo = photo.insert_only(tx).await.at("uploadId")?;
    row.photo_id = Set(input.photo_id.or(new_photo));
    let sighting = sighting::Entity::insert(row).exec_with_returning(tx).await?;
    photos::note_shown(tx, sighting.photo_id.as_slice()).await?;
    tx.announce(PetEvent::SightingAdded {
        sighting_id: sighting.id,
    });
    note_sighting(deps, tx, &sighting).await?;
    Ok(Added {
        sighting,
        contacts_hidden,
    })
}

/// The row of a sighting with its masked place, and how many contact details were hidden.
async fn checked(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    input: &AddSighting,
) -> Result<(sighting::ActiveModel, usize)> {
    let mut faults = Faults::default();
    faults.note(check_seen_at(input.seen_at, tx.now()));
    let note = input.note.clone().map_or(Change::Clear, Change::To);
    let note = faults.public_prose("note", &note, 500).flatten();
    let located = match locate(deps, input.location.clone()) {
        Ok(located) => Some(located),
        Err(error) => {
            faults.take_error(error)?;
            None
        }
    };
    let hidden = faults.finish()?;
    let located = located.ok_or_else(|| Error::broken("a place that was found is gone"))?;
    let mut row = sighting::ActiveModel {
        id: Set(SightingId(deps.ids.uuid(tx.now()))),
        pet_id: Set(input.pet_id),
        reporter_id: Set(Some(member)),
        seen_at: Set(input.seen_at),
        note: Set(note),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    sighting_columns(deps, tx, &mut row, &located).await?;
    Ok((row, hidden))
}
