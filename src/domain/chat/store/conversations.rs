//! Conversations, restricted to what the viewer may see.

use std::collections::HashMap;

use entity::{
    Timestamp, conversation,
    id::{ConversationId, MemberId, PetId, ShelterId},
    participant,
    vocabulary::ConversationKind,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use crate::{
    deps::{Direction, Keyset, Tx},
    domain::staff,
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// All access to the table starts here. Members see direct conversations and groups in which they take part, their
/// conversations with shelters, and the inboxes of shelters that they currently work for. The server sees all. Nobody
/// else sees any, not even admins.
fn visible_to(viewer: &Viewer) -> Select<conversation::Entity> {
    let all = conversation::Entity::find();
    match viewer {
        Viewer::System => all,
        Viewer::Visitor | Viewer::Key { .. } => all.filter(Expr::value(false)),
        Viewer::Member { id, .. } => visible_to_member(*id),
    }
}

fn visible_to_member(me: MemberId) -> Select<conversation::Entity> {
    let own = Condition::any()
        .add(conversation::COLUMN.shelter_id.is_null())
        .add(conversation::COLUMN.created_by.eq(me));
    let taking_part = Condition::all().add(own).add(Expr::exists(seat_of(me)));
    conversation::Entity::find().filter(Condition::any().add(taking_part).add(is_in_inbox_of(me)))
}

/// Subquery: the member's participant row in the conversation of the outer query.
fn seat_of(me: MemberId) -> SelectStatement {
    participant::Entity::find()
        .select_only()
        .column(participant::Column::ConversationId)
        .filter(participant::COLUMN.member_id.eq(me))
        .filter(
            participant::Column::ConversationId
                .into_expr()
                .eq(conversation::Column::Id.into_expr()),
        )
        .into_query()
}

fn is_in_inbox_of(me: MemberId) -> SimpleExpr {
    conversation::Column::ShelterId
        .into_expr()
        .in_subquery(staff::shelters_of(me))
}

/// A conversation that the viewer may see.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: ConversationId) -> Result<conversation::Model> {
    visible_to(viewer)
        .filter(conversation::COLUMN.id.eq(id))
        .one(db)
        .await?
        .ok_or(Error::NotFound("conversation"))
}

/// The conversations with these ids that the viewer may see, in no particular order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ConversationId],
) -> Result<Vec<conversation::Model>> {
    let found = visible_to(viewer).filter(conversation::COLUMN.id.is_in(ids.iter().copied()));
    Ok(found.all(db).await?)
}

/// For each of the pets, the viewer's most recently active conversation about it. Pets without one are left out.
pub async fn last_about(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    pets: &[PetId],
) -> Result<Vec<conversation::Model>> {
    let about = || visible_to(viewer).filter(conversation::COLUMN.pet_id.is_in(pets.iter().copied()));
    let newest: Vec<(PetId, Timestamp)> = about()
        .select_only()
        .column(conversation::Column::PetId)
        .column_as(conversation::Column::UpdatedAt.max(), "newest")
        .group_by(conversation::Column::PetId)
        .into_tuple()
        .all(db)
        .await?;
    if newest.is_empty() {
        return Ok(Vec::new());
    }
    let among = newest.into_iter().fold(Condition::any(), |any, (pet, updated_at)| {
        let of_pet = conversation::COLUMN.pet_id.eq(pet);
        any.add(of_pet.and(conversation::COLUMN.updated_at.eq(updated_at)))
    });
    let rows = about()
        .filter(among)
        .order_by_asc(conversation::Column::Id)
        .all(db)
        .await?;
    let last: HashMap<_, _> = rows.into_iter().map(|row| (row.pet_id, row)).collect();
    Ok(last.into_values().collect())
}

/// A conversation without an access check, for transactions that act on it themselves.
pub async fn by_id(tx: &Tx, id: ConversationId) -> Result<conversation::Model> {
    conversation::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or(Error::NotFound("conversation"))
}

/// Like [`find`], and locks the conversation until the transaction ends. Access is checked again under the lock,
/// because the viewer may have been removed while waiting for it.
pub async fn find_for_update(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: ConversationId,
) -> Result<conversation::Model> {
    let locked = visible_to(viewer)
        .filter(conversation::COLUMN.id.eq(id))
        .lock_exclusive();
    let locked = locked.one(tx).await?.ok_or(Error::NotFound("conversation"))?;
    match tx.get_database_backend() {
        DbBackend::Postgres => find(tx, viewer, id).await,
        // Nobody else has written since this transaction began.
        _ => Ok(locked),
    }
}

/// Locks all direct conversations between two members until the transaction ends.
pub async fn lock_direct_between(tx: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<()> {
    conversation::Entity::find()
        .filter(conversation::COLUMN.kind.eq(ConversationKind::Direct))
        .filter(Expr::exists(seat_of(one)))
        .filter(Expr::exists(seat_of(other)))
        .order_by_asc(conversation::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    Ok(())
}

/// Whether the member may currently see the conversation.
pub async fn takes_part(db: &impl ConnectionTrait, id: ConversationId, member: MemberId) -> Result<bool> {
    let seen = visible_to_member(member).filter(conversation::COLUMN.id.eq(id));
    Ok(0 < seen.count(db).await?)
}

/// The conversation of a pair of members, or of a member and a shelter, if it exists.
pub async fn by_direct_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<conversation::Model>> {
    Ok(conversation::Entity::find()
        .filter(conversation::COLUMN.direct_key.eq(key))
        .one(db)
        .await?)
}

/// Selects which of a member's conversations a list contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConversationList {
    /// Conversations that are not archived.
    Current,
    /// Archived conversations.
    Archived,
}

/// A page of the member's conversations, most recently active first.
pub async fn conversations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    list: ConversationList,
    page: &Page,
) -> Result<Slice<conversation::Model>> {
    let order = Keyset {
        list: match list {
            ConversationList::Current => "conversations",
            ConversationList::Archived => "archived-conversations",
        },
        columns: vec![
            participant::Column::ListedAt.into_expr(),
            participant::Column::ConversationId.into_expr(),
        ],
        direction: Direction::Descending,
    };
    order.page(db, listed(viewer, list)?, page, place).await
}

/// Number of conversations in the list.
pub async fn count_conversations(db: &impl ConnectionTrait, viewer: &Viewer, list: ConversationList) -> Result<u64> {
    Ok(listed(viewer, list)?.count(db).await?)
}

/// Starts from the member's participant rows, which are indexed in list order; [`visible_to`] then restricts them to
/// visible conversations.
fn listed(viewer: &Viewer, list: ConversationList) -> Result<Select<conversation::Entity>> {
    let me = viewer.require_member()?;
    let participant = conversation::Entity::belongs_to(participant::Entity)
        .from(conversation::Column::Id)
        .to(participant::Column::ConversationId)
        .into();
    Ok(visible_to(viewer)
        .join(JoinType::InnerJoin, participant)
        .filter(participant::COLUMN.member_id.eq(me))
        .filter(participant::COLUMN.archived.eq(list == ConversationList::Archived)))
}

/// The sort key of a conversation, which its participant rows repeat.
fn place(row: &conversation::Model) -> Vec<KeyValue> {
    vec![KeyValue::Int(row.updated_at.0), KeyValue::Id(row.id.0)]
}

/// Selects which conversations of a shelter's inbox a list contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// All conversations.
    All,
    /// Conversations assigned to the viewer.
    Mine,
    /// Conversations that are not assigned to anybody who currently works there.
    Unassigned,
}

/// A page of a shelter's inbox, most recently active first; empty for viewers who do not work there.
pub async fn inbox(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    shelter: ShelterId,
    assigned: Assigned,
    page: &Page,
) -> Result<Slice<conversation::Model>> {
    let order = Keyset {
        list: match assigned {
            Assigned::All => "inbox",
            Assigned::Mine => "own-inbox",
            Assigned::Unassigned => "unassigned-inbox",
        },
        columns: vec![
            conversation::Column::UpdatedAt.into_expr(),
            conversation::Column::Id.into_expr(),
        ],
        direction: Direction::Descending,
    };
    order.page(db, of_shelter(viewer, shelter, assigned), page, place).await
}

/// Number of conversations in a shelter's inbox.
pub async fn count_inbox(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    shelter: ShelterId,
    assigned: Assigned,
) -> Result<u64> {
    Ok(of_shelter(viewer, shelter, assigned).count(db).await?)
}

fn of_shelter(viewer: &Viewer, shelter: ShelterId, assigned: Assigned) -> Select<conversation::Entity> {
    let Some(me) = viewer.member() else {
        return conversation::Entity::find().filter(Expr::value(false));
    };
    let inbox = conversation::Entity::find()
        .filter(conversation::COLUMN.shelter_id.eq(shelter))
        .filter(is_in_inbox_of(me));
    let answers = staff::works_for(
        conversation::Column::ShelterId.into_expr(),
        conversation::Column::AssignedTo.into_expr(),
    );
    match assigned {
        Assigned::All => inbox,
        Assigned::Mine => inbox.filter(conversation::COLUMN.assigned_to.eq(me)),
        Assigned::Unassigned => inbox.filter(answers.not()),
    }
}
