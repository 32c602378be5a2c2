//! Full-text search in messages. The only place in chat where the two databases differ: see [`matching`].

use std::collections::HashMap;

use entity::{
    id::{ConversationId, MemberId, MessageId},
    message, searchable_message,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, OnConflict, SimpleExpr},
};

use super::{messages_by_ids, participants::seats_in};
use crate::{
    deps::{Deps, Direction, Keyset},
    domain::chat::words::{MessageQuery, scope},
    kernel::{
        Result,
        page::{KeyValue, Page, Slice},
    },
};
use pet_vocabulary::stored_words;

/// Up to this many hits count as few. Measured: they are sorted within two milliseconds.
const FEW: u64 = 2_000;

/// Scope of a search.
#[derive(Debug, Clone, Copy)]
pub enum Where {
    /// One conversation, for which access was checked before.
    In(ConversationId),
    /// All conversations in which the member currently takes part.
    OfMember(MemberId),
}

#[derive(FromQueryResult)]
struct Hit {
    number: i64,
    message_id: MessageId,
}

/// A page of the messages that contain every word, newest first.
pub async fn search(
    db: &impl ConnectionTrait,
    place: Where,
    wanted: &MessageQuery,
    page: &Page,
) -> Result<Slice<message::Model>> {
    let hits = hits(db.get_database_backend(), place, wanted);
    let order = Keyset {
        list: "message-search",
        columns: vec![order_of(db, &hits).await?],
        direction: Direction::Descending,
    };
    let found = order.page(db, hits, page, |hit: &Hit| vec![KeyValue::Int(hit.number)]);
    let found = found.await?;
    let ids: Vec<MessageId> = found.items.iter().map(|(_, hit)| hit.message_id).collect();
    let rows = messages_by_ids(db, &ids).await?;
    let mut rows: HashMap<MessageId, message::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = found.items.into_iter();
    Ok(Slice {
        items: items
            .filter_map(|(cursor, hit)| Some((cursor, rows.remove(&hit.message_id)?)))
            .collect(),
        has_next: found.has_next,
        has_previous: found.has_previous,
    })
}

/// Number of messages that contain every word.
pub async fn count_found(db: &impl ConnectionTrait, place: Where, wanted: &MessageQuery) -> Result<u64> {
    Ok(hits(db.get_database_backend(), place, wanted).count(db).await?)
}

fn hits(backend: DbBackend, place: Where, wanted: &MessageQuery) -> Select<searchable_message::Entity> {
    let rows = searchable_message::Entity::find()
        .select_only()
        .column(searchable_message::Column::Number)
        .column(searchable_message::Column::MessageId);
    let conversation = conversation(backend);
    let is_there = match place {
        Where::In(id) => conversation.eq(id),
        Where::OfMember(me) => conversation.in_subquery(seats_in(me)),
    };
    matching(backend, rows.filter(is_there), wanted)
}

/// To count, SQLite would scan a conversation and query the full-text index once per message, which takes quadratic
/// time. The unary sign has no effect on the value, but stops it from choosing that plan; it then queries the full-text
/// index once.
fn conversation(backend: DbBackend) -> SimpleExpr {
    let conversation = searchable_message::Column::ConversationId.into_expr();
    match backend {
        DbBackend::Postgres => conversation,
        _ => Expr::cust_with_expr("+?", conversation),
    }
}

/// SQLite reads its full-text index backwards and stops when the page is full. PostgreSQL has the words in a column.
fn matching(
    backend: DbBackend,
    mut rows: Select<searchable_message::Entity>,
    wanted: &MessageQuery,
) -> Select<searchable_message::Entity> {
    if backend == DbBackend::Postgres {
        let matches = Expr::cust_with_values("lexemes @@ CAST($1 AS tsquery)", [wanted.for_postgres()]);
        return rows.filter(matches);
    }
    let same = number(backend).eq(searchable_message::Column::Number.into_expr());
    QueryTrait::query(&mut rows).inner_join("message_words", same);
    rows.filter(Expr::cust_with_values("message_words MATCH ?", [wanted.for_sqlite()]))
}

fn number(backend: DbBackend) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => searchable_message::Column::Number.into_expr(),
        _ => Expr::col(("message_words", "rowid")),
    }
}

/// The sort order of hits. PostgreSQL misjudges how many hits a prefix has, and scans all messages backwards to find a
/// few. So we count first. Few hits are read from the full-text index and sorted; adding a zero stops PostgreSQL from
/// using another index for the order. Many hits are read backwards, because the newest are found quickly.
async fn order_of(db: &impl ConnectionTrait, hits: &Select<searchable_message::Entity>) -> Result<SimpleExpr> {
    let backend = db.get_database_backend();
    let number = number(backend);
    if backend != DbBackend::Postgres {
        return Ok(number);
    }
    let some: Vec<Hit> = hits.clone().limit(FEW).into_model().all(db).await?;
    Ok(if (some.len() as u64) < FEW {
        number.add(0)
    } else {
        number
    })
}

/// Number of messages re-indexed at once.
const BATCH: u64 = 500;

/// Re-indexes the next messages after a number under the current rules. Returns the number of the last one, or `None`
/// at the end.
pub async fn index_words_anew(deps: &Deps, after: i64) -> Result<Option<i64>> {
    let known = searchable_message::Entity::find()
        .filter(searchable_message::COLUMN.number.gt(after))
        .order_by_asc(searchable_message::Column::Number)
        .limit(BATCH)
        .all(deps.db.read())
        .await?;
    let ids: Vec<MessageId> = known.iter().map(|row| row.message_id).collect();
    let messages = messages_by_ids(deps.db.read(), &ids).await?;
    let words: HashMap<MessageId, String> = messages.iter().map(|row| (row.id, words_of(row))).collect();
    let last = known.last().map(|row| row.number);
    let is_new = |row: &searchable_message::Model| words.get(&row.message_id).is_some_and(|words| *words != row.words);
    let changed: Vec<_> = known.into_iter().filter(is_new).collect();
    if changed.is_empty() {
        return Ok(last);
    }
    deps.write(async |tx| {
        for row in &changed {
            let words = words.get(&row.message_id).map(String::as_str).unwrap_or_default();
            searchable_message::Entity::update_many()
                .col_expr(searchable_message::Column::Words, Expr::value(words))
                .filter(searchable_message::COLUMN.number.eq(row.number))
                .filter(searchable_message::Column::Words.eq(row.words.as_str()))
                .exec(tx)
                .await?;
        }
        Ok(())
    })
    .await?;
    Ok(last)
}

/// Updates the search words of a message. Deleted messages and system messages are not found.
pub async fn index_words(tx: &impl ConnectionTrait, message: &message::Model) -> Result<()> {
    let words = words_of(message);
    if words.is_empty() {
        let is_new = message.edited_at.is_none() && message.deleted_at.is_none();
        return if is_new {
            Ok(())
        } else {
            forget_words(tx, message.id).await
        };
    }
    let row = searchable_message::ActiveModel {
        message_id: Set(message.id),
        conversation_id: Set(message.conversation_id),
        scope: Set(scope(message.conversation_id)),
        words: Set(words),
        ..Default::default()
    };
    let replace = OnConflict::column(searchable_message::Column::MessageId)
        .update_column(searchable_message::Column::Words)
        .to_owned();
    searchable_message::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn words_of(message: &message::Model) -> String {
    let said = message.text.as_deref().filter(|_| message.system.is_none());
    stored_words(said.unwrap_or_default()).join(" ")
}

async fn forget_words(tx: &impl ConnectionTrait, id: MessageId) -> Result<()> {
    searchable_message::Entity::delete_many()
        .filter(searchable_message::COLUMN.message_id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
