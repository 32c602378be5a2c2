//! What keeps an animal from being adopted.

use async_graphql::{Context, Enum, Object};

use crate::{
    domain::custody::{self, BlockCause},
    graphql::{claims::Claim, error::nullable, matching::Match, scalars::DateTime},
};

/// Why an animal may not be adopted.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum AdoptionBlockReason {
    /// It is kept for its owner.
    Hold,
    /// Somebody has claimed it, and the claim is undecided or was accepted.
    Claim,
    /// It may be the animal of an open lost report: a match that is STRONG or CHIP, and that nobody has dismissed.
    Match,
}

/// Something that keeps an animal from being adopted.
pub struct AdoptionBlock(pub custody::AdoptionBlock);

/// Something that keeps an animal from being adopted.
#[Object]
impl AdoptionBlock {
    /// What it is.
    async fn reason(&self) -> AdoptionBlockReason {
        match self.0.cause {
            BlockCause::Hold(_) => AdoptionBlockReason::Hold,
            BlockCause::Claim(_) => AdoptionBlockReason::Claim,
            BlockCause::Match(_) => AdoptionBlockReason::Match,
        }
    }

    /// Why, and what to do, in a sentence.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// When the hold ends, at the earliest if its end is open; null for other reasons.
    async fn until(&self) -> Option<DateTime> {
        match self.0.cause {
            BlockCause::Hold(until) => until.map(Into::into),
            BlockCause::Claim(_) | BlockCause::Match(_) => None,
        }
    }

    /// The match; null for other reasons, and for those who may not see it.
    #[graphql(name = "match")]
    async fn found(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Match>> {
        nullable(async {
            match self.0.cause {
                BlockCause::Match(id) => Match::find(ctx, &id.to_string()).await,
                BlockCause::Hold(_) | BlockCause::Claim(_) => Ok(None),
            }
        })
        .await
    }

    /// The claim; null for other reasons, and for those who may not see it.
    async fn claim(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Claim>> {
        nullable(async {
            match self.0.cause {
                BlockCause::Claim(id) => Claim::find(ctx, &id.to_string()).await,
                BlockCause::Hold(_) | BlockCause::Match(_) => Ok(None),
            }
        })
        .await
    }
}
