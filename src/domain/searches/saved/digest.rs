//! New results of daily searches since the last digest. The time of the next digest is in the row of the search and
//! moves by a conditional update, so that of several nodes or attempts only one sends it.

use std::time::Duration;

use entity::{Timestamp, id::PetId, saved_search, vocabulary::SearchNotify};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::news::count_between;
use crate::{
    deps::{Deps, Tx},
    kernel::Result,
};

/// Time between two digests of a search.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// Reports younger than this belong to the next digest: an older transaction may still be open, and its reports would
/// be missed.
const SETTLED_AFTER: Duration = Duration::from_secs(60);

/// The contents of a digest.
pub struct Digest {
    /// Number of new matching reports, at most 1,000.
    pub count: u64,
    /// Reports with this id or a greater one belong to the next digest.
    until: PetId,
}

/// The time of the next digest of a search with this setting; `None` unless it is daily.
pub(super) fn next_digest(notify: SearchNotify, now: Timestamp) -> Option<Timestamp> {
    (notify == SearchNotify::Daily).then(|| now.plus(EVERY))
}

/// The reports added since the last digest of a search.
pub async fn digest_of(deps: &Deps, search: &saved_search::Model) -> Result<Digest> {
    let until = first_id_at(deps.clock.now().minus(SETTLED_AFTER)).max(search.digested_to);
    let count = count_between(deps, search, search.digested_to, Some(until)).await?;
    Ok(Digest { count, until })
}

/// Records a digest as sent. Returns false if another node has done so, or if the search has changed in the meantime.
pub async fn take_digest(tx: &Tx, search: &saved_search::Model, digest: &Digest) -> Result<bool> {
    let Some(due) = search.next_digest_at else {
        return Ok(false);
    };
    let taken = saved_search::Entity::update_many()
        .col_expr(saved_search::Column::NextDigestAt, Expr::value(tx.now().plus(EVERY)))
        .col_expr(saved_search::Column::DigestedTo, Expr::value(digest.until))
        .filter(saved_search::COLUMN.id.eq(search.id))
        .filter(saved_search::COLUMN.next_digest_at.eq(due))
        .filter(saved_search::COLUMN.updated_at.eq(search.updated_at))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// A bound between the ids made before a time and those made at that time or later: ids begin with 48 bits of
/// milliseconds.
fn first_id_at(time: Timestamp) -> PetId {
    PetId(Uuid::from_u128(u128::try_from(time.0).unwrap_or(0) << 80))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ids::{Ids, RandomIds};

    #[test]
    fn the_first_id_of_a_time_parts_earlier_ids_from_later_ones() {
        let ids = RandomIds::default();
        let (before, after) = (
            ids.uuid(Timestamp(1_780_000_000_000)),
            ids.uuid(Timestamp(1_780_000_000_001)),
        );

        let parting = first_id_at(Timestamp(1_780_000_000_001));

        assert!(PetId(before) < parting && parting < PetId(after));
    }
}
