//! Step 13: changes to messages after they were sent, and full-text search over messages.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        changes(manager).await?;
        versions(manager).await?;
        reactions(manager).await?;
        images(manager).await?;
        settings(manager).await?;
        searchable(manager).await?;
        full_text(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("message_changes")
        .col(uuid("conversation_id"))
        .col(big_integer("revision"))
        .col(uuid("message_id"))
        .col(text("change"))
        .primary_key(Index::create().col("conversation_id").col("revision"))
        .foreign_key(&mut foreign_key("message_changes", "conversation_id", "conversations"))
        .foreign_key(&mut foreign_key("message_changes", "message_id", "messages"));
    manager.create_table(table).await
}

async fn versions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("message_versions")
        .col(uuid("message_id"))
        .col(big_integer("revision"))
        .col(text_null("text"))
        .col(text("image_ids"))
        .col(big_integer("written_at"))
        .col(big_integer("replaced_at"))
        .primary_key(Index::create().col("message_id").col("revision"))
        .foreign_key(&mut foreign_key("message_versions", "message_id", "messages"));
    manager.create_table(table).await
}

async fn reactions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("message_reactions")
        .col(uuid("message_id"))
        .col(uuid("member_id"))
        .col(text("emoji_key"))
        .col(text("emoji"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("message_id").col("member_id").col("emoji_key"))
        .foreign_key(&mut foreign_key("message_reactions", "message_id", "messages"))
        .foreign_key(&mut foreign_key("message_reactions", "member_id", "members"));
    manager.create_table(table).await
}

async fn images(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("message_images")
        .col(uuid("photo_id"))
        .col(uuid("message_id"))
        .primary_key(Index::create().col("photo_id"))
        .foreign_key(&mut foreign_key("message_images", "photo_id", "photos"))
        .foreign_key(&mut foreign_key("message_images", "message_id", "messages"));
    manager.create_table(table).await
}

async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("chat_settings")
        .col(uuid("member_id"))
        .col(boolean("read_receipts"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("chat_settings", "member_id", "members"));
    manager.create_table(table).await
}

/// The number is the row's own because the SQLite index refers to rows by integers that never change.
async fn searchable(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("searchable_messages")
        .col(big_integer("number").auto_increment().primary_key())
        .col(uuid("message_id"))
        .col(uuid("conversation_id"))
        .col(text("scope"))
        .col(text("words"))
        .foreign_key(&mut foreign_key("searchable_messages", "message_id", "messages"));
    manager.create_table(table).await?;
    unique_index(manager, "searchable_messages", &["message_id"]).await?;
    index(manager, "searchable_messages", &["conversation_id", "number"]).await
}

async fn full_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// The words are lower-cased, without accents and separated by single spaces, so they are taken as they are.
const POSTGRES: &[&str] = &[
    "ALTER TABLE searchable_messages ADD COLUMN lexemes tsvector
     GENERATED ALWAYS AS (array_to_tsvector(string_to_array(scope || ' ' || words, ' '))) STORED",
    "CREATE INDEX ix_searchable_messages_lexemes ON searchable_messages USING gin (lexemes)",
];

/// `ascii` splits at spaces and leaves non-ASCII characters alone: its input was normalised before.
const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE message_words USING fts5(
       scope, words, content = 'searchable_messages', content_rowid = 'number', tokenize = 'ascii', detail = 'column')",
    "CREATE TRIGGER searchable_messages_added AFTER INSERT ON searchable_messages BEGIN
       INSERT INTO message_words(rowid, scope, words) VALUES (new.number, new.scope, new.words);
     END",
    "CREATE TRIGGER searchable_messages_removed AFTER DELETE ON searchable_messages BEGIN
       INSERT INTO message_words(message_words, rowid, scope, words) VALUES ('delete', old.number, old.scope, old.words);
     END",
    "CREATE TRIGGER searchable_messages_changed AFTER UPDATE ON searchable_messages BEGIN
       INSERT INTO message_words(message_words, rowid, scope, words) VALUES ('delete', old.number, old.scope, old.words);
       INSERT INTO message_words(rowid, scope, words) VALUES (new.number, new.scope, new.words);
     END",
];
