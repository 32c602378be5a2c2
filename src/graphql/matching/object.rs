//! A match and why it is one.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    id::{MatchId, MemberId, PetId},
    pet_match,
};

use crate::{
    count,
    domain::matching::{self, Mine},
    graphql::{
        claims::Claim,
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        pets::{Pet, Pets},
        scalars::DateTime,
        vocabulary::{MatchBand, MatchState},
    },
    kernel::{Error, Result, page::Page},
};

/// Two reports that may be one animal. Both reporters see it, and the staff of a shelter that has one of the two.
pub struct Match(pub pet_match::Model);

impl Match {
    /// The match with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<MatchId>() else { return Ok(None) };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        Ok(visible(matching::find(deps.db.read(), actor, id).await)?.map(|(found, _)| Self(found)))
    }
}

/// Two reports that may be one animal. Both reporters see it, and the staff of a shelter that has one of the two.
#[Object]
impl Match {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The report of the person who is looking for the animal.
    async fn lost(&self, ctx: &Context<'_>) -> async_graphql::Result<Pet> {
        Ok(side(ctx, self.0.lost_id).await?)
    }

    /// The report of who found, saw or shelters one.
    async fn other(&self, ctx: &Context<'_>) -> async_graphql::Result<Pet> {
        Ok(side(ctx, self.0.other_id).await?)
    }

    /// How sure it is.
    async fn band(&self) -> MatchBand {
        self.0.band.into()
    }

    /// Sum of the factors' weights, a natural logarithm of odds: 0 says nothing, 5.5 and more is worth an alert.
    async fn score(&self) -> f64 {
        self.0.score
    }

    /// Why, in a fixed order; what is not known of one side gives no factor.
    async fn factors(&self) -> async_graphql::Result<Vec<MatchFactor>> {
        let factors = matching::factors(&self.0)?;
        let factor = |factor: match_score::Factor| MatchFactor {
            name: factor.name.to_string(),
            weight: factor.weight,
            explanation: factor.explanation,
        };
        Ok(factors.into_iter().map(factor).collect())
    }

    /// What the two sides decided.
    async fn state(&self) -> MatchState {
        self.0.state.into()
    }

    /// The claim that proves it, for the two sides: the one that is open, answered or accepted, or else the latest.
    async fn claim(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Claim>> {
        nullable(Claim::of_match(ctx, self.0.id)).await
    }

    /// When the pair was found.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When its score or state last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One trait that speaks for or against a match.
#[derive(SimpleObject)]
pub struct MatchFactor {
    /// Stable name, such as `distance` or `color`.
    name: String,
    /// How much it speaks for the match, or against it when negative; natural logarithm of a ratio of likelihoods.
    weight: f64,
    /// A sentence for people.
    explanation: String,
}

async fn side(ctx: &Context<'_>, id: PetId) -> Result<Pet> {
    let pet = ctx.loaders()?.get::<Pets>().load_one(id).await?;
    pet.map(Pet)
        .ok_or_else(|| Error::broken("a match names a report that is gone"))
}

/// The matches of the viewer's own reports.
pub async fn matches_of_viewer(
    ctx: &Context<'_>,
    member_id: MemberId,
    minimum_band: MatchBand,
    state: Option<MatchState>,
    page: Page,
) -> Result<Connection<Match>> {
    let deps = ctx.deps()?;
    let mine = Mine {
        viewer: ctx.viewer()?.clone(),
        member_id,
        minimum_band: minimum_band.into(),
        state: state.map(Into::into),
    };
    let slice = matching::of_viewer(deps.db.read(), &mine, &page).await?;
    Ok(connection(
        slice.map(Match),
        count!(deps, mine; matching::count_of_viewer(deps.db.read(), &mine)),
    ))
}
