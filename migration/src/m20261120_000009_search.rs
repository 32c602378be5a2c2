//! Step 9: full-text search over the words of reports and substrings of their names.
//!
//! The layout of `search_text` is described where it is made, in `domain/pets/search_text.rs`: the names end at the first
//! empty line.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                .await
                .map_err(|error| DbErr::Migration(format!("{NO_EXTENSION} ({error})")))?;
            return run(db, &POSTGRES).await;
        }
        run(db, &SQLITE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Shown to the person who starts the server.
const NO_EXTENSION: &str = "the PostgreSQL extension pg_trgm is needed and could not be created: install PostgreSQL's \
    contrib package, let the owner of the database or a superuser run `CREATE EXTENSION pg_trgm` in it, and start again";

async fn run(db: &impl ConnectionTrait, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// The words come without accents and punctuation, so they are only split. The text parser is bypassed, because it
/// would take some of them for numbers or URLs.
const POSTGRES: [&str; 4] = [
    r"ALTER TABLE pets ADD COLUMN search_words tsvector NOT NULL GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(translate(search_text, E'\n', ' '), ' '), ''))) STORED",
    r"ALTER TABLE pets ADD COLUMN search_names text NOT NULL GENERATED ALWAYS AS (
        split_part(search_text, E'\n\n', 1)) STORED",
    "CREATE INDEX ix_pets_search_words ON pets USING gin (search_words)",
    "CREATE INDEX ix_pets_search_names ON pets USING gin (search_names gin_trgm_ops)",
];

/// Two indexes without a copy of the text. `ascii` splits at blanks and keeps every non-ASCII letter as it is;
/// positions of words are never queried, so `detail=none` leaves them out.
const SQLITE: [&str; 8] = [
    "ALTER TABLE pets ADD COLUMN search_names text GENERATED ALWAYS AS (
        substr(search_text, 1, instr(search_text, char(10, 10)) - 1)) VIRTUAL",
    "CREATE VIRTUAL TABLE pet_words USING fts5(
        search_text, content='pets', content_rowid='number', tokenize='ascii', prefix='2 3', detail=none, columnsize=0)",
    "CREATE VIRTUAL TABLE pet_names USING fts5(
        search_names, content='pets', content_rowid='number', tokenize='trigram case_sensitive 1', columnsize=0)",
    "CREATE TRIGGER pets_searched_insert AFTER INSERT ON pets BEGIN
        INSERT INTO pet_words (rowid, search_text) VALUES (new.number, new.search_text);
        INSERT INTO pet_names (rowid, search_names) VALUES (new.number, new.search_names);
    END",
    "CREATE TRIGGER pets_searched_delete AFTER DELETE ON pets BEGIN
        INSERT INTO pet_words (pet_words, rowid, search_text) VALUES ('delete', old.number, old.search_text);
        INSERT INTO pet_names (pet_names, rowid, search_names) VALUES ('delete', old.number, old.search_names);
    END",
    "CREATE TRIGGER pets_searched_update AFTER UPDATE OF search_text ON pets WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO pet_words (pet_words, rowid, search_text) VALUES ('delete', old.number, old.search_text);
        INSERT INTO pet_words (rowid, search_text) VALUES (new.number, new.search_text);
        INSERT INTO pet_names (pet_names, rowid, search_names) VALUES ('delete', old.number, old.search_names);
        INSERT INTO pet_names (rowid, search_names) VALUES (new.number, new.search_names);
    END",
    "INSERT INTO pet_words (pet_words) VALUES ('rebuild')",
    "INSERT INTO pet_names (pet_names) VALUES ('rebuild')",
];
