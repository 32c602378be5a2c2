//! Everybody who can ask, around one shelter and the reports of its town.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use entity::id::ApiKeyId;
use finding_sweetie::domain;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::{
    shelters::employ,
    support::{Actor, Bearer, Caller, TestApp, codes},
};

/// Every scope.
pub const SCOPES: [&str; 6] = [
    "pets:read",
    "pets:write",
    "imports:write",
    "matches:read",
    "webhooks:manage",
    "connectors:manage",
];

/// What somebody is to the thing that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Not logged in.
    Visitor,
    /// Owns it.
    Owner,
    /// The other side of it: found the pet, was written to.
    Partner,
    /// A member who has nothing to do with it.
    Stranger,
    /// Runs the shelter of the town, which is verified.
    Staff,
    /// Works for it as STAFF.
    Employee,
    /// Works for it as VOLUNTEER.
    Volunteer,
    /// Runs another shelter, which is verified too.
    OtherStaff,
    /// A script with a key of the shelter and every scope.
    Key,
    /// The same with `pets:read` alone.
    KeyPetsRead,
    /// The same with `pets:write` alone.
    KeyPetsWrite,
    /// The same with `imports:write` alone.
    KeyImportsWrite,
    /// The same with `matches:read` alone.
    KeyMatchesRead,
    /// The same with `webhooks:manage` alone.
    KeyWebhooksManage,
    /// The same with `connectors:manage` alone.
    KeyConnectorsManage,
    /// The same with a key of the other shelter and every scope.
    OtherKey,
    /// The same with a key that was revoked.
    RevokedKey,
    /// The same with a key that has expired.
    ExpiredKey,
    /// Moderates.
    Moderator,
    /// Administrates.
    Admin,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 20] = [
        Self::Visitor,
        Self::Owner,
        Self::Partner,
        Self::Stranger,
        Self::Staff,
        Self::Employee,
        Self::Volunteer,
        Self::OtherStaff,
        Self::Key,
        Self::KeyPetsRead,
        Self::KeyPetsWrite,
        Self::KeyImportsWrite,
        Self::KeyMatchesRead,
        Self::KeyWebhooksManage,
        Self::KeyConnectorsManage,
        Self::OtherKey,
        Self::RevokedKey,
        Self::ExpiredKey,
        Self::Moderator,
        Self::Admin,
    ];

    /// Those whose answers the rows state; those of the others are in the written table alone.
    pub fn is_stated(self) -> bool {
        matches!(
            self,
            Self::Visitor
                | Self::Owner
                | Self::Partner
                | Self::Stranger
                | Self::Staff
                | Self::OtherStaff
                | Self::Key
                | Self::Moderator
                | Self::Admin
        )
    }

    /// The scopes of a key.
    fn scopes(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Key | Self::OtherKey | Self::RevokedKey | Self::ExpiredKey => Some(&SCOPES),
            Self::KeyPetsRead => Some(&["pets:read"]),
            Self::KeyPetsWrite => Some(&["pets:write"]),
            Self::KeyImportsWrite => Some(&["imports:write"]),
            Self::KeyMatchesRead => Some(&["matches:read"]),
            Self::KeyWebhooksManage => Some(&["webhooks:manage"]),
            Self::KeyConnectorsManage => Some(&["connectors:manage"]),
            _ => None,
        }
    }
}

/// A server with everybody on it.
pub struct Cast {
    pub app: TestApp,
    pub owner: Actor,
    pub partner: Actor,
    stranger: Actor,
    pub staff: Actor,
    other_staff: Actor,
    moderator: Actor,
    pub admin: Actor,
    employee: Actor,
    volunteer: Actor,
    keys: BTreeMap<Who, Bearer>,
    /// The shelter of the town.
    pub shelter: String,
    /// The other one.
    pub other_shelter: String,
    made: Mutex<BTreeMap<&'static str, Value>>,
    places: AtomicU32,
}

/// Whoever it is at the moment.
pub struct Somebody(Option<String>);

impl Caller for Somebody {
    fn authorization(&self) -> Option<String> {
        self.0.clone()
    }
}

impl Cast {
    /// Everybody registers, shelters are verified, a key is made.
    pub async fn assemble() -> Self {
        let app = TestApp::new().await;
        let (staff, other_staff) = (app.verified("staff").await, app.verified("other-staff").await);
        let admin = app.admin("admin").await;
        let shelter = shelter(&app, &admin, &staff).await;
        let other_shelter = self::shelter(&app, &admin, &other_staff).await;
        let (employee, volunteer) = (app.verified("employee").await, app.verified("volunteer").await);
        employ(&app, &staff, &shelter, &employee, "STAFF").await;
        employ(&app, &staff, &shelter, &volunteer, "VOLUNTEER").await;
        let mut keys = BTreeMap::new();
        for (who, scopes) in Who::ALL.into_iter().filter_map(|who| Some((who, who.scopes()?))) {
            let (admin, shelter) = match who {
                Who::OtherKey => (&other_staff, &other_shelter),
                _ => (&staff, &shelter),
            };
            let made = self::key(&app, admin, shelter, scopes).await["createApiKey"].take();
            let end = match who {
                Who::RevokedKey => Some("revoked_at"),
                Who::ExpiredKey => Some("expires_at"),
                _ => None,
            };
            if let Some(end) = end {
                let id: ApiKeyId = made["apiKey"]["id"].as_str().unwrap().parse().unwrap();
                let sql = format!("UPDATE api_keys SET {end} = 1 WHERE id = $1");
                app.execute(&sql, [id.0.into()]).await;
            }
            keys.insert(who, Bearer(made["secret"].as_str().unwrap().to_owned()));
        }
        app.run_work().await;
        Self {
            owner: app.verified("owner").await,
            partner: app.verified("partner").await,
            stranger: app.verified("stranger").await,
            moderator: app.moderator("moderator").await,
            keys,
            employee,
            volunteer,
            staff,
            other_staff,
            admin,
            shelter,
            other_shelter,
            app,
            made: Mutex::default(),
            places: AtomicU32::new(0),
        }
    }

    /// Makes it when it is asked for the first time; for what nobody can spoil for the next.
    pub async fn once(&self, name: &'static str, make: impl AsyncFnOnce() -> Value) -> Value {
        let mut made = self.made.lock().await;
        if !made.contains_key(name) {
            made.insert(name, make().await);
        }
        made[name].clone()
    }

    /// A latitude around which nothing happened yet.
    pub fn new_place(&self) -> f64 {
        25.0 + 0.6 * f64::from(self.places.fetch_add(1, Ordering::SeqCst))
    }

    /// The account of a member.
    pub fn actor(&self, who: Who) -> Option<&Actor> {
        match who {
            Who::Visitor
            | Who::Key
            | Who::KeyPetsRead
            | Who::KeyPetsWrite
            | Who::KeyImportsWrite
            | Who::KeyMatchesRead
            | Who::KeyWebhooksManage
            | Who::KeyConnectorsManage
            | Who::OtherKey
            | Who::RevokedKey
            | Who::ExpiredKey => None,
            Who::Owner => Some(&self.owner),
            Who::Partner => Some(&self.partner),
            Who::Stranger => Some(&self.stranger),
            Who::Staff => Some(&self.staff),
            Who::Employee => Some(&self.employee),
            Who::Volunteer => Some(&self.volunteer),
            Who::OtherStaff => Some(&self.other_staff),
            Who::Moderator => Some(&self.moderator),
            Who::Admin => Some(&self.admin),
        }
    }

    /// As a caller.
    pub fn caller(&self, who: Who) -> Somebody {
        match self.keys.get(&who) {
            Some(key) => Somebody(key.authorization()),
            None => Somebody(self.actor(who).and_then(Caller::authorization)),
        }
    }

    /// The same on another device, for what ends a log-in.
    pub async fn caller_elsewhere(&self, who: Who) -> Somebody {
        match self.actor(who) {
            Some(actor) => Somebody(self.app.log_in_again(actor).await.authorization()),
            None => self.caller(who),
        }
    }

    /// What `node(id)` gives: `seen`, `null`, or the code of an error.
    pub async fn found(&self, who: Who, id: &str) -> String {
        let query = "query($id: ID!) { node(id: $id) { __typename id } }";
        let answer = self.app.run(&self.caller(who), query, json!({ "id": id })).await;
        match (codes(&answer).pop(), answer.data()["node"]["id"].as_str()) {
            (Some(code), _) => code,
            (None, Some(found)) => {
                assert_eq!(found, id);
                "seen".to_owned()
            }
            (None, None) => "null".to_owned(),
        }
    }

    /// Why somebody gets no socket, if their credentials are no longer good.
    pub async fn refusal(&self, who: Who) -> Option<String> {
        if !matches!(who, Who::RevokedKey | Who::ExpiredKey) {
            return None;
        }
        codes(&self.app.run(&self.caller(who), "{ epoch }", json!({})).await).pop()
    }

    /// Forgets what a member has used up of a limit: everybody meets a thing of their own, and all of them are more than
    /// one member may make.
    pub async fn relax(&self, limit: &str, whom: &Actor) {
        let limits = domain::limits();
        let limit = limits.iter().find(|known| known.name == limit).unwrap();
        self.app.deps.forget(limit, whom.id.as_str()).await;
    }
}

/// A verified shelter that this member runs.
async fn shelter(app: &TestApp, admin: &Actor, founder: &Actor) -> String {
    let register = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) {
        shelter { id } userErrors { field code message } } }";
    let input = json!({ "name": "Happy Tails", "type": "SHELTER", "location": { "postalCode": "78701" } });
    let data = app.ok(founder, register, json!({ "input": input })).await;
    let id = data["registerShelter"]["shelter"]["id"].as_str().unwrap().to_owned();
    let verify =
        "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) { userErrors { field code message } } }";
    app.ok(admin, verify, json!({ "id": id })).await;
    id
}

/// A new key of that shelter: the payload of `createApiKey`.
pub async fn key(app: &TestApp, staff: &Actor, shelter: &str, scopes: &[&str]) -> Value {
    let create = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
        apiKey { id } secret userErrors { field code message } } }";
    let input = json!({ "shelterId": shelter, "name": "kennel software", "scopes": scopes });
    app.ok(staff, create, json!({ "input": input })).await
}
