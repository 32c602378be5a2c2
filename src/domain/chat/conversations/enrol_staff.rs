//! Job: updates a shelter's inbox after somebody has joined or left its staff.

use entity::{
    conversation,
    id::{MemberId, ShelterId},
    participant,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    deps::Deps,
    domain::{chat::participants::insert_participants, staff},
    kernel::Result,
};

/// Maximum number of conversations per transaction, to keep locks short.
const BATCH: u64 = 100;

/// Adds the member to every conversation in the shelter's inbox, or removes them, according to their current role.
/// Earlier messages count as read. Conversations that they themselves started with the shelter stay theirs; when they
/// leave, their assignments are removed.
pub async fn enrol_staff_everywhere(deps: &Deps, shelter: ShelterId, member: MemberId) -> Result<()> {
    if staff::staff_role(deps.db.read(), shelter, member).await?.is_none() {
        return unseat_everywhere(deps, shelter, member).await;
    }
    while seat_in_some(deps, shelter, member).await? {}
    Ok(())
}

/// Adds the member to some more conversations and returns whether there may be others. Rows are locked, so that no
/// message can arrive between reading its number and adding the member.
async fn seat_in_some(deps: &Deps, shelter: ShelterId, member: MemberId) -> Result<bool> {
    deps.write(async |tx| {
        if staff::staff_role(tx, shelter, member).await?.is_none() {
            return Ok(false);
        }
        let present = participant::Entity::find()
            .select_only()
            .column(participant::Column::ConversationId)
            .filter(participant::COLUMN.member_id.eq(member))
            .into_query();
        let missing = conversation::Entity::find()
            .filter(conversation::COLUMN.shelter_id.eq(shelter))
            .filter(conversation::Column::Id.into_expr().not_in_subquery(present))
            .order_by_asc(conversation::Column::Id)
            .limit(BATCH)
            .lock_exclusive();
        let conversations = missing.all(tx).await?;
        for conversation in &conversations {
            insert_participants(tx, conversation, &[member]).await?;
        }
        Ok(conversations.len() as u64 == BATCH)
    })
    .await
}

async fn unseat_everywhere(deps: &Deps, shelter: ShelterId, member: MemberId) -> Result<()> {
    deps.write(async |tx| {
        if staff::staff_role(tx, shelter, member).await?.is_some() {
            return Ok(());
        }
        let of_others = conversation::Entity::find()
            .select_only()
            .column(conversation::Column::Id)
            .filter(conversation::COLUMN.shelter_id.eq(shelter))
            .filter(conversation::COLUMN.created_by.ne(member))
            .into_query();
        participant::Entity::delete_many()
            .filter(participant::COLUMN.member_id.eq(member))
            .filter(participant::Column::ConversationId.into_expr().in_subquery(of_others))
            .exec(tx)
            .await?;
        conversation::Entity::update_many()
            .col_expr(conversation::Column::AssignedTo, Expr::value(Option::<MemberId>::None))
            .filter(conversation::COLUMN.shelter_id.eq(shelter))
            .filter(conversation::COLUMN.assigned_to.eq(member))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
