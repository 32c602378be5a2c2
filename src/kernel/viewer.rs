//! Who asks.

use entity::{
    id::{ApiKeyId, MemberId, SessionId, ShelterId},
    vocabulary::Role,
};

use super::{Error, Result};

/// What an API key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Read the shelter's animals with what is private to the staff.
    PetsRead,
    /// Report and change the shelter's animals.
    PetsWrite,
    /// Start imports and read their progress.
    ImportsWrite,
}

impl Scope {
    /// Every scope with the word that clients use.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::PetsRead, "pets:read"),
        (Self::PetsWrite, "pets:write"),
        (Self::ImportsWrite, "imports:write"),
    ];

    /// The scope of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(scope, _)| *scope)
    }
}

/// Who asks. A value of this type is proof that the token was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody in particular.
    Visitor,
    /// A logged-in member.
    Member {
        /// Which.
        id: MemberId,
        /// With what role.
        role: Role,
        /// On which log-in.
        session_id: SessionId,
    },
    /// A script with a shelter's key.
    Key {
        /// Which key.
        id: ApiKeyId,
        /// For which shelter.
        shelter_id: ShelterId,
        /// With what scopes.
        scopes: Vec<Scope>,
    },
    /// The server's own work.
    System,
}

impl Viewer {
    /// The member, if it is one.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The API key, if it is one.
    pub fn key(&self) -> Option<ApiKeyId> {
        match self {
            Self::Key { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Asks visitors to log in; everybody else passes.
    pub fn refuse_visitor(&self) -> Result<()> {
        match self {
            Self::Visitor => Err(Error::Unauthenticated),
            _ => Ok(()),
        }
    }

    /// The member, or the error that asks to log in.
    pub fn require_member(&self) -> Result<MemberId> {
        match self {
            Self::Member { id, .. } => Ok(*id),
            Self::Visitor => Err(Error::Unauthenticated),
            Self::Key { .. } | Self::System => {
                Err(Error::Forbidden("this is for members only, not for API keys".into()))
            }
        }
    }

    /// Whether the viewer is a member with at least that role, or the server itself.
    pub fn is_at_least(&self, least: Role) -> bool {
        match self {
            Self::Member { role, .. } => least <= *role,
            Self::System => true,
            Self::Visitor | Self::Key { .. } => false,
        }
    }

    /// Whether this is a key of that shelter with that scope.
    pub fn is_key_for(&self, shelter: ShelterId, scope: Scope) -> bool {
        matches!(self, Self::Key { shelter_id, scopes, .. } if *shelter_id == shelter && scopes.contains(&scope))
    }

    /// The name under which the audit log and idempotency keys know the viewer.
    pub fn actor(&self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::Member { id, .. } => id.to_string(),
            Self::Key { id, .. } => id.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}

/// Everybody alike. What is kept in memory for all holds what a visitor sees and nothing else; whoever asks it names this,
/// so that nobody takes its answer for all that a certain viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Everybody;

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Address of the client.
    pub address: std::net::IpAddr,
    /// What the client says that it is, cut to 300 characters.
    pub user_agent: Option<String>,
    /// Id of the request, for the log.
    pub request_id: String,
}
