//! Queries for offers. Those for a viewer return what the viewer may see.

use entity::{
    id::{PetId, ShelterId, StayId, TransferId},
    transfer,
    vocabulary::TransferState,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use super::model::{Left, may_see};
use crate::{
    deps::{Direction, Keyset, Tx},
    domain::staff::Actor,
    kernel::{
        Error, Result,
        page::{KeyValue, Page, Slice},
    },
};

/// Which way an animal goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferDirection {
    /// To the shelter.
    Incoming,
    /// Away from it.
    Outgoing,
}

/// Which offers of a shelter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Which {
    /// Only those to it, or only those by it.
    pub direction: Option<TransferDirection>,
    /// Only those that stand there.
    pub state: Option<TransferState>,
}

/// An offer that the viewer may see.
pub async fn find(db: &impl ConnectionTrait, actor: &Actor, id: TransferId) -> Result<transfer::Model> {
    let found = with_id(db, id).await?;
    match may_see(actor, &found) {
        true => Ok(found),
        false => Err(Error::NotFound("transfer")),
    }
}

/// An offer without an access check, for the server's own work.
pub async fn with_id(db: &impl ConnectionTrait, id: TransferId) -> Result<transfer::Model> {
    let found = transfer::Entity::find_by_id(id).one(db).await?;
    found.ok_or(Error::NotFound("transfer"))
}

/// The same, locked until the transaction ends. The caller has locked what the offer is about.
pub(super) async fn for_update(tx: &Tx, id: TransferId) -> Result<transfer::Model> {
    let found = transfer::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("transfer"))
}

/// A page of a shelter's offers, last offered first; `None` for viewers who may not see its animals.
pub async fn transfers_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    shelter: ShelterId,
    which: Which,
    page: &Page,
) -> Result<Option<Slice<transfer::Model>>> {
    if !actor.may_see_animals(shelter) {
        return Ok(None);
    }
    let order = Keyset {
        list: "transfers",
        columns: vec![Expr::col(transfer::Column::OfferedAt), Expr::col(transfer::Column::Id)],
        direction: Direction::Descending,
    };
    let key = |transfer: &transfer::Model| vec![KeyValue::Int(transfer.offered_at.0), KeyValue::Id(transfer.id.0)];
    Ok(Some(order.page(db, select(shelter, which), page, key).await?))
}

/// Number of a shelter's offers. The caller checks that the viewer may see them.
pub async fn count_transfers(db: &impl ConnectionTrait, shelter: ShelterId, which: Which) -> Result<u64> {
    Ok(select(shelter, which).count(db).await?)
}

fn select(shelter: ShelterId, Which { direction, state }: Which) -> Select<transfer::Entity> {
    let mut sides = Condition::any();
    if direction != Some(TransferDirection::Outgoing) {
        sides = sides.add(transfer::COLUMN.to_shelter.eq(shelter));
    }
    if direction != Some(TransferDirection::Incoming) {
        sides = sides.add(transfer::COLUMN.from_shelter.eq(shelter));
    }
    let select = transfer::Entity::find().filter(sides);
    match state {
        Some(state) => select.filter(transfer::COLUMN.state.eq(state)),
        None => select,
    }
}

/// The open offer of a stay. Once the stay is locked, no other comes.
pub(super) async fn open_of_stay(tx: &Tx, stay: StayId) -> Result<Option<transfer::Model>> {
    Ok(open().filter(transfer::COLUMN.stay_id.eq(stay)).one(tx).await?)
}

/// The open offer of a report. Once the report is locked, no other comes.
pub(super) async fn open_of_pet(tx: &Tx, pet: PetId) -> Result<Option<transfer::Model>> {
    Ok(open().filter(transfer::COLUMN.pet_id.eq(pet)).one(tx).await?)
}

/// The open offers of animals that have left, locked until the transaction ends.
pub(super) async fn open_for_update(tx: &Tx, left: &Left) -> Result<Vec<transfer::Model>> {
    let open = match left {
        Left::Report(pet) => open().filter(transfer::COLUMN.pet_id.eq(*pet)),
        Left::Stays(stays) => open().filter(transfer::COLUMN.stay_id.is_in(stays.iter().copied())),
    };
    Ok(open.order_by_asc(transfer::Column::Id).lock_exclusive().all(tx).await?)
}

fn open() -> Select<transfer::Entity> {
    transfer::Entity::find().filter(transfer::COLUMN.state.eq(TransferState::Offered))
}

/// Writes a new offer.
pub(super) async fn insert(tx: &Tx, transfer: transfer::Model) -> Result<transfer::Model> {
    let inserted = transfer::Entity::insert(transfer.into_active_model());
    Ok(inserted.exec_with_returning(tx).await?)
}

/// Writes how an offer ended.
pub(super) async fn end(tx: &Tx, transfer: transfer::Model, state: TransferState, by: &str) -> Result<transfer::Model> {
    let ended = transfer::Model {
        state,
        answered_by: Some(by.to_owned()),
        answered_at: Some(tx.now()),
        ..transfer
    };
    Ok(transfer::Entity::update(ended.into_active_model().reset_all())
        .exec(tx)
        .await?)
}
