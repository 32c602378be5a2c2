//! The steps that build the tables: additive first, never edited after a release.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m20261120_000001_accounts;
mod m20261120_000002_shelters;
mod m20261120_000003_pets;
mod m20261120_000004_matching;
mod m20261120_000005_work;
mod m20261120_000006_chat;
mod m20261120_000007_sms;
mod m20261120_000008_sharing;
mod m20261120_000009_search;
mod m20261120_000010_geocoding;
mod m20261120_000011_searches;
mod m20261120_000012_photo_search;
mod m20261120_000013_chat_changes;
mod m20261120_000014_safety;
mod m20261120_000015_masks;
mod m20261128_000016_installation;
mod m20261128_000017_lanes;
mod m20261128_000018_history;
mod m20261128_000019_privacy;
mod m20261128_000020_accounts;
mod m20261128_000021_phones_and_uploads;
mod m20261128_000022_reading;
mod m20261128_000023_import_warnings;
mod m20261128_000027_conversations_about_pets;
mod m20261128_000028_identity;
mod m20261129_000029_fair_queue;
mod m20261129_000030_visibility;
mod m20261130_000031_two_sided_matches;
mod m20261130_000033_claims;
mod m20261130_000034_match_lists;
mod m20261130_000035_surroundings;
mod m20261130_000036_competing_matches;
mod m20261130_000037_api_keys;
mod m20261130_000038_audit;
mod m20261130_000039_account_security;
mod m20261130_000040_data_exports;
mod m20261130_000041_log_in_codes;
mod m20261130_000042_identities;
mod m20261130_000043_passkeys;
mod m20261130_000044_consents;
mod m20261201_000045_custody;
mod m20261201_000046_webhooks;
mod m20261201_000047_stray_holds;
mod m20261201_000048_import_undo;
mod m20261201_000049_directory;
mod m20261201_000050_import_mappings;
mod m20261201_000051_photo_fetches;
mod m20261201_000052_connectors;
mod m20261201_000053_adoptions;
mod m20261201_000054_unread_indexes;
mod m20261201_000055_resting_webhooks;
mod m20261201_000056_sparse_indexes;

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_000001_accounts::Migration),
            Box::new(m20261120_000002_shelters::Migration),
            Box::new(m20261120_000003_pets::Migration),
            Box::new(m20261120_000004_matching::Migration),
            Box::new(m20261120_000005_work::Migration),
            Box::new(m20261120_000006_chat::Migration),
            Box::new(m20261120_000007_sms::Migration),
            Box::new(m20261120_000008_sharing::Migration),
            Box::new(m20261120_000009_search::Migration),
            Box::new(m20261120_000010_geocoding::Migration),
            Box::new(m20261120_000011_searches::Migration),
            Box::new(m20261120_000012_photo_search::Migration),
            Box::new(m20261120_000013_chat_changes::Migration),
            Box::new(m20261120_000014_safety::Migration),
            Box::new(m20261120_000015_masks::Migration),
            Box::new(m20261128_000016_installation::Migration),
            Box::new(m20261128_000017_lanes::Migration),
            Box::new(m20261128_000018_history::Migration),
            Box::new(m20261128_000019_privacy::Migration),
            Box::new(m20261128_000020_accounts::Migration),
            Box::new(m20261128_000021_phones_and_uploads::Migration),
            Box::new(m20261128_000022_reading::Migration),
            Box::new(m20261128_000023_import_warnings::Migration),
            Box::new(m20261128_000027_conversations_about_pets::Migration),
            Box::new(m20261128_000028_identity::Migration),
            Box::new(m20261129_000029_fair_queue::Migration),
            Box::new(m20261129_000030_visibility::Migration),
            Box::new(m20261130_000031_two_sided_matches::Migration),
            Box::new(m20261130_000033_claims::Migration),
            Box::new(m20261130_000034_match_lists::Migration),
            Box::new(m20261130_000035_surroundings::Migration),
            Box::new(m20261130_000036_competing_matches::Migration),
            Box::new(m20261130_000037_api_keys::Migration),
            Box::new(m20261130_000038_audit::Migration),
            Box::new(m20261130_000039_account_security::Migration),
            Box::new(m20261130_000040_data_exports::Migration),
            Box::new(m20261130_000041_log_in_codes::Migration),
            Box::new(m20261130_000042_identities::Migration),
            Box::new(m20261130_000043_passkeys::Migration),
            Box::new(m20261130_000044_consents::Migration),
            Box::new(m20261201_000045_custody::Migration),
            Box::new(m20261201_000046_webhooks::Migration),
            Box::new(m20261201_000047_stray_holds::Migration),
            Box::new(m20261201_000048_import_undo::Migration),
            Box::new(m20261201_000049_directory::Migration),
            Box::new(m20261201_000050_import_mappings::Migration),
            Box::new(m20261201_000051_photo_fetches::Migration),
            Box::new(m20261201_000052_connectors::Migration),
            Box::new(m20261201_000053_adoptions::Migration),
            Box::new(m20261201_000054_unread_indexes::Migration),
            Box::new(m20261201_000055_resting_webhooks::Migration),
            Box::new(m20261201_000056_sparse_indexes::Migration),
        ]
    }
}

fn foreign_key(table: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(target, "id").to_owned()
}

async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    manager.create_index(named("ix", table, columns)).await
}

async fn unique_index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    manager
        .create_index(named("ux", table, columns).unique().to_owned())
        .await
}

fn named(prefix: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement
        .name(format!("{prefix}_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        statement.col(*column);
    }
    statement
}
