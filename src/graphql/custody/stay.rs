//! A stay of an animal in a shelter's care.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{id::StayId, stay, stay_event};

use super::{
    Animals, ShelterAnimal,
    adoptions::{AdoptionBlock, AdoptionCheck, BlocksOfStays, ChecksOfStays},
    hold::StayHold,
};
use crate::{
    count,
    domain::custody,
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        pets::{Pet, Pets},
        scalars::DateTime,
        shelters::Shelter,
        vocabulary::{IntakeKind, NoticeMethod, StayEventKind, StayOutcome, StayStage},
    },
    kernel::{Error, Result, page::Page},
};

/// A stay of an animal in a shelter's care, from the intake to the outcome. Only those who see the animals of that shelter
/// see it.
pub struct Stay(pub Arc<stay::Model>);

impl Stay {
    /// The stay with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<StayId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = visible(custody::find_stay(deps.db.read(), &actor, id).await)?;
        Ok(found.map(|stay| Self(Arc::new(stay))))
    }
}

/// A stay of an animal in a shelter's care, from the intake to the outcome. Only those who see the animals of that shelter
/// see it.
#[Object]
impl Stay {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The animal; keys need `pets:read` for it.
    async fn animal(&self, ctx: &Context<'_>) -> async_graphql::Result<ShelterAnimal> {
        let found = ctx.loaders()?.get::<Animals>().load_one(self.0.animal_id).await?;
        if let Some(animal) = found {
            return Ok(ShelterAnimal(animal));
        }
        // A key that may change stays and not look at animals has the stay from its own change.
        let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
        let error = match actor.may_see_animals(self.0.shelter_id) {
            true => Error::broken("a stay refers to an animal that is not there"),
            false => Error::Forbidden("only keys with pets:read see the animal of a stay: leave it out".into()),
        };
        Err(error.into())
    }

    /// The shelter.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// When the animal was taken in.
    async fn intake_at(&self) -> DateTime {
        self.0.intake_at.into()
    }

    /// Why it was taken in.
    async fn intake_kind(&self) -> IntakeKind {
        self.0.intake_kind.into()
    }

    /// The shelter's own word for that; null if it gave none.
    async fn intake_type(&self) -> Option<&str> {
        self.0.intake_type.as_deref()
    }

    /// What is done with the animal; once the stay has ended, what was done last. An animal that is kept for its owner is on
    /// HOLD as long as that lasts, unless somebody gave it another stage than INTAKE.
    async fn stage(&self, ctx: &Context<'_>) -> async_graphql::Result<StayStage> {
        Ok(custody::stage_of(&self.0, ctx.deps()?.clock.now()).into())
    }

    /// How long the animal is kept for its owner; null if no rule keeps it, as for animals that their owners gave up.
    async fn hold(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<StayHold>> {
        nullable(async { StayHold::of(&self.0, ctx.deps()?.clock.now()) }).await
    }

    /// What keeps the animal from being adopted now: its hold, claims on it, and people who may be looking for it. Empty if
    /// nothing does, and once the stay has ended.
    async fn adoption_blocked_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AdoptionBlock>> {
        let blocks = ctx.loaders()?.get::<BlocksOfStays>().load_one(self.0.id).await?;
        Ok(blocks.unwrap_or_default().into_iter().map(AdoptionBlock).collect())
    }

    /// Whether the animal is still in its new home three and twelve months after the adoption; empty unless the stay ended
    /// with one.
    async fn adoption_checks(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AdoptionCheck>> {
        let checks = ctx.loaders()?.get::<ChecksOfStays>().load_one(self.0.id).await?;
        Ok(checks.unwrap_or_default().into_iter().map(AdoptionCheck).collect())
    }

    /// Since when a chip, a tag or the owner of the animal is known; null if none is.
    async fn identified_at(&self) -> Option<DateTime> {
        self.0.identified_at.map(Into::into)
    }

    /// When the owner was told; null until then.
    async fn owner_notified_at(&self) -> Option<DateTime> {
        self.0.owner_notified_at.map(Into::into)
    }

    /// When a notice to the owner or to the public was given; null until then.
    async fn notice_at(&self) -> Option<DateTime> {
        self.0.notice_at.map(Into::into)
    }

    /// How that was done; null until then.
    async fn notice_method(&self) -> Option<NoticeMethod> {
        self.0.notice_method.map(Into::into)
    }

    /// The kennel, room or home in which it is kept, in the shelter's words.
    async fn kennel(&self) -> Option<&str> {
        self.0.kennel.as_deref()
    }

    /// How the stay ended; null until then.
    async fn outcome(&self) -> Option<StayOutcome> {
        self.0.outcome.map(Into::into)
    }

    /// When it ended; null until then.
    async fn outcome_at(&self) -> Option<DateTime> {
        self.0.outcome_at.map(Into::into)
    }

    /// The report that it publishes; null if it publishes none.
    async fn report(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Pet>> {
        nullable(async {
            let Some(id) = self.0.pet_id else { return Ok(None) };
            Ok(ctx.loaders()?.get::<Pets>().load_one(id).await?.map(Pet))
        })
        .await
    }

    /// What happened in it, as it was told.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<StayEvent>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = custody::events_of(deps.db.read(), id, &page).await?;
        let slice = slice.map(|event: stay_event::Model| event.into());
        Ok(connection(
            slice,
            count!(deps; custody::count_events(deps.db.read(), id)),
        ))
    }

    /// When the server first heard of it.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Number of its last event.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Something that happened in a stay.
#[derive(SimpleObject)]
pub struct StayEvent {
    /// Order within the stay, starting at 1.
    number: i32,
    /// What happened.
    kind: StayEventKind,
    /// The value before: a stage, a kennel, an outcome, a kind of intake, a time or a reason; null if there was none.
    from: Option<String>,
    /// The value since; null if there is none.
    to: Option<String>,
    /// When it happened.
    happened_at: DateTime,
    /// When the server was told.
    recorded_at: DateTime,
    /// Id of the member, API key or import that told; `system` for what follows from something else.
    recorded_by: String,
}

impl From<stay_event::Model> for StayEvent {
    fn from(event: stay_event::Model) -> Self {
        Self {
            number: event.number,
            kind: event.kind.into(),
            from: event.from_value,
            to: event.to_value,
            happened_at: event.happened_at.into(),
            recorded_at: event.recorded_at.into(),
            recorded_by: event.recorded_by,
        }
    }
}
