//! A report.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::pet;

use super::{
    Place, Sighting,
    breed::Breed,
    inputs::{CoordinatesInput, DistanceUnit},
    loaders::{Favorites, Pets},
    sighting::sighting_connection,
};
use crate::{
    domain::{
        matching,
        pets::{self, PrivatePart, policy},
        places,
    },
    graphql::{
        accounts::Member,
        chat::{AboutPets, Conversation},
        connection::Connection,
        context::ContextExt,
        custody::{ShelterAnimal, Stay},
        error::nullable,
        matching::{Match, match_connection},
        photos::Photo,
        scalars::{DateTime, URL},
        sharing::{ShareStats, share_stats},
        shelters::{NearbyShelter, Shelter},
        visual_similarity::{SimilarPet, similar_to},
        vocabulary::{
            AgeGroup, Altered, CoatLength, CoatPattern, Color, MatchBand, PetKind, PetSize, PetStatus, Sex, Species,
        },
    },
    kernel::{Result, page::Page},
};

/// One report of one animal at one time.
#[derive(Clone)]
pub struct Pet(pub Arc<pet::Model>);

impl Pet {
    /// The report with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        match id.parse() {
            Ok(id) => Ok(ctx.loaders()?.get::<Pets>().load_one(id).await?.map(Self)),
            Err(_) => Ok(None),
        }
    }
}

/// One report of one animal at one time.
#[Object]
impl Pet {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the report says of the animal.
    fn kind(&self) -> PetKind {
        self.0.kind.into()
    }

    /// Where the report stands.
    fn status(&self) -> PetStatus {
        self.0.status.into()
    }

    /// Whether every hour counts.
    fn urgent(&self) -> bool {
        self.0.urgent
    }

    /// Species.
    fn species(&self) -> Species {
        self.0.species.into()
    }

    /// Name, at most 60 characters.
    fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// What the reporter tells, at most 5,000 characters; contact details are hidden.
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Breed.
    fn breed(&self) -> Breed {
        Breed::of(&self.0)
    }

    /// Sex.
    fn sex(&self) -> Sex {
        self.0.sex.into()
    }

    /// Whether it is spayed or neutered.
    fn altered(&self) -> Altered {
        self.0.altered.into()
    }

    /// Size.
    fn size(&self) -> PetSize {
        self.0.size.into()
    }

    /// Age.
    fn age_group(&self) -> AgeGroup {
        self.0.age_group.into()
    }

    /// Length and kind of coat.
    fn coat(&self) -> CoatLength {
        self.0.coat.into()
    }

    /// Base colours, each once.
    fn colors(&self) -> Vec<Color> {
        self.0.colors.colors().into_iter().map(Color::from).collect()
    }

    /// How the colours lie.
    fn pattern(&self) -> CoatPattern {
        self.0.pattern.into()
    }

    /// Distinguishing marks, at most 500 characters.
    fn markings(&self) -> Option<&str> {
        self.0.markings.as_deref()
    }

    /// Collar and tags, at most 200 characters.
    fn collar(&self) -> Option<&str> {
        self.0.collar.as_deref()
    }

    /// Weight in grams.
    fn weight_grams(&self) -> Option<i32> {
        self.0.weight_grams
    }

    /// Whether it has a microchip; null when that is not known.
    fn microchipped(&self) -> Option<bool> {
        self.0.microchipped
    }

    /// Number of the microchip, or of two of them with a blank between; null but for the reporter, the staff of verified
    /// shelters, and ADMIN, STAFF and keys with `pets:read` of its shelter.
    async fn microchip(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<String>> {
        nullable(async {
            let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
            let chips = pets::chips_of(&self.0);
            if chips.is_empty() || !policy::may_see_microchip(actor, &self.0) {
                return Ok(None);
            }
            self.note_view(ctx, actor, PrivatePart::Microchip).await?;
            Ok(Some(chips.join(" ")))
        })
        .await
    }

    /// Description and marks as the shelter's file has them, where addresses or contact details were taken out of them;
    /// null but for those who may see the exact place.
    async fn original_text(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<String>> {
        nullable(self.original(ctx)).await
    }

    /// Whether the reporter offers a reward; the amount stays private.
    fn reward_offered(&self) -> bool {
        self.0.reward.is_some_and(|reward| 0 < reward)
    }

    /// The reward in whole US dollars; null but for the reporter.
    async fn reward(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<i32>> {
        nullable(async {
            let is_own = policy::is_reported_by(ctx.viewer()?, &self.0);
            Ok(self.0.reward.filter(|_| is_own))
        })
        .await
    }

    /// Marks that only the true owner knows; null but for the reporter, and ADMIN, STAFF and keys with `pets:read` of its
    /// shelter.
    async fn private_marks(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Vec<String>>> {
        nullable(async {
            let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
            if !policy::may_see_private_marks(actor, &self.0) {
                return Ok(None);
            }
            let marks = pets::private_marks(&self.0)?;
            if !marks.is_empty() {
                self.note_view(ctx, actor, PrivatePart::PrivateMarks).await?;
            }
            Ok(Some(marks))
        })
        .await
    }

    /// What the shelter calls the intake, such as `stray`; null but for its staff and its keys with `pets:read`.
    async fn intake_type(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<String>> {
        nullable(async { Ok(self.stay_of(ctx).await?.and_then(|stay| stay.0.intake_type.clone())) }).await
    }

    /// The stay in a shelter's care that publishes it; null but for those who see the animals of that shelter.
    async fn stay(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Stay>> {
        nullable(self.stay_of(ctx)).await
    }

    /// The animal as its shelter knows it, with the shelter's own id; null but for the same.
    async fn shelter_animal(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ShelterAnimal>> {
        nullable(self.animal_of(ctx)).await
    }

    /// The report of the animal's former stay if it came back, or of the shelter or member that it was taken over from.
    async fn former_report(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Self>> {
        nullable(self.former(ctx)).await
    }

    /// When it was last seen, found or taken in.
    fn seen_at(&self) -> DateTime {
        self.0.seen_at.into()
    }

    /// Where it was last seen, found or taken in: masked except for those who may know the exact point.
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Place> {
        Ok(self.seen_place(ctx).await?)
    }

    /// Photos in their order, at most 10.
    async fn photos(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Photo>> {
        Ok(Photo::of_pet(ctx, self.0.id).await?)
    }

    /// The first photo.
    async fn primary_photo(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Photo>> {
        nullable(async { Ok(Photo::of_pet(ctx, self.0.id).await?.into_iter().next()) }).await
    }

    /// Who made the report; null for a shelter's import and a deleted account.
    async fn reporter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(self.reported_by(ctx)).await
    }

    /// The shelter in whose care it is.
    async fn shelter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Shelter>> {
        nullable(self.caring_shelter(ctx)).await
    }

    /// The verified shelters within 40 km of its public place, nearest first: where to ask for the animal, and to bring it
    /// to. Of at most 10 reports in one request.
    async fn nearby_shelters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 20.", default_with = "Some(5)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<NearbyShelter>> {
        Ok(self.shelters_nearby(ctx, first).await?)
    }

    /// Where a lost pet was seen since, last seen first.
    async fn sightings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Sighting>> {
        let page = Page::new(first, after, last, before)?;
        Ok(sighting_connection(ctx, self.0.id, page).await?)
    }

    /// Open reports of the same species that resemble this one, the most similar first: by their photos anywhere, by
    /// their details in the neighbourhood. At most 10 reports in one request may have it.
    async fn similar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 50.", default_with = "Some(10)")] first: Option<i32>,
    ) -> async_graphql::Result<Vec<SimilarPet>> {
        Ok(similar_to(ctx, &self.0, first).await?)
    }

    /// Its matches, likeliest first; null but for its reporter, the staff of its shelter, its keys with `matches:read` and
    /// moderators. Undecided ones that have ended are left out.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "MatchBand::Weak", desc = "The lowest band.")] minimum_band: MatchBand,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<async_graphql::Result<Connection<Match>>> {
        nullable(async {
            let page = Page::new(first, after, last, before)?;
            let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
            if !matching::may_see_matches(actor, &self.0) {
                return Ok(None);
            }
            let of = matching::Of::Pet(self.0.id);
            Ok(Some(match_connection(ctx, of, minimum_band, None, page).await?))
        })
        .await
    }

    /// How far its public place is from a point, rounded to 0.1 mile, 0.1 kilometre or 100 metres; the same for
    /// everybody. Null when the place is not on the map.
    async fn distance_from(
        &self,
        #[graphql(desc = "From where.")] point: CoordinatesInput,
        #[graphql(desc = "Unit of the answer.", default_with = "DistanceUnit::Mile")] unit: DistanceUnit,
    ) -> Option<async_graphql::Result<f64>> {
        nullable(async { Ok(pets::distance_from(&self.0, point.point("point")?, unit.into())) }).await
    }

    /// The way to its place on Google Maps, to the point that the caller sees in `place`; null when it is not on the
    /// map.
    async fn directions_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to begin; wherever the reader is when left out.")] from: Option<CoordinatesInput>,
    ) -> Option<async_graphql::Result<URL>> {
        nullable(async {
            let from = from.map(|from| from.point("from")).transpose()?;
            let to = self.seen_place(ctx).await?.point();
            Ok(to.map(|to| URL(places::directions_url(to, from))))
        })
        .await
    }

    /// Street View of Google Maps at the point that the caller sees in `place`, if there are pictures; null when it is
    /// not on the map.
    async fn street_view_url(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<URL>> {
        nullable(async {
            let at = self.seen_place(ctx).await?.point();
            Ok(at.map(|at| URL(places::street_view_url(at))))
        })
        .await
    }

    /// Page of the report that may be passed on to anybody.
    async fn share_url(&self, ctx: &Context<'_>) -> async_graphql::Result<URL> {
        Ok(URL(format!("{}/p/{}", ctx.deps()?.public_url, self.0.id)))
    }

    /// How often it was shared, for each platform on which it was; public.
    async fn share_stats(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ShareStats>> {
        Ok(share_stats(ctx, self.0.id).await?)
    }

    /// Whether the caller may change and close it.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let actor = &ctx.loaders()?.actor(ctx.deps()?).await?;
        Ok(policy::may_edit(actor, &self.0))
    }

    /// Whether it is one of the caller's favorites.
    async fn viewer_has_favorited(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        if ctx.viewer()?.member().is_none() {
            return Ok(false);
        }
        Ok(ctx.loaders()?.get::<Favorites>().load_one(self.0.id).await?.is_some())
    }

    /// The caller's conversation about it, the last written to of several; null when there is none.
    async fn viewer_conversation(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Conversation>> {
        nullable(async {
            let about = ctx.loaders()?.get::<AboutPets>().load_one(self.0.id).await?;
            Ok(about.map(Conversation))
        })
        .await
    }

    /// When the report came in.
    fn reported_at(&self) -> DateTime {
        self.0.reported_at.into()
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Grows with every change; expectedVersion of updatePet.
    fn version(&self) -> i32 {
        self.0.version
    }
}
