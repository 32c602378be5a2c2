//! Conversations, as those may see them who take part.

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

/// The one door to the table. Members see the conversations and groups that they take part in, what they wrote to shelters,
/// and the inboxes of the shelters that they work for now; the server sees all; nobody else sees any, not even admins.
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

/// Subquery: the member's row in the conversation of the outer query.
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

/// Those of the conversations that the viewer may see, in no order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ConversationId],
) -> Result<Vec<conversation::Model>> {
    let found = visible_to(viewer).filter(conversation::COLUMN.id.is_in(ids.iter().copied()));
    Ok(found.all(db).await?)
}

/// For each of the pets the conversation about it in which the viewer takes part, the last written to of several; pets that
/// have none are left out.
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

/// A conversation of which the transaction itself is the cause.
pub async fn by_id(tx: &Tx, id: ConversationId) -> Result<conversation::Model> {
    conversation::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or(Error::NotFound("conversation"))
}

/// Like [`find`], and nobody else changes the conversation until the transaction ends. It looks again when it holds the
/// lock: who waited for it may have been removed meanwhile.
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

/// Locks the direct conversations of two members until the transaction ends.
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

/// Whether that member may see the conversation now.
pub async fn takes_part(db: &impl ConnectionTrait, id: ConversationId, member: MemberId) -> Result<bool> {
    let seen = visible_to_member(member).filter(conversation::COLUMN.id.eq(id));
    Ok(0 < seen.count(db).await?)
}

/// The conversation of a pair, or of a member and a shelter, if there is one.
pub async fn by_direct_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<conversation::Model>> {
    Ok(conversation::Entity::find()
        .filter(conversation::COLUMN.direct_key.eq(key))
        .one(db)
        .await?)
}

/// Which conversations of a member a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConversationList {
    /// Those that were not put away.
    Current,
    /// Those that were.
    Archived,
}

/// A page of the member's conversations, last written to first.
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

/// How many conversations the list holds.
pub async fn count_conversations(db: &impl ConnectionTrait, viewer: &Viewer, list: ConversationList) -> Result<u64> {
    Ok(listed(viewer, list)?.count(db).await?)
}

/// The seats of the member have their lists in order; [`visible_to`] then says which of the conversations they may see.
fn listed(viewer: &Viewer, list: ConversationList) -> Result<Select<conversation::Entity>> {
    let me = viewer.require_member()?;
    let seat = conversation::Entity::belongs_to(participant::Entity)
        .from(conversation::Column::Id)
        .to(participant::Column::ConversationId)
        .into();
    Ok(visible_to(viewer)
        .join(JoinType::InnerJoin, seat)
        .filter(participant::COLUMN.member_id.eq(me))
        .filter(participant::COLUMN.archived.eq(list == ConversationList::Archived)))
}

/// A conversation's place in the lists, which the seats repeat.
fn place(row: &conversation::Model) -> Vec<KeyValue> {
    vec![KeyValue::Int(row.updated_at.0), KeyValue::Id(row.id.0)]
}

/// Which conversations of a shelter's inbox a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// All of them.
    All,
    /// Those that the viewer answers.
    Mine,
    /// Those that nobody answers who works there now.
    Unassigned,
}

/// A page of a shelter's inbox, last written to first; none for those who do not work there.
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

/// How many conversations of a shelter's inbox there are.
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
