//! What the shelter knows of the animal of a report.

use async_graphql::Context;

use super::{Animals, Originals, ShelterAnimal, Stay, StaysOfPets};
use crate::{
    domain::pets::{PrivatePart, policy},
    graphql::{context::ContextExt, pets::Pet, pets::Pets},
    kernel::Result,
};

impl Pet {
    /// The stay that publishes it, for those who see the animals of its shelter.
    pub async fn stay_of(&self, ctx: &Context<'_>) -> Result<Option<Stay>> {
        if self.0.animal_id.is_none() {
            return Ok(None);
        }
        let found = ctx.loaders()?.get::<StaysOfPets>().load_one(self.0.id).await?;
        Ok(found.map(Stay))
    }

    /// The animal that it is about, for the same.
    pub async fn animal_of(&self, ctx: &Context<'_>) -> Result<Option<ShelterAnimal>> {
        let Some(id) = self.0.animal_id else { return Ok(None) };
        let found = ctx.loaders()?.get::<Animals>().load_one(id).await?;
        Ok(found.map(ShelterAnimal))
    }

    /// The report of the former stay, as far as the viewer may know of it.
    pub async fn former(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let Some(id) = self.0.former_pet_id else {
            return Ok(None);
        };
        Ok(ctx.loaders()?.get::<Pets>().load_one(id).await?.map(Self))
    }

    /// The shelter's text before anything was taken out of it; a look at it is noted.
    pub async fn original(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
        let Some(id) = self.0.animal_id.filter(|_| policy::may_see_exact(actor, &self.0)) else {
            return Ok(None);
        };
        let Some(text) = ctx.loaders()?.get::<Originals>().load_one(id).await? else {
            return Ok(None);
        };
        self.note_view(ctx, actor, PrivatePart::ExactPlace).await?;
        Ok(Some(text))
    }
}
