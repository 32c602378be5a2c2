//! Who may do what: every root field of the schema, tried for real by everybody. A root field without a row fails the
//! suite, and so does a kind of entity without one. The whole table is written in `tests/snapshots/access.txt`.

mod accounts;
mod cast;
mod chat;
mod claims;
mod connectors;
mod custody;
mod foreign_ids;
mod matching;
mod notifications;
mod pets;
mod photos;
mod places;
mod privacy;
mod private_fields;
mod row;
mod safety;
mod searches;
mod sharing;
mod shelters;
mod sms;
mod transfers;
mod webhooks;
mod written;

use std::collections::BTreeSet;

use apollo_compiler::{Schema, schema::ExtendedType};
use cast::{Cast, Who};
use finding_sweetie::graphql::sdl;
use row::{Entity, Row};

/// The rows of one feature.
type Feature = (fn() -> Vec<Row>, fn() -> Vec<Entity>);

/// Every feature.
const FEATURES: &[Feature] = &[
    (accounts::rows, accounts::entities),
    (chat::rows, chat::entities),
    (claims::rows, claims::entities),
    (connectors::rows, connectors::entities),
    (custody::rows, custody::entities),
    (matching::rows, matching::entities),
    (notifications::rows, notifications::entities),
    (pets::rows, pets::entities),
    (photos::rows, photos::entities),
    (privacy::rows, privacy::entities),
    (safety::rows, Vec::new),
    (places::rows, Vec::new),
    (searches::rows, searches::entities),
    (sharing::rows, Vec::new),
    (shelters::rows, shelters::entities),
    (sms::rows, sms::entities),
    (transfers::rows, transfers::entities),
    (webhooks::rows, webhooks::entities),
];

#[test]
fn every_root_field_has_a_row() {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let mut fields = BTreeSet::new();
    for root in ["Query", "Mutation", "Subscription"] {
        let Some(ExtendedType::Object(object)) = schema.types.get(root) else {
            continue;
        };
        fields.extend(object.fields.keys().map(|field| format!("{root}.{field}")));
    }
    let covered: BTreeSet<String> = FEATURES
        .iter()
        .flat_map(|(rows, _)| rows())
        .map(|row| row.field.to_owned())
        .collect();
    assert_eq!(
        fields.symmetric_difference(&covered).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn every_root_field_is_in_the_written_table() {
    let written = written::ACCESS.names();
    let missing: Vec<&str> = FEATURES
        .iter()
        .flat_map(|(rows, _)| rows())
        .map(|row| row.field)
        .filter(|field| !written.contains(*field))
        .collect();
    assert!(
        missing.is_empty(),
        "{missing:?} are not in tests/snapshots/access.txt: run `make promises`"
    );
}

#[test]
fn every_kind_of_entity_has_a_row() {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let kinds: BTreeSet<String> = schema.implementers_map()["Node"]
        .objects
        .iter()
        .map(ToString::to_string)
        .collect();
    let covered: BTreeSet<String> = FEATURES
        .iter()
        .flat_map(|(_, entities)| entities())
        .map(|entity| entity.kind.to_owned())
        .collect();
    assert_eq!(kinds, covered);
}

/// Tries the rows of one feature and compares all of them before it fails.
async fn try_rows(feature: &str, rows: Vec<Row>, entities: Vec<Entity>) {
    let cast = Cast::assemble().await;
    let mut wrong = Vec::new();
    let mut lines = Vec::new();
    let mut note = |name: &str, who: Who, outcome: String, expected: &str, cells: &mut Vec<String>| {
        if who.is_stated() && outcome != expected {
            wrong.push(format!("{name} by {who:?}: {outcome}, not {expected}"));
        }
        cells.push(outcome);
    };
    for row in rows {
        let mut outcomes = Vec::new();
        for who in Who::ALL {
            let outcome = row.outcome(&cast, who).await;
            note(row.field, who, outcome, row.expected(who), &mut outcomes);
        }
        lines.push((row.field.to_owned(), outcomes));
    }
    for entity in entities {
        let name = format!("node({})", entity.kind);
        let mut outcomes = Vec::new();
        for who in Who::ALL {
            let outcome = entity.found_by(&cast, who).await;
            note(&name, who, outcome, entity.expected(who), &mut outcomes);
        }
        lines.push((name, outcomes));
    }
    cast.app.leave_work();
    assert!(wrong.is_empty(), "{wrong:#?}");
    written::ACCESS.compare(feature, &lines);
}

#[tokio::test]
async fn access_to_accounts_is_as_the_table_says() {
    try_rows("accounts", accounts::rows(), accounts::entities()).await;
}

#[tokio::test]
async fn access_to_conversations_is_as_the_table_says() {
    try_rows("chat", chat::rows(), chat::entities()).await;
}

#[tokio::test]
async fn access_to_transfers_is_as_the_table_says() {
    try_rows("transfers", transfers::rows(), transfers::entities()).await;
}

#[tokio::test]
async fn access_to_claims_is_as_the_table_says() {
    try_rows("claims", claims::rows(), claims::entities()).await;
}

#[tokio::test]
async fn access_to_custody_is_as_the_table_says() {
    try_rows("custody", custody::rows(), custody::entities()).await;
}

#[tokio::test]
async fn access_to_matches_is_as_the_table_says() {
    try_rows("matching", matching::rows(), matching::entities()).await;
}

#[tokio::test]
async fn access_to_notifications_is_as_the_table_says() {
    try_rows("notifications", notifications::rows(), notifications::entities()).await;
}

#[tokio::test]
async fn access_to_pets_is_as_the_table_says() {
    try_rows("pets", pets::rows(), pets::entities()).await;
}

#[tokio::test]
async fn access_to_photos_is_as_the_table_says() {
    try_rows("photos", photos::rows(), photos::entities()).await;
}

#[tokio::test]
async fn access_to_places_is_as_the_table_says() {
    try_rows("places", places::rows(), Vec::new()).await;
}

#[tokio::test]
async fn access_to_exports_and_deletion_is_as_the_table_says() {
    try_rows("privacy", privacy::rows(), privacy::entities()).await;
}

#[tokio::test]
async fn access_to_searches_is_as_the_table_says() {
    try_rows("searches", searches::rows(), searches::entities()).await;
}

#[tokio::test]
async fn access_to_safety_is_as_the_table_says() {
    try_rows("safety", safety::rows(), Vec::new()).await;
}

#[tokio::test]
async fn access_to_shares_is_as_the_table_says() {
    try_rows("sharing", sharing::rows(), Vec::new()).await;
}

#[tokio::test]
async fn access_to_shelters_is_as_the_table_says() {
    try_rows("shelters", shelters::rows(), shelters::entities()).await;
}

#[tokio::test]
async fn access_to_text_messages_is_as_the_table_says() {
    try_rows("sms", sms::rows(), sms::entities()).await;
}

#[tokio::test]
async fn access_to_connectors_is_as_the_table_says() {
    try_rows("connectors", connectors::rows(), connectors::entities()).await;
}

#[tokio::test]
async fn access_to_webhooks_is_as_the_table_says() {
    try_rows("webhooks", webhooks::rows(), webhooks::entities()).await;
}

#[tokio::test]
async fn ids_that_name_nothing_are_null_for_everybody() {
    let cast = Cast::assemble().await;
    let of_nobody = "mem_00000000000000000000000000";
    for who in Who::ALL {
        for id in [
            "",
            "x",
            of_nobody,
            "zzz_01h455vb4pex5vsknk084sn02q",
            "' OR 1=1",
            "mem_%",
            "pet_\u{0}",
        ] {
            assert_ne!(cast.found(who, id).await, "seen", "{who:?} sees {id:?}");
        }
    }
}
