//! Everybody who can ask, around one shelter and the reports of its town.

use serde_json::json;

use crate::support::{Actor, Caller, TestApp};

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
    /// Moderates.
    Moderator,
    /// Administrates.
    Admin,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 6] = [Self::Visitor, Self::Owner, Self::Partner, Self::Stranger, Self::Moderator, Self::Admin];
    /// Whoever is logged in.
    pub const MEMBERS: [Self; 5] = [Self::Owner, Self::Partner, Self::Stranger, Self::Moderator, Self::Admin];
}

/// A server with everybody on it.
pub struct Cast {
    pub app: TestApp,
    pub owner: Actor,
    pub partner: Actor,
    stranger: Actor,
    moderator: Actor,
    pub admin: Actor,
}

/// Whoever it is at the moment.
pub struct Somebody(Option<String>);

impl Caller for Somebody {
    fn authorization(&self) -> Option<String> {
        self.0.clone()
    }
}

impl Cast {
    /// Everybody registers.
    pub async fn assemble() -> Self {
        let app = TestApp::new().await;
        Self {
            owner: app.verified("owner").await,
            partner: app.verified("partner").await,
            stranger: app.verified("stranger").await,
            moderator: app.moderator("moderator").await,
            admin: app.admin("admin").await,
            app,
        }
    }

    /// The account of a member.
    pub fn actor(&self, who: Who) -> Option<&Actor> {
        match who {
            Who::Visitor => None,
            Who::Owner => Some(&self.owner),
            Who::Partner => Some(&self.partner),
            Who::Stranger => Some(&self.stranger),
            Who::Moderator => Some(&self.moderator),
            Who::Admin => Some(&self.admin),
        }
    }

    /// As a caller.
    pub fn caller(&self, who: Who) -> Somebody {
        Somebody(self.actor(who).and_then(Caller::authorization))
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
