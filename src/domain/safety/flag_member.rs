//! Keeps patterns of fraud for the moderators.

use std::time::Duration;

use entity::{id::MemberId, member_flag, vocabulary::ScamPattern};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{deps::Tx, kernel::Result};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Flags a member, once for each pattern and day (in UTC). `subject` is the global id of the object with which the
/// pattern was noticed. The member is not told, and can go on: people decide.
pub async fn flag_member(tx: &Tx, member: MemberId, pattern: ScamPattern, subject: impl ToString) -> Result<()> {
    let day = tx
        .now()
        .0
        .div_euclid(i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX));
    let row = member_flag::ActiveModel {
        member_id: Set(member),
        pattern: Set(pattern),
        day: Set(i32::try_from(day).unwrap_or(i32::MAX)),
        subject: Set(subject.to_string()),
        created_at: Set(tx.now()),
    };
    let twice = OnConflict::new().do_nothing().to_owned();
    member_flag::Entity::insert(row)
        .on_conflict(twice)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
