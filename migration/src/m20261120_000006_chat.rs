//! Step 6: conversations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        conversations(manager).await?;
        participants(manager).await?;
        messages(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn conversations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("conversations")
        .col(uuid("id"))
        .col(text("kind"))
        .col(text_null("direct_key"))
        .col(text_null("start_hash"))
        .col(uuid_null("pet_id"))
        .col(uuid_null("shelter_id"))
        .col(text_null("title"))
        .col(uuid("created_by"))
        .col(uuid_null("assigned_to"))
        .col(big_integer("last_sequence"))
        .col(big_integer("last_revision"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("conversations", "pet_id", "pets"))
        .foreign_key(&mut foreign_key("conversations", "shelter_id", "shelters"))
        .foreign_key(&mut foreign_key("conversations", "created_by", "members"))
        .foreign_key(&mut foreign_key("conversations", "assigned_to", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "conversations", &["direct_key"]).await?;
    index(manager, "conversations", &["shelter_id", "updated_at", "id"]).await?;
    Ok(())
}

async fn participants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("participants")
        .col(uuid("conversation_id"))
        .col(uuid("member_id"))
        .col(boolean("is_admin"))
        .col(big_integer("read_up_to"))
        .col(big_integer("shown_up_to"))
        .col(big_integer("delivered_up_to"))
        .col(integer("unread_count"))
        .col(boolean("archived"))
        .col(boolean("muted"))
        .col(big_integer("activity"))
        .col(big_integer("listed_at"))
        .col(big_integer("joined_at"))
        .primary_key(Index::create().col("conversation_id").col("member_id"))
        .foreign_key(&mut foreign_key("participants", "conversation_id", "conversations"))
        .foreign_key(&mut foreign_key("participants", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "participants", &["member_id", "activity"]).await?;
    index(manager, "participants", &["member_id", "unread_count"]).await?;
    let list = ["member_id", "archived", "listed_at", "conversation_id"];
    index(manager, "participants", &list).await?;
    Ok(())
}

async fn messages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("messages")
        .col(uuid("id"))
        .col(uuid("conversation_id"))
        .col(big_integer("sequence"))
        .col(big_integer("revision"))
        .col(uuid_null("sender_id"))
        .col(text_null("text"))
        .col(text("image_ids"))
        .col(uuid_null("reply_to_id"))
        .col(text_null("client_key"))
        .col(text_null("request_hash"))
        .col(text_null("system"))
        .col(big_integer("sent_at"))
        .col(big_integer_null("edited_at"))
        .col(big_integer_null("deleted_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("messages", "conversation_id", "conversations"))
        .foreign_key(&mut foreign_key("messages", "sender_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "messages", &["conversation_id", "sequence"]).await?;
    unique_index(manager, "messages", &["conversation_id", "sender_id", "client_key"]).await?;
    Ok(())
}
