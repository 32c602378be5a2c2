//! Private data of the caller: their matches.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};
use tokio::sync::OnceCell;

use super::{Match, alert::latest_alert_number, object::match_connection};
use crate::{
    domain::matching::Of,
    graphql::{
        connection::Connection,
        schema::ViewerPart,
        vocabulary::{MatchBand, MatchState},
    },
    kernel::{Result, page::Page},
};

/// Fields of `Viewer` about matches.
pub struct MatchViewer {
    member: MemberId,
    latest_alert: OnceCell<i32>,
}

impl MatchViewer {
    async fn latest_alert(&self, ctx: &Context<'_>) -> Result<i32> {
        let read = || latest_alert_number(ctx, self.member);
        self.latest_alert.get_or_try_init(read).await.copied()
    }
}

impl ViewerPart for MatchViewer {
    /// Reads the number of the latest alert first, so that the matches in the same response are at least as recent.
    async fn of(ctx: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        let viewer = Self {
            member: member.id,
            latest_alert: OnceCell::new(),
        };
        if ctx.look_ahead().field("latestAlertNumber").exists() {
            viewer.latest_alert(ctx).await?;
        }
        Ok(viewer)
    }
}

/// Fields of `Viewer` about matches.
#[Object]
impl MatchViewer {
    /// Matches of the member's own reports, likeliest first; undecided ones that have ended are left out.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "MatchBand::Possible", desc = "The lowest band.")] minimum_band: MatchBand,
        #[graphql(desc = "Only in that state.")] state: Option<MatchState>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<Match>> {
        let page = Page::new(first, after, last, before)?;
        Ok(match_connection(ctx, Of::Member(self.member), minimum_band, state, page).await?)
    }

    /// Number of the latest match alert; 0 when there was none yet. After `matches` of the same request,
    /// `matchAlerts(after:)` resumes here: what comes meanwhile is missed by neither.
    async fn latest_alert_number(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        Ok(self.latest_alert(ctx).await?)
    }
}
