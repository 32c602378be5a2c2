//! A shelter and what its staff sees of it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{id::ShelterId, shelter};

use super::{
    ApiKey, Import, ImportMapping, ShelterStaff, Shelters, StaffInvitation,
    dashboard::ShelterDashboard,
    exports::ShelterExports,
    hold_rules::HoldRule,
    imports::{import_connection, mappings_of},
    profile::{HoursException, OpeningHours, SpeciesOccupancy},
};
use crate::{
    domain::{custody, matching, pets::search, shelters, transfers},
    graphql::{
        chat::{Conversation, InboxAssigned, inbox_connection, unassigned_count},
        connection::Connection,
        connectors::Connector,
        context::ContextExt,
        custody::{AdoptionCheck, ShelterAnimal, ShelterAnimalFilter, adoption_checks_due, animal_connection},
        error::nullable,
        matching::{Match, match_connection},
        pets::{CoordinatesInput, DistanceUnit, Pet, PetFilter, Place, pet_connection},
        scalars::{Date, DateTime, EmailAddress, PhoneNumber, URL},
        transfers::{Transfer, TransferDirection, transfer_connection},
        vocabulary::{MatchBand, ShelterMatchAlerts, ShelterType, TransferState},
        webhooks::Webhook,
    },
    kernel::{Error, Result, page::Page},
};
use import_reader::zone::Zone;

/// An organisation that holds animals. Shelters are public, with their exact place; what is for the staff only is null
/// for others.
pub struct Shelter(pub Arc<shelter::Model>);

impl Shelter {
    /// The shelter with that id.
    pub async fn load(ctx: &Context<'_>, id: ShelterId) -> Result<Option<Self>> {
        Ok(ctx.loaders()?.get::<Shelters>().load_one(id).await?.map(Self))
    }

    /// The shelter that a row refers to.
    pub async fn of_row(ctx: &Context<'_>, id: ShelterId) -> Result<Self> {
        let found = Self::load(ctx, id).await?;
        found.ok_or_else(|| Error::broken("a row refers to a shelter that is not there"))
    }

    /// The shelter with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        match id.parse() {
            Ok(id) => Self::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }
}

/// An organisation that holds animals. Shelters are public, with their exact place; what is for the staff only is null
/// for others.
#[Object]
impl Shelter {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Public name, at most 120 characters.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Kind of organisation.
    #[graphql(name = "type")]
    async fn kind(&self) -> ShelterType {
        self.0.kind.into()
    }

    /// Whether an admin has checked that the shelter is what it says.
    async fn verified(&self) -> bool {
        self.0.verified
    }

    /// Where it stands, as exactly as it is known, for everybody.
    async fn place(&self) -> Place {
        Place::of_shelter(&self.0)
    }

    /// Public phone number.
    async fn phone(&self) -> Option<PhoneNumber> {
        self.0.phone.clone().map(PhoneNumber)
    }

    /// Public e-mail address.
    async fn email(&self) -> Option<EmailAddress> {
        self.0.email.clone().map(EmailAddress)
    }

    /// Public site.
    async fn website(&self) -> Option<URL> {
        self.0.website.clone().map(URL)
    }

    /// How many animals it can hold; null when it did not say.
    async fn capacity(&self) -> Option<i32> {
        self.0.capacity
    }

    /// What it says of itself, at most 2,000 characters.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// How to visit it, at most 1,000 characters.
    async fn how_to_visit(&self) -> Option<&str> {
        self.0.how_to_visit.as_deref()
    }

    /// When it is open in every week, in its time zone, from Monday on; empty when it did not say.
    async fn hours(&self) -> async_graphql::Result<Vec<OpeningHours>> {
        Ok(self.weekly_hours()?)
    }

    /// The days to come that differ from their week.
    async fn hours_exceptions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<HoursException>> {
        Ok(self.special_hours(ctx)?)
    }

    /// Whether it is open now, by the clock of its time zone; null when it did not say its hours.
    async fn open_now(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<bool>> {
        nullable(async { self.is_open(ctx) }).await
    }

    /// When it opens next; null while it is open, and when that is not known.
    async fn opens_at(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<DateTime>> {
        nullable(async { self.next_opening(ctx) }).await
    }

    /// How far it is from a point, rounded to 0.1 mile, 0.1 kilometre or 100 metres. Null when it is not on the map.
    async fn distance_from(
        &self,
        #[graphql(desc = "From where.")] point: CoordinatesInput,
        #[graphql(desc = "Unit of the answer.", default_with = "Some(DistanceUnit::Mile)")] unit: Option<DistanceUnit>,
    ) -> Option<async_graphql::Result<f64>> {
        let unit = unit.unwrap_or(DistanceUnit::Mile).into();
        nullable(async { Ok(shelters::distance_from(&self.0, point.point("point")?, unit)) }).await
    }

    /// Name of its time zone in the IANA database: as it said, or else that of its place. Times of its files are read in it.
    async fn time_zone(&self) -> Option<&'static str> {
        custody::time_zone(&self.0).map(Zone::name)
    }

    /// How many animals it houses now; those in foster homes are not counted.
    async fn occupancy(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<i32>> {
        nullable(async {
            let animals = shelters::occupancy(ctx.deps()?.db.read(), self.0.id).await?;
            Ok(i32::try_from(animals).ok())
        })
        .await
    }

    /// The species that it houses or has places for; those in foster homes are not counted.
    async fn occupancy_by_species(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SpeciesOccupancy>> {
        Ok(self.occupancy_of_species(ctx).await?)
    }

    /// Its animals, last reported first.
    async fn pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that match; its shelterId is ignored.")] filter: Option<PetFilter>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Pet>> {
        let page = Page::new(first, after, last, before)?;
        let filter = filter.unwrap_or_default().filter()?;
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let actor = ctx.loaders()?.actor(deps).await?;
        let search = search::in_shelter(deps, (&ctx.asker()?, &actor), self.0.id, filter).await?;
        Ok(pet_connection(deps, viewer, search, page).await?)
    }

    /// The animals that it knows, last known first; null but for those who work there, its keys with `pets:read` and admins.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn animals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that match.")] filter: Option<ShelterAnimalFilter>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<ShelterAnimal>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            animal_connection(ctx, self.0.id, filter.unwrap_or_default().into(), page).await
        })
        .await
    }

    /// Adopted animals of which nobody knows whether they are still in their new homes, although 3 or 12 months are over; the
    /// last 90 days of those, adopted longest ago first. Null but for those who see its animals.
    async fn adoption_checks_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<AdoptionCheck>>> {
        nullable(async { adoption_checks_due(ctx, &self.0, Page::new(first, after, last, before)?).await }).await
    }

    /// Numbers at a glance; null but for those who work there, its keys with `pets:read` and admins.
    async fn dashboard(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ShelterDashboard>> {
        nullable(async {
            let deps = ctx.deps()?;
            let (db, actor) = (deps.db.read(), &ctx.loaders()?.actor(deps).await?);
            let board = shelters::dashboard(db, actor, &self.0, deps.clock.now()).await?;
            Ok(board.map(|board| ShelterDashboard::new(self.0.clone(), board)))
        })
        .await
    }

    /// Files about its animals for other systems; null but for those who work there, its keys with `pets:read` and admins.
    async fn exports(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ShelterExports>> {
        nullable(async {
            let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
            let may_export = actor.may_see_animals(self.0.id);
            Ok(may_export.then(|| ShelterExports(self.0.clone())))
        })
        .await
    }

    /// The animals in its care as JSON, for its own web site: what everybody may see, the latest 2,000. There is nothing at
    /// this address until the shelter is verified.
    async fn feed_url(&self, ctx: &Context<'_>) -> async_graphql::Result<URL> {
        Ok(URL(shelters::feed_url(ctx.deps()?, self.0.id)))
    }

    /// Matches of its animals, likeliest first; null but for those who work there, its keys with `matches:read` and admins.
    /// Undecided ones that have ended are left out.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "MatchBand::Possible", desc = "The lowest band.")] minimum_band: MatchBand,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<Match>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            if !ctx.loaders()?.actor(ctx.deps()?).await?.may_see_matches(self.0.id) {
                return Ok(None);
            }
            let of = matching::Of::Shelter(self.0.id);
            Ok(Some(match_connection(ctx, of, minimum_band, None, page).await?))
        })
        .await
    }

    /// Animals that are offered to it and by it, last offered first; null but for those who work there, its keys with
    /// `pets:read` and admins.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn transfers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those to it, or only those by it.")] direction: Option<TransferDirection>,
        #[graphql(desc = "Only those that stand there.")] state: Option<TransferState>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<Transfer>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            let which = transfers::Which {
                direction: direction.map(Into::into),
                state: state.map(Into::into),
            };
            transfer_connection(ctx, self.0.id, which, page).await
        })
        .await
    }

    /// Which matches its staff is alerted to; null for those who do not work there.
    async fn match_alerts(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ShelterMatchAlerts>> {
        nullable(async { Ok(self.is_inside(ctx).await?.then(|| self.0.match_alerts.into())) }).await
    }

    /// Its rules about how long it keeps animals for their owners; null for those who do not work there. Where none fits,
    /// holdDays counts.
    async fn hold_rules(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<HoldRule>>> {
        nullable(self.rules_inside(ctx)).await
    }

    /// For how many calendar days after that of the intake it keeps a stray where no rule fits.
    async fn hold_days(&self) -> i32 {
        self.0.hold_days
    }

    /// Days on which it is closed besides weekends and holidays, the first first; null for those who do not work there.
    async fn closed_days(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<Date>>> {
        nullable(self.closed_days_inside(ctx)).await
    }

    /// Local time at which it closes, such as 18:30; null when it did not say.
    async fn closes_at(&self) -> Option<&str> {
        self.0.closes_at.as_deref()
    }

    /// Its imports, newest first; null for those who may not import.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<Import>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            import_connection(ctx, self.0.id, page).await
        })
        .await
    }

    /// What it has saved of the columns of its files, last saved first, at most 50; null for those who may not import.
    async fn import_mappings(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<ImportMapping>>> {
        nullable(mappings_of(ctx, self.0.id)).await
    }

    /// Its keys, newest first, at most 100; null for those who are not ADMIN there.
    async fn api_keys(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<ApiKey>>> {
        nullable(ApiKey::of_shelter(ctx, self.0.id)).await
    }

    /// Its connectors, oldest first, at most 10; null but for its ADMINs, its keys with `connectors:manage` and admins.
    async fn connectors(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<Connector>>> {
        nullable(Connector::of_shelter(ctx, self.0.id)).await
    }

    /// Its webhooks, oldest first, at most 20; null but for its ADMINs, its keys with `webhooks:manage` and admins.
    async fn webhooks(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<Webhook>>> {
        nullable(Webhook::of_shelter(ctx, self.0.id)).await
    }

    /// Who works there, longest first, at most 500; null for those who do not work there.
    async fn staff(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<ShelterStaff>>> {
        nullable(ShelterStaff::of_shelter(ctx, self)).await
    }

    /// Invitations to its staff that wait for an answer, newest first, at most 500; null for those who are not ADMIN there.
    async fn invitations(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<StaffInvitation>>> {
        nullable(StaffInvitation::of_shelter(ctx, self.0.id)).await
    }

    /// Conversations of members with the shelter, those with the newest message first; null for those who do not work
    /// there, admins too.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn inbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(InboxAssigned::All)", desc = "Which of them.")] assigned: Option<InboxAssigned>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<Conversation>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            inbox_connection(ctx, self.0.id, assigned.unwrap_or(InboxAssigned::All), page).await
        })
        .await
    }

    /// How many conversations of the inbox nobody in particular answers; null for those who do not work there, admins
    /// too.
    async fn unassigned_conversation_count(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<i32>> {
        nullable(unassigned_count(ctx, self.0.id)).await
    }

    /// When it was registered.
    async fn registered_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
