//! Step 52: connectors, which fetch the animals of shelters from their own systems, and their runs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        connectors(manager).await?;
        runs(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn connectors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("connectors")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("kind"))
        .col(text("name"))
        .col(text_null("address"))
        .col(text_null("account"))
        .col(text("sealed_secret"))
        .col(text_null("host_key"))
        .col(integer("interval_hours"))
        .col(text("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .col(text_null("disabled_reason"))
        .col(big_integer("next_run_at"))
        .col(integer("runs"))
        .col(big_integer_null("last_run_at"))
        .col(big_integer_null("last_success_at"))
        .col(text_null("last_error"))
        .col(uuid_null("last_import_id"))
        .col(integer("failures"))
        .col(big_integer_null("failing_since"))
        .col(big_integer_null("watermark"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("connectors", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("connectors", "last_import_id", "imports"));
    manager.create_table(table).await?;
    index(manager, "connectors", &["shelter_id"]).await?;
    // For those that are due.
    index(manager, "connectors", &["next_run_at"]).await
}

async fn runs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("connector_runs")
        .col(uuid("id"))
        .col(uuid("connector_id"))
        .col(integer("number"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("since"))
        .col(big_integer_null("newest"))
        .col(integer_null("records"))
        .col(text_null("error"))
        .col(uuid_null("import_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("connector_runs", "connector_id", "connectors"))
        .foreign_key(&mut foreign_key("connector_runs", "import_id", "imports"));
    manager.create_table(table).await?;
    // Two nodes that begin the same run at once: one of them does. Also for the list of a connector.
    unique_index(manager, "connector_runs", &["connector_id", "number"]).await?;
    // For the run that an import belongs to, and for what is old enough to be forgotten.
    index(manager, "connector_runs", &["import_id"]).await?;
    index(manager, "connector_runs", &["created_at"]).await
}
