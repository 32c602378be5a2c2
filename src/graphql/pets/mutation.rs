//! Mutations of pets.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    Pet, Sighting,
    inputs::{CoordinatesInput, ReportPetInput, UpdatePetInput},
    notice::notice,
};
use crate::{
    domain::{custody, pets},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        scalars::DateTime,
        vocabulary::PetStatus,
    },
    kernel::{Error, FieldCode, Result},
};

/// Answer of reportPet.
#[derive(SimpleObject)]
pub struct ReportPetPayload {
    /// The report.
    pet: Option<Pet>,
    /// Open reports that may be of the same animal: of the same species with a photo that is the same picture,
    /// anywhere; of the same kind and species within 1 km and 7 days; or your own with the same microchip. At most 5.
    possible_duplicates: Vec<Pet>,
    /// What was changed on saving, such as hidden contact details, or that the location could not be found or only its
    /// town; null when there is nothing to tell.
    notice: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of updatePet.
#[derive(SimpleObject)]
pub struct UpdatePetPayload {
    /// The report as it is now.
    pet: Option<Pet>,
    /// What was changed on saving, such as hidden contact details, or that the location could not be found or only its
    /// town; null when there is nothing to tell.
    notice: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// How a report ended.
#[derive(InputObject)]
pub struct ClosePetInput {
    /// Which report.
    id: ID,
    /// REUNITED or CLOSED; ADOPTED or TRANSFERRED for an animal in a shelter's care.
    outcome: PetStatus,
}

/// Answer of closePet.
#[derive(SimpleObject)]
pub struct ClosePetPayload {
    /// The report as it is now.
    pet: Option<Pet>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Whether a report is a favorite.
#[derive(InputObject)]
pub struct FavoritePetInput {
    /// Which report.
    pet_id: ID,
    /// True makes it a favorite, false removes it.
    #[graphql(default_with = "Some(true)")]
    favorite: Option<bool>,
}

/// Answer of favoritePet.
#[derive(SimpleObject)]
pub struct FavoritePetPayload {
    /// The report.
    pet: Option<Pet>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Where a lost pet was seen. Give point or address, not both.
#[derive(InputObject)]
pub struct AddSightingInput {
    /// Which pet; it must be lost and still looked for.
    pet_id: ID,
    /// When it was seen: from 2000 to now.
    seen_at: DateTime,
    /// Exact point. Others see it masked by 150 to 400 m.
    point: Option<CoordinatesInput>,
    /// A postal address or a town, at most 300 characters. Others see the town only.
    address: Option<String>,
    /// What was seen, at most 500 characters; contact details are hidden.
    note: Option<String>,
    /// A photo of yours for PET_PHOTO.
    photo_id: Option<ID>,
    /// An upload of yours for PET_PHOTO whose bytes were sent, which becomes the photo; not with photoId.
    upload_id: Option<ID>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first sighting again.
    idempotency_key: Option<String>,
}

/// Answer of addSighting.
#[derive(SimpleObject)]
pub struct AddSightingPayload {
    /// The sighting.
    sighting: Option<Sighting>,
    /// What was changed on saving, such as hidden contact details, or that the location could not be found or only its
    /// town; null when there is nothing to tell.
    notice: Option<String>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of pets.
#[derive(Default)]
pub struct PetMutation;

#[Object]
impl PetMutation {
    /// Reports a lost, found, seen or sheltered animal. It is matched with all others at once. Members make at most 50
    /// reports an hour; the staff and keys of shelters as many as they like.
    async fn report_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The animal.")] input: ReportPetInput,
    ) -> async_graphql::Result<ReportPetPayload> {
        let done = async { custody::report_pet(ctx.deps()?, ctx.viewer()?, input.report()?).await };
        let (done, user_errors) = settle(done.await)?;
        let Some(done) = done else {
            return Ok(ReportPetPayload {
                pet: None,
                possible_duplicates: Vec::new(),
                notice: None,
                user_errors,
            });
        };
        let notice = notice(ctx.deps()?, done.contacts_hidden, Some((&done.pet).into()));
        Ok(ReportPetPayload {
            pet: Some(Pet(Arc::new(done.pet))),
            possible_duplicates: done
                .possible_duplicates
                .into_iter()
                .map(|pet| Pet(Arc::new(pet)))
                .collect(),
            notice,
            user_errors,
        })
    }

    /// Changes a report; for its reporter and the staff and keys of its shelter.
    async fn update_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdatePetInput,
    ) -> async_graphql::Result<UpdatePetPayload> {
        let (deps, is_moved) = (ctx.deps()?, !input.location.is_undefined());
        let done = async { custody::update_pet(deps, ctx.viewer()?, input.update()?).await };
        let (done, user_errors) = settle(done.await)?;
        Ok(UpdatePetPayload {
            notice: done.as_ref().and_then(|done| {
                let place = is_moved.then(|| (&done.pet).into());
                notice(deps, done.contacts_hidden, place)
            }),
            pet: done.map(|done| Pet(Arc::new(done.pet))),
            user_errors,
        })
    }

    /// Ends a report; for its reporter and the staff and keys of its shelter. A closed report stays closed; the same
    /// outcome again changes nothing. An animal in care is not ADOPTED (NOT_ALLOWED) while Stay.adoptionBlockedBy lists
    /// anything.
    async fn close_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and how it ended.")] input: ClosePetInput,
    ) -> async_graphql::Result<ClosePetPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            custody::close_pet(ctx.deps()?, ctx.viewer()?, id, input.outcome.into()).await
        };
        let (pet, user_errors) = settle(done.await)?;
        Ok(ClosePetPayload {
            pet: pet.map(|pet| Pet(Arc::new(pet))),
            user_errors,
        })
    }

    /// Makes a report a favorite, or removes it from the favorites. Doing it twice changes nothing.
    async fn favorite_pet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: FavoritePetInput,
    ) -> async_graphql::Result<FavoritePetPayload> {
        let done = async {
            let id = input_id("petId", &input.pet_id)?;
            match input.favorite.unwrap_or(true) {
                true => pets::favorite_pet(ctx.deps()?, ctx.viewer()?, id).await,
                false => pets::unfavorite_pet(ctx.deps()?, ctx.viewer()?, id).await,
            }
        };
        let (pet, user_errors) = settle(done.await)?;
        Ok(FavoritePetPayload {
            pet: pet.map(|pet| Pet(Arc::new(pet))),
            user_errors,
        })
    }

    /// Tells where a lost pet was seen; its reporter hears of it at once. At most 50 an hour.
    async fn add_sighting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When and where.")] input: AddSightingInput,
    ) -> async_graphql::Result<AddSightingPayload> {
        let deps = ctx.deps()?;
        let done = async { pets::add_sighting(deps, ctx.viewer()?, input.sighting()?).await };
        let (done, user_errors) = settle(done.await)?;
        Ok(AddSightingPayload {
            notice: done
                .as_ref()
                .and_then(|done| notice(deps, done.contacts_hidden, Some((&done.sighting).into()))),
            sighting: done.map(|done| Sighting(done.sighting)),
            user_errors,
        })
    }
}

impl AddSightingInput {
    /// The input in the words of the domain.
    fn sighting(self) -> Result<pets::AddSighting> {
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        let location = match (self.point, self.address) {
            (Some(point), None) => {
                let (latitude, longitude) = point.degrees();
                pets::LocationInput::Point(latitude, longitude)
            }
            (None, Some(address)) => pets::LocationInput::Address(address),
            (None, None) => return Err(Error::field("point", FieldCode::Required, "give point or address")),
            (Some(_), Some(_)) => {
                return Err(Error::field(
                    "address",
                    FieldCode::NotAllowed,
                    "give point or address, not both",
                ));
            }
        };
        Ok(pets::AddSighting {
            pet_id: input_id("petId", &self.pet_id)?,
            seen_at: self.seen_at.0,
            location,
            note: self.note,
            photo_id: self.photo_id.map(|id| input_id("photoId", &id)).transpose()?,
            upload_id: self.upload_id.map(|id| input_id("uploadId", &id)).transpose()?,
            idempotency_key,
        })
    }
}
