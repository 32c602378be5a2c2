//! Step 42: identities at providers of OpenID Connect, and attempts to sign in with them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        identities(manager).await?;
        sign_in_attempts(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn identities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("identities")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(text("provider"))
        .col(text("issuer"))
        .col(text("subject"))
        .col(text_null("email"))
        .col(big_integer("linked_at"))
        .col(big_integer("last_used_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("identities", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "identities", &["issuer", "subject"]).await?;
    index(manager, "identities", &["member_id", "linked_at"]).await
}

async fn sign_in_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sign_in_attempts")
        .col(uuid("id"))
        .col(text("state_hash"))
        .col(text("secret_hash"))
        .col(text("provider"))
        .col(text("nonce"))
        .col(text("sealed_verifier"))
        .col(uuid_null("member_id"))
        .col(uuid_null("session_id"))
        .col(big_integer_null("claimed_at"))
        .col(text_null("sealed_proof"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("finished_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("sign_in_attempts", "member_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "sign_in_attempts", &["state_hash"]).await?;
    index(manager, "sign_in_attempts", &["member_id"]).await?;
    index(manager, "sign_in_attempts", &["expires_at"]).await
}
