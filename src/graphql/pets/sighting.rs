//! Sightings.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    id::{PetId, SightingId},
    pet, sighting,
};

use super::{Pet, Pets, Place};
use crate::{
    count,
    domain::pets::{self, PrivatePart},
    graphql::{
        accounts::Member,
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        photos::Photo,
        scalars::DateTime,
    },
    kernel::{Error, Result, page::Page},
};

/// Someone saw a lost pet.
pub struct Sighting(pub sighting::Model);

impl Sighting {
    /// The sighting with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<SightingId>() else {
            return Ok(None);
        };
        let found = pets::find_sighting(ctx.deps()?.db.read(), ctx.viewer()?, id).await;
        Ok(visible(found)?.map(Self))
    }

    async fn pet_row(&self, ctx: &Context<'_>) -> Result<Arc<pet::Model>> {
        let found = ctx.loaders()?.get::<Pets>().load_one(self.0.pet_id).await?;
        found.ok_or(Error::NotFound("pet"))
    }
}

/// Someone saw a lost pet.
#[Object]
impl Sighting {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The pet that was seen.
    async fn pet(&self, ctx: &Context<'_>) -> async_graphql::Result<Pet> {
        Ok(Pet(self.pet_row(ctx).await?))
    }

    /// When it was seen.
    async fn seen_at(&self) -> DateTime {
        self.0.seen_at.into()
    }

    /// Where it was seen: masked except for the person who reported it and those who may know the pet's exact place.
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Place> {
        let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
        let pet = self.pet_row(ctx).await?;
        if !pets::may_see_exact_sighting(actor, &self.0, &pet) {
            return Ok(Place::of_sighting(&self.0));
        }
        if !pets::is_own_sighting(actor, &self.0) {
            Pet(pet).note_view(ctx, actor, PrivatePart::ExactPlace).await?;
        }
        Ok(Place::of_sighting_exact(&self.0))
    }

    /// What was seen, at most 500 characters; contact details are hidden.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Photo of it.
    async fn photo(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Photo>> {
        nullable(async {
            match self.0.photo_id {
                Some(id) => Ok(Photo::load(ctx, id).await?),
                None => Ok(None),
            }
        })
        .await
    }

    /// Who saw it; null for a deleted account.
    async fn reporter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(async {
            match self.0.reporter_id {
                Some(id) => Ok(Member::load(ctx, id).await?),
                None => Ok(None),
            }
        })
        .await
    }

    /// When it was told.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// The trail of a pet.
pub(super) async fn sighting_connection(ctx: &Context<'_>, id: PetId, page: Page) -> Result<Connection<Sighting>> {
    let deps = ctx.deps()?;
    let slice = pets::sightings_of(deps.db.read(), id, &page).await?;
    Ok(connection(
        slice.map(Sighting),
        count!(deps; pets::count_sightings(deps.db.read(), id)),
    ))
}
