//! Step 19: anchors of members' masks, which side confirmed a match, who has written in a conversation, withdrawn
//! photos, which API key announced an upload, and the accuracy of a shelter's place.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mask_anchors(manager).await?;
        add(manager, "matches", uuid_null("lost_confirmed_by")).await?;
        add(manager, "matches", uuid_null("other_confirmed_by")).await?;
        add(
            manager,
            "participants",
            boolean("has_written").default(false).to_owned(),
        )
        .await?;
        add(manager, "photos", boolean("withdrawn").default(false).to_owned()).await?;
        add(manager, "uploads", uuid_null("api_key_id")).await?;
        add(manager, "shelters", text_null("precision")).await?;
        for statement in KNOWN {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn mask_anchors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("mask_anchors")
        .col(uuid("id"))
        .col(uuid("member_id"))
        .col(double("latitude"))
        .col(double("longitude"))
        .col(double("public_latitude"))
        .col(double("public_longitude"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("mask_anchors", "member_id", "members"));
    manager.create_table(table).await?;
    index(manager, "mask_anchors", &["member_id", "latitude"]).await
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    let mut change = Table::alter();
    change.table(table).add_column(column);
    manager.alter_table(change).await
}

/// Fills the new columns for existing rows. Ids grow with time, so using those of reports and sightings keeps anchors
/// in order: points already shown stay where they are, and later ones are shown there too.
const KNOWN: [&str; 6] = [
    "INSERT INTO mask_anchors (id, member_id, latitude, longitude, public_latitude, public_longitude)
     SELECT id, reporter_id, anchor_latitude, anchor_longitude, public_latitude, public_longitude FROM pets
     WHERE precision = 'point' AND reporter_id IS NOT NULL AND anchor_latitude IS NOT NULL
       AND anchor_longitude IS NOT NULL AND public_latitude IS NOT NULL AND public_longitude IS NOT NULL",
    "INSERT INTO mask_anchors (id, member_id, latitude, longitude, public_latitude, public_longitude)
     SELECT id, reporter_id, latitude, longitude, public_latitude, public_longitude FROM sightings
     WHERE precision = 'point' AND reporter_id IS NOT NULL AND latitude IS NOT NULL
       AND longitude IS NOT NULL AND public_latitude IS NOT NULL AND public_longitude IS NOT NULL",
    "UPDATE matches SET lost_confirmed_by = decided_by WHERE state = 'confirmed' AND EXISTS
     (SELECT 1 FROM pets WHERE pets.id = matches.lost_id AND pets.reporter_id = matches.decided_by)",
    "UPDATE matches SET other_confirmed_by = decided_by WHERE state = 'confirmed' AND lost_confirmed_by IS NULL",
    "UPDATE participants SET has_written = TRUE WHERE EXISTS
     (SELECT 1 FROM messages WHERE messages.conversation_id = participants.conversation_id
        AND messages.sender_id = participants.member_id AND messages.system IS NULL)",
    "UPDATE photos SET withdrawn = TRUE WHERE purpose = 'pet_photo'
       AND NOT EXISTS (SELECT 1 FROM pet_photos WHERE pet_photos.photo_id = photos.id)
       AND NOT EXISTS (SELECT 1 FROM sightings WHERE sightings.photo_id = photos.id)
       AND NOT EXISTS (SELECT 1 FROM members WHERE members.avatar_photo_id = photos.id)",
];
