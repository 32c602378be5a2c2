//! Alerts of matches as a stream.

use std::future::ready;

use async_graphql::{Context, SimpleObject, Subscription};
use entity::id::MemberId;
use futures_util::{Stream, StreamExt};

use super::Match;
use crate::{
    deps::follow,
    domain::{
        matching,
        notifications::{self, resume_from},
        staff::Actor,
    },
    events::Topic,
    graphql::{context::ContextExt, node::visible, vocabulary::MatchAlertKind},
    kernel::Result,
};

/// Something that happened to a match of the caller.
#[derive(SimpleObject)]
pub struct MatchAlert {
    /// Place in the caller's stream of alerts, from 1, without gaps; resume after it.
    number: i32,
    /// What happened.
    kind: MatchAlertKind,
    /// The match as it is now.
    #[graphql(name = "match")]
    found: Match,
}

/// Subscriptions of matches.
#[derive(Default)]
pub struct MatchSubscription;

#[Subscription]
impl MatchSubscription {
    /// Matches of POSSIBLE or better for the caller's reports, within a second of the report that makes them, and what
    /// happens to them: the other side confirms, or dismisses what was confirmed, or its report is closed. The staff of a
    /// shelter, except volunteers, gets what `Shelter.matchAlerts` says. With `after`, everything since that number
    /// first; without, only what is new.
    async fn match_alerts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the last alert that was received.")] after: Option<i32>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<MatchAlert>> + use<>> {
        let (deps, viewer) = (ctx.deps_of_stream()?, ctx.viewer()?.clone());
        let member_id = viewer.require_member()?;
        let after = ctx.resuming(after)?;
        let start = match deps.hibernation().left() {
            Some(number) => number,
            None => resume_from(after, notifications::last_alert(deps.db.read(), member_id).await?)?,
        };
        let own = deps.clone();
        let alerts = follow(&deps, &[Topic::Member(member_id)], start, move |cursor| {
            let (deps, viewer) = (own.clone(), viewer.clone());
            async move {
                let db = deps.db.read();
                let rows = notifications::alerts_after(db, member_id, cursor).await?;
                let actor = Actor::of(db, &viewer).await?;
                let mut alerts = Vec::with_capacity(rows.len());
                for row in rows {
                    // Skips alerts with a report that has been hidden since.
                    let found = visible(matching::find(db, &actor, row.match_id).await)?;
                    let number = number(row.number)?;
                    let alert = found.map(|(found, _)| MatchAlert {
                        number,
                        kind: row.kind.into(),
                        found: Match(found),
                    });
                    alerts.push((row.number, alert));
                }
                Ok(alerts)
            }
        });
        Ok(alerts.filter_map(|alert| ready(alert.transpose().map(|alert| Ok(alert?)))))
    }
}

/// The number of the member's latest alert; 0 if there is none.
pub async fn latest_alert_number(ctx: &Context<'_>, member: MemberId) -> Result<i32> {
    number(notifications::last_alert(ctx.deps()?.db.read(), member).await?)
}

/// A number of a stream as GraphQL's Int.
pub fn number(number: i64) -> Result<i32> {
    i32::try_from(number).map_err(crate::kernel::Error::internal)
}
