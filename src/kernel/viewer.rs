//! The caller of a request and its origin.

use entity::{
    id::{ApiKeyId, MemberId, SessionId, ShelterId},
    vocabulary::Role,
};

use super::{Error, Result};

/// Permissions of an API key, at its shelter only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Read the shelter's animals, including fields that only its staff may see, and its dashboard.
    PetsRead,
    /// Report, change and close the shelter's animals, and upload their photos.
    PetsWrite,
    /// Upload files, start and cancel imports, and read their progress.
    ImportsWrite,
    /// Read the matches of the shelter's animals.
    MatchesRead,
    /// Manage the shelter's webhooks, and read what was delivered to them.
    WebhooksManage,
    /// Manage the shelter's connectors, and see what they did.
    ConnectorsManage,
}

impl Scope {
    /// Every scope with its public name.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::PetsRead, "pets:read"),
        (Self::PetsWrite, "pets:write"),
        (Self::ImportsWrite, "imports:write"),
        (Self::MatchesRead, "matches:read"),
        (Self::WebhooksManage, "webhooks:manage"),
        (Self::ConnectorsManage, "connectors:manage"),
    ];

    /// Looks up a scope by its public name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(scope, _)| *scope)
    }
}

/// The authenticated caller. A value of this type proves that the token was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Not logged in.
    Visitor,
    /// A logged-in member.
    Member {
        /// Id of the member.
        id: MemberId,
        /// Role at the time the token was checked.
        role: Role,
        /// Session of the log-in.
        session_id: SessionId,
    },
    /// A script that uses a shelter's API key.
    Key {
        /// Id of the API key.
        id: ApiKeyId,
        /// The shelter the key belongs to.
        shelter_id: ShelterId,
        /// Permissions of the key.
        scopes: Vec<Scope>,
    },
    /// The server's own work.
    System,
}

impl Viewer {
    /// The member's id, if the caller is a member.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The key's id, if the caller uses an API key.
    pub fn key(&self) -> Option<ApiKeyId> {
        match self {
            Self::Key { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Refuses visitors with the error that asks to log in.
    pub fn refuse_visitor(&self) -> Result<()> {
        match self {
            Self::Visitor => Err(Error::Unauthenticated),
            _ => Ok(()),
        }
    }

    /// The member's id, or the error that asks to log in.
    pub fn require_member(&self) -> Result<MemberId> {
        match self {
            Self::Member { id, .. } => Ok(*id),
            Self::Visitor => Err(Error::Unauthenticated),
            Self::Key { .. } | Self::System => {
                Err(Error::Forbidden("this is for members only, not for API keys".into()))
            }
        }
    }

    /// Whether the caller is a member with at least this role, or the server itself.
    pub fn is_at_least(&self, least: Role) -> bool {
        match self {
            Self::Member { role, .. } => least <= *role,
            Self::System => true,
            Self::Visitor | Self::Key { .. } => false,
        }
    }

    /// Refuses everybody below this role: visitors with the error that asks to log in, others with that reason.
    pub fn require_role(&self, least: Role, refusal: &'static str) -> Result<()> {
        self.refuse_visitor()?;
        match self.is_at_least(least) {
            true => Ok(()),
            false => Err(Error::Forbidden(refusal.into())),
        }
    }

    /// Whether the caller uses a key of this shelter that has this scope.
    pub fn is_key_for(&self, shelter: ShelterId, scope: Scope) -> bool {
        matches!(self, Self::Key { shelter_id, scopes, .. } if *shelter_id == shelter && scopes.contains(&scope))
    }

    /// The caller's name in the audit log and in idempotency keys.
    pub fn actor(&self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::Member { id, .. } => id.to_string(),
            Self::Key { id, .. } => id.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}

/// The origin of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// IP address of the client.
    pub address: std::net::IpAddr,
    /// The client's `User-Agent`, cut to 300 characters.
    pub user_agent: Option<String>,
    /// Request id, for the log.
    pub request_id: String,
}
