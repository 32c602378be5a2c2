//! SMS credits: one pays for one segment. The account holds the balance, the ledger records why it changed.

use entity::{
    credit_entry,
    id::{MemberId, SmsMessageId},
    sms_account, sms_message,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Credits given once, with a member's first verified number.
pub const FREE_CREDITS: i32 = 10;

/// Charges credits for a message, if the balance suffices and the number is verified; returns whether it did. The
/// account stays locked until the transaction ends, so that a member's concurrent messages are counted one after the
/// other.
pub(super) async fn take(deps: &Deps, tx: &Tx, member: MemberId, count: i32, sms: SmsMessageId) -> Result<bool> {
    let taken = sms_account::Entity::update_many()
        .col_expr(
            sms_account::Column::Credits,
            Expr::col(sms_account::Column::Credits).sub(count),
        )
        .filter(sms_account::COLUMN.member_id.eq(member))
        .filter(sms_account::COLUMN.verified_at.is_not_null())
        .filter(sms_account::COLUMN.credits.gte(count))
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    enter(deps, tx, member, -count, "sent", Some(sms)).await?;
    Ok(true)
}

/// Refunds a message that did not arrive; a second call refunds nothing.
pub(super) async fn give_back(deps: &Deps, tx: &Tx, sms: &sms_message::Model) -> Result<()> {
    let Some(member) = sms.member_id.filter(|_| 0 < sms.credits) else {
        return Ok(());
    };
    let released = sms_message::Entity::update_many()
        .col_expr(sms_message::Column::Credits, Expr::value(0))
        .filter(sms_message::COLUMN.id.eq(sms.id))
        .filter(sms_message::COLUMN.credits.eq(sms.credits))
        .exec(tx)
        .await?;
    if released.rows_affected == 0 {
        return Ok(());
    }
    give(deps, tx, member, sms.credits, "given back", Some(sms.id)).await
}

/// Adds credits to an existing account.
pub(super) async fn give(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    count: i32,
    reason: &str,
    sms: Option<SmsMessageId>,
) -> Result<()> {
    sms_account::Entity::update_many()
        .col_expr(
            sms_account::Column::Credits,
            Expr::col(sms_account::Column::Credits).add(count),
        )
        .filter(sms_account::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    enter(deps, tx, member, count, reason, sms).await
}

async fn enter(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    delta: i32,
    reason: &str,
    sms: Option<SmsMessageId>,
) -> Result<()> {
    let row = credit_entry::ActiveModel {
        id: Set(deps.ids.uuid(tx.now())),
        member_id: Set(member),
        delta: Set(delta),
        reason: Set(reason.to_owned()),
        sms_message_id: Set(sms),
        created_at: Set(tx.now()),
    };
    credit_entry::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
