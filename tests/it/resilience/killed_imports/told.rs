//! All that a shelter has in the end, without ids and the times at which it was told.

use std::{collections::BTreeMap, time::Duration};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};

use super::haven::{Haven, text};
use crate::support::until;

const INVENTORY: &str = "query($id: ID!) { shelter(id: $id) { occupancy exports { inventoryUrl } } }";
const RESULT: &str = "query($id: ID!) { node(id: $id) { ... on Import { format state total processed created updated
    unchanged earlierStays failed warned closed undone leftChanged ignoredColumns
    summary { column ignored changed samples } errorsUrl warningsUrl } } }";

/// What happened, in order.
const EVENTS: &str =
    "SELECT COALESCE(a.external_id, '') || ' ' || s.intake_at || ' ' || e.number || ' ' || e.kind || ' ' ||
    COALESCE(e.from_value, '-') || ' ' || COALESCE(e.to_value, '-')
    FROM stay_events e JOIN stays s ON s.id = e.stay_id JOIN shelter_animals a ON a.id = s.animal_id";
const STAYS: &str =
    "SELECT COALESCE(a.external_id, '') || ' ' || s.intake_at || ' ' || s.stage || ' ' || COALESCE(s.outcome, '-')
    || ' ' || s.version || ' ' || COALESCE(p.status, '-')
    FROM stays s JOIN shelter_animals a ON a.id = s.animal_id LEFT JOIN pets p ON p.id = s.pet_id";
const REPORTS: &str = "SELECT COALESCE(a.external_id, '') || ' ' || p.kind || ' ' || p.status || ' ' || COALESCE(p.name, '-') ||
    ' ' || COALESCE(p.color_raw, '-') || ' ' || p.seen_at || ' ' || CASE WHEN p.former_pet_id IS NULL THEN 'new' ELSE 'again' END
    FROM pets p JOIN shelter_animals a ON a.id = p.animal_id";
/// Those of reports that are over are forgotten sooner or later.
const PHOTOS: &str = "SELECT a.external_id || ' ' || f.position || ' ' || f.url FROM photo_fetches f
    JOIN pets p ON p.id = f.pet_id JOIN shelter_animals a ON a.id = p.animal_id WHERE p.status = 'open'";
const DELIVERIES: &str = "SELECT payload FROM webhook_deliveries";

/// Everything, by what it is.
pub type Told = BTreeMap<&'static str, Vec<String>>;

impl Haven {
    /// What there is once all work about it is done.
    pub async fn told(&self) -> Told {
        let db = self.tables().await;
        until(Duration::from_secs(300), "everything is told", async || {
            let unheard = "SELECT COUNT(*) FROM events WHERE number > COALESCE((SELECT value FROM cursors WHERE name = 'relay'), 0)";
            count(&db, unheard).await == 0
                && count(&db, "SELECT COUNT(*) FROM jobs WHERE kind = 'tell_webhooks'").await == 0
        })
        .await;
        let mut told = Told::new();
        for (what, sql) in [
            ("events", EVENTS),
            ("stays", STAYS),
            ("reports", REPORTS),
            ("photos", PHOTOS),
        ] {
            told.insert(what, all(&db, sql).await);
        }
        told.insert("webhooks", heard(all(&db, DELIVERIES).await));
        db.close().await.unwrap();
        told.insert("inventory", self.inventory().await);
        told.insert("results", self.results().await);
        told
    }

    async fn inventory(&self) -> Vec<String> {
        let seen = self.ask(INVENTORY, json!({ "id": self.shelter })).await["shelter"].take();
        let file = self.fetched(&seen["exports"]["inventoryUrl"]).await;
        let mut rows = file.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let titles = rows.next().expect("there are titles");
        // No cell before it has a comma.
        let changed = titles.iter().position(|title| *title == "Last Changed").unwrap();
        let mut lines: Vec<String> = rows
            .map(|mut row| {
                row.remove(changed);
                row.join(",")
            })
            .collect();
        lines.sort();
        lines.push(format!("occupancy {}", seen["occupancy"]));
        lines
    }

    /// The imports with all errors and warnings.
    async fn results(&self) -> Vec<String> {
        let mut results = Vec::new();
        for id in &self.imports {
            let mut result = self.ask(RESULT, json!({ "id": id })).await["node"].take();
            for url in ["errorsUrl", "warningsUrl"] {
                let file = self.fetched(&result[url].take()).await;
                results.extend(file.lines().map(str::to_owned));
            }
            results.push(result.to_string());
        }
        results
    }

    async fn fetched(&self, url: &Value) -> String {
        let path = text(url).replace("https://sweetie.example.org", &self.node.url);
        let response = self.node.client.get(&path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    }
}

/// How often stays were told of, by what happened: `animal.left 1 of 300 stays`.
fn heard(bodies: Vec<String>) -> Vec<String> {
    let mut times: BTreeMap<(String, String), usize> = BTreeMap::new();
    for body in bodies {
        let body: Value = serde_json::from_str(&body).unwrap();
        for subject in body["subjects"].as_array().expect("a list") {
            *times.entry((text(&body["type"]), text(&subject["id"]))).or_default() += 1;
        }
    }
    let mut stays: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for ((event, _), often) in times {
        *stays.entry((event, often)).or_default() += 1;
    }
    let line = |((event, often), stays): ((String, usize), usize)| format!("{event} {often} of {stays} stays");
    stays.into_iter().map(line).collect()
}

/// Fails the test at the first thing that the two do not have alike.
pub fn assert_alike(disturbed: &Told, undisturbed: &Told) {
    for (what, expected) in undisturbed {
        let found = &disturbed[what];
        let different = expected.iter().zip(found).find(|(one, other)| one != other);
        assert_eq!(different, None, "{what}");
        assert_eq!(found.len(), expected.len(), "{what}");
    }
}

/// The only column of all rows, in alphabetical order.
async fn all(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql));
    let rows = rows.await.unwrap();
    let mut all: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    all.sort();
    all
}

pub async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql));
    row.await.unwrap().expect("a row").try_get_by_index(0).unwrap()
}
