//! Step 39: forgotten passwords, changes of address, second factors; mails have an HTML form.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut mails = Table::alter();
        mails
            .table("outgoing_mails")
            .add_column(text("html").default("").take());
        manager.alter_table(mails).await?;
        password_resets(manager).await?;
        email_changes(manager).await?;
        second_factors(manager).await?;
        recovery_codes(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// No reference to a member: a request for an address without an account leaves the same row as any other.
async fn password_resets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("password_resets")
        .col(uuid("id"))
        .col(text("email"))
        .col(uuid_null("member_id"))
        .col(text_null("token_hash"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .primary_key(Index::create().col("id"));
    manager.create_table(table).await?;
    unique_index(manager, "password_resets", &["token_hash"]).await?;
    index(manager, "password_resets", &["member_id"]).await?;
    index(manager, "password_resets", &["expires_at"]).await
}

async fn email_changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("email_changes")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text("new_email"))
        .col(text_null("old_token_hash"))
        .col(text_null("new_token_hash"))
        .col(big_integer_null("old_confirmed_at"))
        .col(big_integer_null("new_confirmed_at"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("email_changes", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "email_changes", &["member_id"]).await?;
    unique_index(manager, "email_changes", &["old_token_hash"]).await?;
    unique_index(manager, "email_changes", &["new_token_hash"]).await?;
    index(manager, "email_changes", &["expires_at"]).await
}

async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("second_factors")
        .col(uuid("member_id"))
        .col(text("sealed_secret"))
        .col(big_integer("created_at"))
        .col(big_integer_null("confirmed_at"))
        .col(big_integer_null("last_step"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("second_factors", "member_id", "members"));
    manager.create_table(table).await
}

async fn recovery_codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("recovery_codes")
        .col(uuid("member_id"))
        .col(text("hash"))
        .col(big_integer_null("used_at"))
        .primary_key(Index::create().col("member_id").col("hash"))
        .foreign_key(&mut foreign_key("recovery_codes", "member_id", "members"));
    manager.create_table(table).await
}
