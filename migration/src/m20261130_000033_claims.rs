//! Step 33: claims, their tries, flags, and when a picture was taken.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        claims(manager).await?;
        claim_tries(manager).await?;
        member_flags(manager).await?;
        let mut photos = Table::alter();
        photos.table("photos").add_column(big_integer_null("taken_at"));
        manager.alter_table(photos).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn claims(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("claims")
        .col(uuid("id"))
        .col(uuid("match_id"))
        .col(uuid("claimant_id"))
        .col(uuid("claimant_pet_id"))
        .col(uuid("judged_pet_id"))
        .col(text("state"))
        .col(text("questions"))
        .col(text("photo_challenge"))
        .col(integer("tries"))
        .col(integer("tries_left"))
        .col(big_integer_null("may_answer_at"))
        .col(text("opened_from"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(big_integer("expires_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("claims", "match_id", "matches"))
        .foreign_key(&mut foreign_key("claims", "claimant_id", "members"))
        .foreign_key(&mut foreign_key("claims", "claimant_pet_id", "pets"))
        .foreign_key(&mut foreign_key("claims", "judged_pet_id", "pets"))
        .foreign_key(&mut foreign_key("claims", "decided_by", "members"));
    manager.create_table(table).await?;
    // Of two claims on a match that are opened at once, one wins.
    let active =
        "CREATE UNIQUE INDEX ux_claims_active ON claims (match_id) WHERE state IN ('open', 'answered', 'accepted')";
    manager.get_connection().execute_unprepared(active).await?;
    index(manager, "claims", &["match_id", "created_at"]).await?;
    index(manager, "claims", &["claimant_id", "created_at"]).await?;
    index(manager, "claims", &["claimant_pet_id", "state"]).await?;
    index(manager, "claims", &["judged_pet_id", "state"]).await?;
    index(manager, "claims", &["state", "expires_at"]).await
}

async fn claim_tries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("claim_tries")
        .col(uuid("claim_id"))
        .col(integer("number"))
        .col(text("answers"))
        .col(uuid_null("photo_id"))
        .col(uuid_null("document_id"))
        .col(boolean("photo_is_copy"))
        .col(big_integer("answered_at"))
        .col(text_null("reason"))
        .col(uuid_null("refused_by"))
        .col(big_integer_null("refused_at"))
        .primary_key(Index::create().col("claim_id").col("number"))
        .foreign_key(&mut foreign_key("claim_tries", "claim_id", "claims"))
        .foreign_key(&mut foreign_key("claim_tries", "photo_id", "photos"))
        .foreign_key(&mut foreign_key("claim_tries", "document_id", "photos"))
        .foreign_key(&mut foreign_key("claim_tries", "refused_by", "members"));
    manager.create_table(table).await?;
    index(manager, "claim_tries", &["photo_id"]).await?;
    index(manager, "claim_tries", &["document_id"]).await
}

async fn member_flags(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("member_flags")
        .col(uuid("member_id"))
        .col(text("pattern"))
        .col(integer("day"))
        .col(text("subject"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("member_id").col("pattern").col("day"))
        .foreign_key(&mut foreign_key("member_flags", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "member_flags", &["created_at"]).await
}
