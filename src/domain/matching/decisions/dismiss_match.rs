//! Records that two reports are about different animals.

use entity::{
    id::MatchId,
    pet_match::{self, Column},
    vocabulary::{MatchDifference, MatchState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    decision::{Decision, release},
    end_matches::refill,
};
use crate::{
    deps::{Deps, Tx},
    domain::matching::{standings::compute_standings, store},
    kernel::{Error, Result, Viewer, text},
};

/// Why a match is dismissed.
#[derive(Debug, Clone, Default)]
pub struct Dismissal {
    /// What the reports differ in.
    pub difference: Option<MatchDifference>,
    /// In the member's own words, at most 300 characters.
    pub reason: Option<String>,
}

/// Dismisses a match permanently: the pair never causes an alert again, unless their chips turn out to be equal.
pub async fn dismiss_match(
    deps: &Deps,
    viewer: &Viewer,
    id: MatchId,
    dismissal: Dismissal,
) -> Result<pet_match::Model> {
    let reason = text::optional_line("reason", dismissal.reason.as_deref(), 300);
    let reason = reason.map_err(|fault| Error::Invalid(vec![fault]))?;
    deps.write(async |tx| {
        let decision = Decision::begin(tx, viewer, "id", id).await?;
        let found = &decision.found;
        let news = decision.news(
            (found.lost_dismissed_by, Column::LostDismissedBy),
            (found.other_dismissed_by, Column::OtherDismissedBy),
        );
        if !news.is_empty() {
            write(tx, &decision, &news, dismissal.difference, reason).await?;
            decision.announce(tx);
            compute_standings(tx, &[found.lost_id], &[found.other_id], &[]).await?;
        }
        if found.state != MatchState::Dismissed {
            refill(tx, &[(found.lost_id, 1)].into()).await?;
        }
        release(tx, decision.own_reports()).await?;
        store::with_id(tx, id).await
    })
    .await
}

/// The first dismissal says why.
async fn write(
    tx: &Tx,
    decision: &Decision,
    columns: &[Column],
    difference: Option<MatchDifference>,
    reason: Option<String>,
) -> Result<()> {
    let mut update = pet_match::Entity::update_many()
        .col_expr(Column::State, Expr::value(MatchState::Dismissed))
        .col_expr(Column::DecidedBy, Expr::value(decision.member_id))
        .col_expr(Column::UpdatedAt, Expr::value(tx.now()))
        .filter(pet_match::COLUMN.id.eq(decision.found.id));
    for column in columns {
        update = update.col_expr(*column, Expr::value(decision.member_id));
    }
    if decision.found.state != MatchState::Dismissed {
        update = update
            .col_expr(Column::Difference, Expr::value(difference))
            .col_expr(Column::Reason, Expr::value(reason));
    }
    update.exec(tx).await?;
    Ok(())
}
