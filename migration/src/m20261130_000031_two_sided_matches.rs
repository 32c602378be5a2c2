//! Step 31: likelihoods, the decision of each side of a match, its end, and an alert for each thing that happens to it, and
//! the time of the last digest of weak ones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::{foreign_key, index, unique_index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "matches", double("likelihood").default(0.0).take()).await?;
        add(manager, "matches", boolean("same_chip").default(false).take()).await?;
        add(manager, "matches", boolean("same_picture").default(false).take()).await?;
        add(manager, "matches", uuid_null("lost_dismissed_by").take()).await?;
        add(manager, "matches", uuid_null("other_dismissed_by").take()).await?;
        add(manager, "matches", text_null("difference").take()).await?;
        add(manager, "matches", text_null("change").take()).await?;
        add(manager, "matches", big_integer_null("ended_at").take()).await?;
        add(manager, "match_alerts", text("kind").default("found").take()).await?;
        add(manager, "match_alerts", text("band").default("possible").take()).await?;
        add(manager, "shelters", text("match_alerts").default("strong").take()).await?;
        for statement in EXISTING_ROWS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        let old = Index::drop()
            .name("ux_match_alerts_member_id_match_id")
            .table("match_alerts")
            .to_owned();
        manager.drop_index(old).await?;
        unique_index(manager, "match_alerts", &["member_id", "match_id", "kind", "band"]).await?;
        index(manager, "match_alerts", &["match_id"]).await?;
        index(manager, "matches", &["created_at"]).await?;
        match_digests(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Matches that were found before likelihoods were computed get that of the middle of their band, until they are scored
/// again. Until now only a side that had decided was written down as the one that dismissed, as a member. Alerts were
/// given in the band that the match has.
const EXISTING_ROWS: [&str; 6] = [
    "UPDATE matches SET same_chip = TRUE WHERE band = 'chip'",
    "UPDATE matches SET likelihood = CASE band WHEN 'chip' THEN 0.999 WHEN 'strong' THEN 0.98 WHEN 'possible' THEN 0.7 \
     ELSE 0.1 END",
    "UPDATE matches SET lost_dismissed_by = decided_by WHERE state = 'dismissed' AND EXISTS (SELECT 1 FROM pets WHERE \
     pets.id = matches.lost_id AND pets.reporter_id = matches.decided_by)",
    "UPDATE matches SET other_dismissed_by = decided_by WHERE state = 'dismissed' AND lost_dismissed_by IS NULL",
    "UPDATE matches SET ended_at = updated_at WHERE EXISTS (SELECT 1 FROM pets WHERE pets.id IN (matches.lost_id, \
     matches.other_id) AND pets.closed_at IS NOT NULL)",
    "UPDATE match_alerts SET band = (SELECT band FROM matches WHERE matches.id = match_alerts.match_id)",
];

async fn match_digests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("match_digests")
        .col(uuid("member_id"))
        .col(big_integer("sent_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut foreign_key("match_digests", "member_id", "members"));
    manager.create_table(table).await
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    let mut alter = Table::alter();
    manager.alter_table(alter.table(table).add_column(column).take()).await
}
