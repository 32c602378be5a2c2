//! A match and why it is one.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    id::{MatchId, PetId},
    pet_match, vocabulary as stored,
};

use crate::{
    count,
    domain::matching::{self, Listed, Of},
    graphql::{
        accounts::Member,
        chat::{AboutPets, Conversation},
        claims::Claim,
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        pets::{Pet, Pets},
        scalars::DateTime,
        vocabulary::{MatchBand, MatchDifference, MatchState},
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

    /// Whether the caller speaks for the lost report and for the other one.
    async fn spoken_for(&self, ctx: &Context<'_>) -> Result<(bool, bool)> {
        let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
        let (lost, other) = (side(ctx, self.0.lost_id).await?, side(ctx, self.0.other_id).await?);
        Ok((
            matching::speaks_for(&actor, &lost.0),
            matching::speaks_for(&actor, &other.0),
        ))
    }

    /// The decisions of the caller's side and of the other one; `None` if the caller speaks for neither.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Option<(stored::MatchState, stored::MatchState)>> {
        let (lost, other) = matching::decisions(&self.0);
        Ok(match self.spoken_for(ctx).await? {
            (true, _) => Some((lost, other)),
            (false, true) => Some((other, lost)),
            (false, false) => None,
        })
    }

    /// Both reports, first the one that the caller does not speak for.
    async fn counterpart_first(&self, ctx: &Context<'_>) -> Result<[PetId; 2]> {
        let (speaks_for_lost, _) = self.spoken_for(ctx).await?;
        Ok(match speaks_for_lost {
            true => [self.0.other_id, self.0.lost_id],
            false => [self.0.lost_id, self.0.other_id],
        })
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

    /// How likely it is that both reports are about one animal, from 0 to 1, given the other matches of both: of a
    /// hundred matches with 0.7, about seventy are right.
    async fn likelihood(&self) -> f64 {
        self.0.likelihood
    }

    /// The strongest reasons in one sentence.
    async fn summary(&self) -> async_graphql::Result<String> {
        Ok(match_score::summary(&matching::factors(&self.0)?))
    }

    /// Sum of the factors' weights, a natural logarithm of odds: 0 says nothing. For people, `likelihood` says more.
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

    /// What the latest new score changed, in a sentence; null when the pair was scored once.
    async fn change(&self) -> Option<&str> {
        self.0.change.as_deref()
    }

    /// What the two sides decided: CONFIRMED when one side did, DISMISSED as soon as one side did.
    async fn state(&self) -> MatchState {
        self.0.state.into()
    }

    /// What the caller's side decided; NEW until it did, null for those who speak for neither side. The reporter speaks
    /// for a report, and whoever may edit its shelter's animals.
    async fn viewer_decision(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<MatchState>> {
        nullable(async { Ok(self.decisions(ctx).await?.map(|(own, _)| own.into())) }).await
    }

    /// What the other side decided; NEW until it did, null for those who speak for neither side.
    async fn other_decision(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<MatchState>> {
        nullable(async { Ok(self.decisions(ctx).await?.map(|(_, other)| other.into())) }).await
    }

    /// Who decided last; null until somebody did, and when their account is deleted.
    async fn decided_by(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(async {
            match self.0.decided_by {
                Some(id) => Ok(Member::load(ctx, id).await?),
                None => Ok(None),
            }
        })
        .await
    }

    /// What makes them two animals, as the side said that dismissed it.
    async fn difference(&self) -> Option<MatchDifference> {
        self.0.difference.map(Into::into)
    }

    /// The caller's conversation about the other side's report, or else about their own; null when there is none.
    /// `startConversation` with `matchId` begins one.
    async fn viewer_conversation(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Conversation>> {
        nullable(async {
            let about = ctx.loaders()?.get::<AboutPets>();
            for id in self.counterpart_first(ctx).await? {
                if let Some(conversation) = about.load_one(id).await? {
                    return Ok(Some(Conversation(conversation)));
                }
            }
            Ok(None)
        })
        .await
    }

    /// When one of the two reports was closed, or changed so that they cannot be one animal; null until then.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
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

/// A page of matches that the caller may see.
pub async fn match_connection(
    ctx: &Context<'_>,
    of: Of,
    minimum_band: MatchBand,
    state: Option<MatchState>,
    page: Page,
) -> Result<Connection<Match>> {
    let deps = ctx.deps()?;
    let listed = Listed {
        viewer: ctx.viewer()?.clone(),
        of,
        minimum_band: minimum_band.into(),
        state: state.map(Into::into),
    };
    let slice = matching::page(deps.db.read(), &listed, &page).await?;
    Ok(connection(
        slice.map(Match),
        count!(deps, listed; matching::count(deps.db.read(), &listed)),
    ))
}
