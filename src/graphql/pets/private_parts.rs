//! The private parts of a report: who may see them, and that a look is noted.

use async_graphql::Context;
use entity::vocabulary::{PetKind, PlacePrecision};

use super::{Pet, Place, loaders::PrivateViews};
use crate::{
    domain::{
        pets::{PrivatePart, PrivateView, policy},
        staff::Actor,
    },
    graphql::{context::ContextExt, matching::Revealed, shelters::Shelters},
    kernel::Result,
};

impl Pet {
    /// Notes for the audit log that somebody else than the reporter looks at what is private.
    pub(in crate::graphql) async fn note_view(
        &self,
        ctx: &Context<'_>,
        actor: &Actor,
        part: PrivatePart,
    ) -> Result<()> {
        if policy::is_reporter(actor, &self.0) {
            return Ok(());
        }
        let view = PrivateView {
            pet_id: self.0.id,
            part,
            address: ctx.origin()?.address,
        };
        ctx.loaders()?.get::<PrivateViews>().load_one(view).await.map(|_| ())
    }

    /// The place as the viewer may see it; a look at an exact one is noted.
    pub(super) async fn seen_place(&self, ctx: &Context<'_>) -> Result<Place> {
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        if !policy::may_see_exact(actor, &self.0) {
            let is_revealed = actor.viewer.member().is_some()
                && ctx.loaders()?.get::<Revealed>().load_one(self.0.id).await?.is_some();
            if !is_revealed {
                return Ok(Place::of_pet(&self.0, self.precision(ctx).await?));
            }
        }
        self.note_view(ctx, actor, PrivatePart::ExactPlace).await?;
        Ok(Place::of_pet_exact(&self.0, self.precision(ctx).await?))
    }

    /// How exactly its place is known: that of the shelter's own for an animal that stands there, and its town for one
    /// that was elsewhere.
    async fn precision(&self, ctx: &Context<'_>) -> Result<PlacePrecision> {
        let is_here = self.0.kind == PetKind::Sheltered;
        match (self.0.precision, self.0.shelter_id.filter(|_| is_here)) {
            (PlacePrecision::Shelter, Some(shelter)) => {
                let shelter = ctx.loaders()?.get::<Shelters>().load_one(shelter).await?;
                Ok(shelter
                    .and_then(|shelter| shelter.precision)
                    .unwrap_or(PlacePrecision::City))
            }
            (precision, _) => Ok(precision),
        }
    }
}
