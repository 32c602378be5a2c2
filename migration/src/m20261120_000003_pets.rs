//! Step 3: reports, photos, sightings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        uploads(manager).await?;
        photos(manager).await?;
        pets(manager).await?;
        pet_photos(manager).await?;
        favorites(manager).await?;
        sightings(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn uploads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("uploads")
        .col(uuid("id"))
        .col(uuid("owner_id"))
        .col(text("purpose"))
        .col(text("content_type"))
        .col(big_integer("byte_size"))
        .col(text_null("filename"))
        .col(text("state"))
        .col(big_integer("expires_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("uploads", "owner_id", "members"));
    manager.create_table(table).await?;
    index(manager, "uploads", &["owner_id"]).await?;
    index(manager, "uploads", &["expires_at"]).await?;
    Ok(())
}

async fn photos(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("photos")
        .col(uuid("id"))
        .col(uuid("owner_id"))
        .col(uuid("upload_id"))
        .col(text("purpose"))
        .col(text("content_type"))
        .col(integer("width"))
        .col(integer("height"))
        .col(text_null("alt"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("photos", "owner_id", "members"));
    manager.create_table(table).await?;
    unique_index(manager, "photos", &["upload_id"]).await?;
    index(manager, "photos", &["owner_id"]).await?;
    Ok(())
}

async fn pets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("pets")
        .col(uuid("id"))
        .col(text("kind"))
        .col(text("status"))
        .col(boolean("urgent"))
        .col(text("species"))
        .col(text_null("name"))
        .col(text_null("description"))
        .col(text_null("breed_primary"))
        .col(text_null("breed_secondary"))
        .col(boolean("breed_mixed"))
        .col(text_null("breed_raw"))
        .col(text("sex"))
        .col(text("altered"))
        .col(text("size"))
        .col(text("age_group"))
        .col(text("coat"))
        .col(integer("colors"))
        .col(text_null("color_raw"))
        .col(text("pattern"))
        .col(text_null("markings"))
        .col(text_null("collar"))
        .col(integer_null("weight_grams"))
        .col(boolean_null("microchipped"))
        .col(text_null("microchip"))
        .col(text_null("microchip_raw"))
        .col(text("private_marks"))
        .col(integer_null("reward"))
        .col(big_integer("seen_at"))
        .col(text("precision"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(double_null("public_latitude"))
        .col(double_null("public_longitude"))
        .col(double_null("public_x"))
        .col(double_null("public_y"))
        .col(double_null("public_z"))
        .col(integer_null("map_x"))
        .col(integer_null("map_y"))
        .col(double_null("anchor_latitude"))
        .col(double_null("anchor_longitude"))
        .col(text("place_label"))
        .col(text_null("city"))
        .col(text_null("region"))
        .col(text_null("postal_code"))
        .col(text_null("country"))
        .col(text_null("address"))
        .col(uuid_null("reporter_id"))
        .col(uuid_null("shelter_id"))
        .col(text_null("external_id"))
        .col(text_null("intake_type"))
        .col(big_integer_null("import_hash"))
        .col(uuid_null("import_id"))
        .col(text("search_text"))
        .col(big_integer("reported_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("closed_at"))
        .col(integer("version"))
        .foreign_key(&mut foreign_key("pets", "reporter_id", "members"))
        .foreign_key(&mut foreign_key("pets", "shelter_id", "shelters"));
    match manager.get_database_backend() {
        // The full-text index refers to rows by number. Without a column for it, VACUUM could renumber the rows.
        DbBackend::Sqlite => table
            .col(ColumnDef::new("number").integer().primary_key())
            .index(Index::create().unique().col("id")),
        _ => table.primary_key(Index::create().col("id")),
    };
    manager.create_table(table).await?;
    unique_index(manager, "pets", &["shelter_id", "external_id"]).await?;
    index(manager, "pets", &["reporter_id", "reported_at"]).await?;
    index(manager, "pets", &["shelter_id", "status"]).await?;
    index(manager, "pets", &["status", "map_x", "map_y", "kind"]).await?;
    index(manager, "pets", &["status", "species", "seen_at"]).await?;
    // Newest first, whatever the status: a scan that stops at the end of a page and never reads the rows that it skips.
    index(
        manager,
        "pets",
        &["reported_at", "id", "status", "public_latitude", "public_longitude"],
    )
    .await?;
    index(manager, "pets", &["microchip"]).await?;
    index(
        manager,
        "pets",
        &["status", "public_latitude", "public_longitude", "reported_at", "id"],
    )
    .await?;
    Ok(())
}

async fn pet_photos(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("pet_photos")
        .col(uuid("pet_id"))
        .col(uuid("photo_id"))
        .col(integer("position"))
        .primary_key(Index::create().col("pet_id").col("photo_id"))
        .foreign_key(&mut foreign_key("pet_photos", "pet_id", "pets"))
        .foreign_key(&mut foreign_key("pet_photos", "photo_id", "photos"));
    manager.create_table(table).await?;
    // A photo belongs to one report only.
    unique_index(manager, "pet_photos", &["photo_id"]).await?;
    Ok(())
}

async fn favorites(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("favorites")
        .col(uuid("member_id"))
        .col(uuid("pet_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("member_id").col("pet_id"))
        .foreign_key(&mut foreign_key("favorites", "member_id", "members"))
        .foreign_key(&mut foreign_key("favorites", "pet_id", "pets"));
    manager.create_table(table).await?;
    index(manager, "favorites", &["pet_id"]).await?;
    Ok(())
}

async fn sightings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("sightings")
        .col(uuid("id"))
        .col(uuid("pet_id"))
        .col(uuid_null("reporter_id"))
        .col(big_integer("seen_at"))
        .col(text("precision"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(double_null("public_latitude"))
        .col(double_null("public_longitude"))
        .col(text("place_label"))
        .col(text_null("city"))
        .col(text_null("region"))
        .col(text_null("postal_code"))
        .col(text_null("country"))
        .col(text_null("address"))
        .col(text_null("note"))
        .col(uuid_null("photo_id"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut foreign_key("sightings", "pet_id", "pets"))
        .foreign_key(&mut foreign_key("sightings", "reporter_id", "members"))
        .foreign_key(&mut foreign_key("sightings", "photo_id", "photos"));
    manager.create_table(table).await?;
    index(manager, "sightings", &["pet_id", "seen_at"]).await?;
    Ok(())
}
