//! Everybody who can ask, around one shelter and the reports of its town.

use serde_json::{Value, json};

use crate::support::{Actor, Bearer, Caller, TestApp};

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
    /// Runs another shelter, which is verified too.
    OtherStaff,
    /// A script with a key of the shelter and every scope.
    Key,
    /// Moderates.
    Moderator,
    /// Administrates.
    Admin,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 9] = [
        Self::Visitor,
        Self::Owner,
        Self::Partner,
        Self::Stranger,
        Self::Staff,
        Self::OtherStaff,
        Self::Key,
        Self::Moderator,
        Self::Admin,
    ];
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
    key: Bearer,
    /// The shelter of the town.
    pub shelter: String,
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
        self::shelter(&app, &admin, &other_staff).await;
        let key = key(&app, &staff, &shelter).await;
        app.run_work().await;
        Self {
            owner: app.verified("owner").await,
            partner: app.verified("partner").await,
            stranger: app.verified("stranger").await,
            moderator: app.moderator("moderator").await,
            key: Bearer(key["createApiKey"]["secret"].as_str().unwrap().to_owned()),
            staff,
            other_staff,
            admin,
            shelter,
            app,
        }
    }

    /// The account of a member.
    pub fn actor(&self, who: Who) -> Option<&Actor> {
        match who {
            Who::Visitor | Who::Key => None,
            Who::Owner => Some(&self.owner),
            Who::Partner => Some(&self.partner),
            Who::Stranger => Some(&self.stranger),
            Who::Staff => Some(&self.staff),
            Who::OtherStaff => Some(&self.other_staff),
            Who::Moderator => Some(&self.moderator),
            Who::Admin => Some(&self.admin),
        }
    }

    /// As a caller.
    pub fn caller(&self, who: Who) -> Somebody {
        match who {
            Who::Key => Somebody(self.key.authorization()),
            _ => Somebody(self.actor(who).and_then(Caller::authorization)),
        }
    }

    /// The same on another device, for what ends a log-in.
    pub async fn caller_elsewhere(&self, who: Who) -> Somebody {
        match self.actor(who) {
            Some(actor) => Somebody(self.app.log_in_again(actor).await.authorization()),
            None => self.caller(who),
        }
    }

    /// Whether `node(id)` gives anything.
    pub async fn sees(&self, who: Who, id: &str) -> bool {
        let query = "query($id: ID!) { node(id: $id) { __typename id } }";
        let data = self.app.ok(&self.caller(who), query, json!({ "id": id })).await;
        match data["node"]["id"].as_str() {
            Some(found) => {
                assert_eq!(found, id);
                true
            }
            None => false,
        }
    }
}

/// A verified shelter that this member runs.
async fn shelter(app: &TestApp, admin: &Actor, founder: &Actor) -> String {
    let register = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) {
        shelter { id } userErrors { field code message } } }";
    let input = json!({ "name": "Happy Tails", "type": "SHELTER", "location": { "postalCode": "78701" } });
    let data = app.ok(founder, register, json!({ "input": input })).await;
    let id = data["registerShelter"]["shelter"]["id"].as_str().unwrap().to_owned();
    let verify = "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) { userErrors { field code message } } }";
    app.ok(admin, verify, json!({ "id": id })).await;
    id
}

/// A new key of that shelter with every scope: the payload of `createApiKey`.
pub async fn key(app: &TestApp, staff: &Actor, shelter: &str) -> Value {
    let create = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
        apiKey { id } secret userErrors { field code message } } }";
    let scopes = ["pets:read", "pets:write", "imports:write"];
    let input = json!({ "shelterId": shelter, "name": "kennel software", "scopes": scopes });
    app.ok(staff, create, json!({ "input": input })).await
}
