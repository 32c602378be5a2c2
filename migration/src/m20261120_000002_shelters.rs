//! Step 2: shelters, staff, keys, imports.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        shelters(manager).await?;
        shelter_staff(manager).await?;
        staff_invitations(manager).await?;
        api_keys(manager).await?;
        imports(manager).await?;
        import_errors(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn shelters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("shelters")
        .col(uuid("id"))
        .col(text("name"))
        .col(text("kind"))
        .col(boolean("verified"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(text("place_label"))
        .col(text_null("address"))
        .col(text_null("city"))
        .col(text_null("region"))
        .col(text_null("postal_code"))
        .col(text_null("country"))
        .col(text_null("phone"))
        .col(text_null("email"))
        .col(text_null("website"))
        .col(integer_null("capacity"))
        .col(text("search_text"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("shelters", "created_by", "members"));
    manager.create_table(table).await?;
    index(manager, "shelters", &["verified", "created_at"]).await?;
    Ok(())
}

async fn shelter_staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("shelter_staff")
        .col(uuid("shelter_id"))
        .col(uuid("member_id"))
        .col(text("role"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("shelter_id").col("member_id"))
        .foreign_key(&mut foreign_key("shelter_staff", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("shelter_staff", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "shelter_staff", &["member_id"]).await?;
    Ok(())
}

async fn staff_invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("staff_invitations")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("email"))
        .col(text("role"))
        .col(text("token_hash"))
        .col(uuid("invited_by"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("accepted_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("staff_invitations", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("staff_invitations", "invited_by", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "staff_invitations", &["token_hash"]).await?;
    index(manager, "staff_invitations", &["shelter_id"]).await?;
    Ok(())
}

async fn api_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("api_keys")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("name"))
        .col(text("prefix"))
        .col(text("hash"))
        .col(text("scopes"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("revoked_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("api_keys", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("api_keys", "created_by", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "api_keys", &["hash"]).await?;
    index(manager, "api_keys", &["shelter_id"]).await?;
    Ok(())
}

async fn imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("imports")
        .col(uuid("id"))
        .col(uuid("shelter_id"))
        .col(text("started_by"))
        .col(text("blob_key"))
        .col(text("format"))
        .col(text("mode"))
        .col(boolean("dry_run"))
        .col(text("state"))
        .col(integer("total"))
        .col(integer("processed"))
        .col(integer("created"))
        .col(integer("updated"))
        .col(integer("unchanged"))
        .col(integer("failed"))
        .col(integer("closed"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .col(big_integer("revision"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("imports", "shelter_id", "shelters"));
    manager.create_table(table).await?;
    index(manager, "imports", &["shelter_id", "created_at"]).await?;
    Ok(())
}

async fn import_errors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("import_errors")
        .col(uuid("import_id"))
        .col(integer("number"))
        .col(integer("row"))
        .col(text_null("column_name"))
        .col(text_null("value"))
        .col(text("reason"))
        .primary_key(Index::create().col("import_id").col("number"))
        .foreign_key(&mut foreign_key("import_errors", "import_id", "imports"));
    manager.create_table(table).await?;
    Ok(())
}
