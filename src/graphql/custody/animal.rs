//! An animal of a shelter.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{
    id::{ShelterAnimalId, ShelterId},
    shelter_animal,
};

use super::Stay;
use crate::{
    count,
    domain::custody::{self, Inventory},
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        pets::Breed,
        scalars::{Date, DateTime},
        shelters::Shelter,
        vocabulary::{Altered, CoatLength, CoatPattern, Color, PetSize, Sex, Species},
    },
    kernel::{Result, page::Page},
};
use import_reader::zone::Zone;

/// An animal as a shelter knows it, whatever became of it. Only those who see the animals of that shelter see it: its staff,
/// its keys with `pets:read`, and admins.
pub struct ShelterAnimal(pub Arc<shelter_animal::Model>);

impl ShelterAnimal {
    /// The animal with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<ShelterAnimalId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = visible(custody::find_animal(deps.db.read(), &actor, id).await)?;
        Ok(found.map(|animal| Self(Arc::new(animal))))
    }
}

/// A page of a shelter's animals; `None` for those who may not see them.
pub async fn animal_connection(
    ctx: &Context<'_>,
    shelter: ShelterId,
    inventory: Inventory,
    page: Page,
) -> Result<Option<Connection<ShelterAnimal>>> {
    let deps = ctx.deps()?;
    let actor = ctx.loaders()?.actor(deps).await?;
    let now = deps.clock.now();
    let found = custody::animals_of(deps.db.read(), &actor, shelter, (&inventory, now), &page).await?;
    let found = found.map(|slice| slice.map(|animal| ShelterAnimal(Arc::new(animal))));
    let inventory = Arc::new(inventory);
    let count =
        count!(deps, actor, inventory; custody::count_animals(deps.db.read(), &actor, shelter, (&inventory, now)));
    Ok(found.map(|slice| connection(slice, count)))
}

/// An animal as a shelter knows it, whatever became of it. Only those who see the animals of that shelter see it: its staff,
/// its keys with `pets:read`, and admins.
#[Object]
impl ShelterAnimal {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The shelter that knows it.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// The shelter's own id for it; null unless it was imported.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// The system that gave it that id, such as `PetPoint`; null if that is not known.
    async fn source(&self) -> Option<&str> {
        Some(self.0.source.as_str()).filter(|source| !source.is_empty())
    }

    /// What kind of animal.
    async fn species(&self) -> Species {
        self.0.species.into()
    }

    /// Its name; null when it is not known.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// What the public is told of it.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Breed.
    async fn breed(&self) -> Breed {
        Breed::of_animal(&self.0)
    }

    /// Sex.
    async fn sex(&self) -> Sex {
        self.0.sex.into()
    }

    /// Whether it is spayed or neutered.
    async fn altered(&self) -> Altered {
        self.0.altered.into()
    }

    /// Size.
    async fn size(&self) -> PetSize {
        self.0.size.into()
    }

    /// Day of birth; null when it is not known.
    async fn birth_date(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Date>> {
        nullable(async {
            let Some(born) = self.0.birth_date else { return Ok(None) };
            let shelter = Shelter::of_row(ctx, self.0.shelter_id).await?;
            let zone = custody::time_zone(&shelter.0).unwrap_or(Zone::UTC);
            Ok(Some(Date(zone.clock(born.to_utc()).date().to_string())))
        })
        .await
    }

    /// Coat.
    async fn coat(&self) -> CoatLength {
        self.0.coat.into()
    }

    /// Base colours; empty when they are not known.
    async fn colors(&self) -> Vec<Color> {
        self.0.colors.colors().into_iter().map(Into::into).collect()
    }

    /// Pattern of the coat.
    async fn pattern(&self) -> CoatPattern {
        self.0.pattern.into()
    }

    /// Marks.
    async fn markings(&self) -> Option<&str> {
        self.0.markings.as_deref()
    }

    /// Weight in grams.
    async fn weight_grams(&self) -> Option<i32> {
        self.0.weight_grams
    }

    /// Numbers of its microchips, at most two; null but for ADMIN, STAFF and keys with `pets:read` of the shelter.
    async fn microchips(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<&str>>> {
        nullable(async {
            let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
            let chips = [&self.0.microchip, &self.0.second_microchip];
            let chips = chips.into_iter().filter_map(Option::as_deref).collect();
            Ok(actor.takes_care_of_animals(self.0.shelter_id).then_some(chips))
        })
        .await
    }

    /// The stay that has not ended; null while the shelter does not have it.
    async fn current_stay(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Stay>> {
        nullable(async {
            let stay = custody::current_stay(ctx.deps()?.db.read(), self.0.id).await?;
            Ok(stay.map(|stay| Stay(Arc::new(stay))))
        })
        .await
    }

    /// Its stays, the latest first.
    async fn stays(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Stay>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = custody::stays_of(deps.db.read(), id, &page).await?;
        let slice = slice.map(|stay| Stay(Arc::new(stay)));
        Ok(connection(
            slice,
            count!(deps; custody::count_stays(deps.db.read(), id)),
        ))
    }

    /// When the shelter first told of it.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When what is known of it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
