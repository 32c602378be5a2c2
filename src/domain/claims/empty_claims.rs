//! Takes out of claims what is private, because somebody's account is deleted.

use entity::{
    claim, claim_try,
    id::{MemberId, PetId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};

use crate::{deps::Tx, kernel::Result};

/// A JSON list of nothing, for questions and answers.
const NOTHING: &str = "[]";

/// Empties the claims on a report and those opened for it: the questions with the marks that they expect, what was
/// answered and why it was refused, and the networks. That there were claims, and how they ended, stays. Running it twice
/// changes nothing more.
pub async fn empty_claims(tx: &Tx, id: PetId) -> Result<()> {
    let with_it = || {
        Condition::any()
            .add(claim::COLUMN.claimant_pet_id.eq(id))
            .add(claim::COLUMN.judged_pet_id.eq(id))
    };
    let claims = claim::Entity::find()
        .select_only()
        .column(claim::Column::Id)
        .filter(with_it())
        .into_query();
    claim_try::Entity::update_many()
        .col_expr(claim_try::Column::Answers, Expr::value(NOTHING))
        .col_expr(claim_try::Column::Reason, Expr::value(None::<String>))
        .filter(claim_try::Column::ClaimId.in_subquery(claims))
        .exec(tx)
        .await?;
    claim::Entity::update_many()
        .col_expr(claim::Column::Questions, Expr::value(NOTHING))
        .col_expr(claim::Column::OpenedFrom, Expr::value(""))
        .filter(with_it())
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets the networks from which a member has opened claims, also those for animals of a shelter.
pub async fn forget_networks(tx: &Tx, id: MemberId) -> Result<()> {
    claim::Entity::update_many()
        .col_expr(claim::Column::OpenedFrom, Expr::value(""))
        .filter(claim::COLUMN.claimant_id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
