//! Queries for second factors.

use entity::{Timestamp, id::MemberId, log_in_code, recovery_code, second_factor, vocabulary::SecondFactorMethod};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::totp::{sealed, unsealed};
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Rows that are encrypted anew in one transaction.
const AT_ONCE: u64 = 200;

/// A member's second factor, as they see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoFactor {
    /// Since when codes are asked for, and from where they come; `None` if they are not.
    pub on: Option<(SecondFactorMethod, Timestamp)>,
    /// Number of recovery codes that were not used.
    pub recovery_codes_left: u64,
}

/// A member's second factor.
pub async fn two_factor_of(db: &impl ConnectionTrait, member: MemberId) -> Result<TwoFactor> {
    let factor = confirmed(db, member).await?;
    let on = factor.and_then(|factor| Some((factor.method, factor.confirmed_at?)));
    let recovery_codes_left = match on {
        Some(_) => unused(member).count(db).await?,
        None => 0,
    };
    Ok(TwoFactor {
        on,
        recovery_codes_left,
    })
}

fn unused(member: MemberId) -> sea_orm::Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::COLUMN.member_id.eq(member))
        .filter(recovery_code::COLUMN.used_at.is_null())
}

/// A member's authenticator app, also if it was not confirmed yet.
pub async fn find(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<second_factor::Model>> {
    Ok(second_factor::Entity::find_by_id(member).one(db).await?)
}

/// The authenticator app whose codes are asked for.
pub async fn confirmed(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<second_factor::Model>> {
    Ok(find(db, member).await?.filter(|row| row.confirmed_at.is_some()))
}

/// Spends the code of a time step; false if that step, or a later one, is spent already.
pub async fn spend_step(tx: &Tx, member: MemberId, step: i64) -> Result<bool> {
    let earlier = sea_orm::Condition::any()
        .add(second_factor::COLUMN.last_step.is_null())
        .add(second_factor::COLUMN.last_step.lt(step));
    let spent = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::COLUMN.member_id.eq(member))
        .filter(earlier)
        .exec(tx)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Removes a member's second factor with its recovery codes.
pub async fn remove(tx: &Tx, member: MemberId) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    log_in_code::Entity::delete_many()
        .filter(log_in_code::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    second_factor::Entity::delete_many()
        .filter(second_factor::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    Ok(())
}

/// After a change of the installation's secret: encrypts with the present one what a former one has encrypted, so that the
/// former one can be forgotten.
pub async fn reseal(deps: &Deps) -> Result<()> {
    if deps.secret.each().count() == 1 {
        return Ok(());
    }
    let mut after = MemberId(uuid::Uuid::nil());
    loop {
        let rows = second_factor::Entity::find()
            .filter(second_factor::COLUMN.member_id.gt(after))
            .filter(second_factor::COLUMN.method.eq(SecondFactorMethod::Totp))
            .order_by_asc(second_factor::Column::MemberId)
            .limit(AT_ONCE)
            .all(deps.db.read())
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.member_id;
        deps.write(async |tx| reseal_all(deps, tx, &rows).await).await?;
    }
}

async fn reseal_all(deps: &Deps, tx: &Tx, rows: &[second_factor::Model]) -> Result<()> {
    for row in rows {
        let (secret, is_present) = unsealed(deps, row)?;
        if is_present {
            continue;
        }
        second_factor::Entity::update_many()
            .col_expr(
                second_factor::Column::SealedSecret,
                Expr::value(sealed(deps, row.member_id, &secret)),
            )
            .filter(second_factor::COLUMN.member_id.eq(row.member_id))
            .filter(second_factor::COLUMN.sealed_secret.eq(row.sealed_secret.as_str()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
