//! The log, as this node reads it.

use std::{collections::HashMap, sync::Arc};

use entity::{Timestamp, event};
use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    deps::{BatchedQuery, Deps},
    events::Event,
    kernel::Result,
};

/// Most events of one look; fewer means that there are no more.
pub const EVENTS_OF_A_LOOK: usize = 200;

/// A line of the log.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its number.
    pub number: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// What happened; nothing where this version does not know it.
    pub event: Option<Event>,
}

/// The next events after a number, in their order, 200 at most; none if there are no more. Ringer, relay and read models
/// wake at the same bell, so they look together.
pub async fn events_after(deps: &Deps, number: i64) -> Result<Arc<[Fact]>> {
    Ok(deps.ask(After(number)).await?.unwrap_or_default())
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct After(i64);

impl BatchedQuery for After {
    type Answer = Arc<[Fact]>;

    async fn look(deps: &Deps, asked: &[Self]) -> Result<HashMap<Self, Self::Answer>> {
        let mut answers = HashMap::new();
        for after in asked {
            answers.insert(after.clone(), facts(deps, after.0).await?);
        }
        Ok(answers)
    }
}

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    payload: String,
    created_at: Timestamp,
}

async fn facts(deps: &Deps, after: i64) -> Result<Arc<[Fact]>> {
    let rows = event::Entity::find()
        .select_only()
        .columns([event::Column::Number, event::Column::Payload, event::Column::CreatedAt])
        .filter(event::COLUMN.number.gt(after))
        .order_by_asc(event::Column::Number)
        .limit(EVENTS_OF_A_LOOK as u64)
        .into_model::<Row>()
        .all(deps.db.read())
        .await?;
    let fact = |row: Row| Fact {
        number: row.number,
        created_at: row.created_at,
        event: serde_json::from_str(&row.payload).ok(),
    };
    Ok(rows.into_iter().map(fact).collect())
}
