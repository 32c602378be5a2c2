//! A verified shelter on a server of its own, with a webhook that is told of everything.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    resilience::node::{Installation, Node},
    support::{Bearer, FreshDatabase, Scratch, until},
};

const REGISTER: &str = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) {
    shelter { id } userErrors { field code message } } }";
const HOOK: &str = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) {
    webhook { id } userErrors { field code message } } }";
const IMPORT: &str = "mutation($input: ImportPetsInput!) { importPets(input: $input) {
    import { id } userErrors { field code message } } }";
const PROGRESS: &str =
    "query($id: ID!) { node(id: $id) { ... on Import { state total processed undone leftChanged } } }";

/// Time for a file, with that until a job whose worker was killed is taken over.
const LONG: Duration = Duration::from_secs(120);

/// The shelter. Its process ends before its database goes.
pub struct Haven {
    pub node: Node,
    /// Its ADMIN's.
    pub token: String,
    pub shelter: String,
    pub imports: Vec<String>,
    installation: Installation,
    database: FreshDatabase,
    _scratch: Scratch,
}

impl Haven {
    pub async fn start() -> Self {
        let scratch = Scratch::new();
        let database = FreshDatabase::migrated(scratch.path()).await;
        let installation =
            Installation::new(scratch.path(), &database.url).with("SWEETIE_OUTBOUND_NETWORKS", "127.0.0.0/8");
        let node = installation.start().await;
        let (Bearer(token), _) = node.member("ann").await;
        let mut haven = Self {
            node,
            token,
            shelter: String::new(),
            imports: Vec::new(),
            installation,
            database,
            _scratch: scratch,
        };
        haven.open().await;
        haven
    }

    async fn open(&mut self) {
        let details = json!({ "name": "Sweetwater Animal Haven", "type": "SHELTER", "location": { "postalCode": "78701" },
            "phone": "+15125550142", "email": "desk@haven.example", "capacity": 900 });
        let made = self.act(REGISTER, json!({ "input": details })).await;
        self.shelter = text(&made["shelter"]["id"]);
        let db = self.tables().await;
        db.execute_unprepared("UPDATE shelters SET verified = TRUE")
            .await
            .unwrap();
        db.close().await.unwrap();
        // Nobody listens there: what is to be told waits.
        let hook = json!({ "shelterId": self.shelter, "url": "http://127.0.0.1:1999/told",
            "events": ["ANIMAL_TAKEN_IN", "ANIMAL_CHANGED", "ANIMAL_LEFT"] });
        self.act(HOOK, json!({ "input": hook })).await;
    }

    /// The tables, beside the process.
    pub async fn tables(&self) -> DatabaseConnection {
        sea_orm::Database::connect(&self.database.url).await.unwrap()
    }

    /// The data of a query.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.node.run(Some(&self.token), query, variables).await;
        let mut answer = answer.expect("the process lives");
        assert!(answer["errors"].is_null(), "{query}: {answer}");
        answer["data"].take()
    }

    /// What a mutation did, without any error.
    pub async fn act(&self, query: &str, variables: Value) -> Value {
        let mut data = self.ask(query, variables).await;
        let payload = data.as_object_mut().expect("an answer").values_mut().next();
        let payload = payload.expect("one field").take();
        assert_eq!(payload["userErrors"], json!([]), "{query}");
        payload
    }

    /// `kill -9`, and the next process on the same data.
    pub async fn kill(&mut self) {
        self.node.kill();
        self.node = self.installation.start().await;
    }

    /// Sends a request, and kills the process at any moment of it.
    pub async fn cut(&mut self, query: &str, variables: Value) {
        let moment = Duration::from_micros(rand::random_range(0..60_000));
        let _ = tokio::time::timeout(moment, self.node.run(Some(&self.token), query, variables)).await;
        self.kill().await;
    }

    /// Imports a file. The process is killed each time that so many rows are done.
    pub async fn import(&mut self, file: &str, kills: &[i64]) -> String {
        let input = json!({ "shelterId": self.shelter, "data": file });
        let id = text(&self.act(IMPORT, json!({ "input": input })).await["import"]["id"]);
        self.imports.push(id.clone());
        self.reach(&id, "processed", kills).await;
        self.over(&id, "DONE").await;
        id
    }

    /// Kills the process each time that an import has come so far.
    pub async fn reach(&mut self, id: &str, count: &str, kills: &[i64]) {
        for next in kills {
            let end = Instant::now() + LONG;
            let seen = loop {
                let seen = self.progress(id).await;
                if *next <= number(&seen, count) {
                    break seen;
                }
                assert!(Instant::now() < end, "{next} {count} are not reached: {seen}");
            };
            assert!(
                ["RUNNING", "UNDOING"].contains(&text(&seen["state"]).as_str()),
                "too late: {seen}"
            );
            self.kill().await;
        }
    }

    /// Waits until an import is in that state.
    pub async fn over(&self, id: &str, state: &str) {
        until(LONG, "the import is over", async || {
            let seen = self.progress(id).await;
            assert_ne!(seen["state"], "FAILED", "{seen}");
            seen["state"] == state
        })
        .await;
    }

    async fn progress(&self, id: &str) -> Value {
        let seen = self.ask(PROGRESS, json!({ "id": id })).await["node"].take();
        let (done, total) = (number(&seen, "processed"), number(&seen, "total"));
        assert!(done <= total, "more rows are done than there are: {seen}");
        seen
    }
}

fn number(value: &Value, name: &str) -> i64 {
    value[name].as_i64().unwrap_or_else(|| panic!("no {name}: {value}"))
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
