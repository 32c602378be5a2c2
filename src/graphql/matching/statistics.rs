//! What became of matches, for admins.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::matching,
    graphql::{
        context::ContextExt,
        vocabulary::{MatchBand, MatchDifference, MatchState},
    },
    kernel::Error,
};

/// Matches with the same fate.
#[derive(SimpleObject)]
pub struct MatchCount {
    /// The band they have now.
    band: MatchBand,
    /// What people decided.
    state: MatchState,
    /// What makes the dismissed ones two animals, as people said; null where nobody said.
    difference: Option<MatchDifference>,
    /// How many.
    count: i32,
}

/// Queries of matches.
#[derive(Default)]
pub struct MatchQuery;

#[Object]
impl MatchQuery {
    /// How many matches there are of each band, and what people decided about them: whether the bands keep what they
    /// promise. For admins.
    async fn match_statistics(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<MatchCount>> {
        let counts = matching::statistics(ctx.deps()?, ctx.viewer()?).await?;
        let counts = counts.into_iter().map(|row| {
            Ok(MatchCount {
                band: row.band.into(),
                state: row.state.into(),
                difference: row.difference.map(Into::into),
                count: i32::try_from(row.count).map_err(Error::internal)?,
            })
        });
        Ok(counts.collect::<Result<_, Error>>()?)
    }
}
