//! Log-ins and their tokens.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{id::SessionId, session};

use crate::{
    domain::accounts,
    graphql::{context::ContextExt, node::visible, scalars::DateTime},
    kernel::{Result, Viewer},
};

/// A log-in on one device; only its member sees it.
pub struct Session(pub session::Model);

impl Session {
    /// The viewer's log-in with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let (Ok(id), Some(owner)) = (id.parse::<SessionId>(), ctx.viewer()?.member()) else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let found = accounts::find_session(deps.db.read(), owner, id, deps.clock.now()).await;
        Ok(visible(found)?.map(Self))
    }
}

/// A log-in on one device; only its member sees it.
#[Object]
impl Session {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Program and system, such as `Firefox on Windows`, as the device itself told.
    async fn device(&self) -> String {
        accounts::device(self.0.user_agent.as_deref())
    }

    /// What the device said that it is: its User-Agent header.
    async fn user_agent(&self) -> Option<&str> {
        self.0.user_agent.as_deref()
    }

    /// Network address of the log-in.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Roughly where that address was then, such as `Austin, Texas, United States`: the place of its network, which may be
    /// far off. Null if it is not known.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// When the member logged in.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When its tokens were last refreshed.
    async fn last_used_at(&self) -> DateTime {
        self.0.last_used_at.into()
    }

    /// Whether this request belongs to it.
    async fn current(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(matches!(ctx.viewer()?, Viewer::Member { session_id, .. } if *session_id == self.0.id))
    }
}

/// Tokens of a log-in. They are shown this once.
#[derive(SimpleObject)]
pub struct Tokens {
    /// Send it as `Authorization: Bearer …`, and as `authorization` in the payload of a socket's connection_init.
    access_token: String,
    /// 15 minutes after it was issued.
    access_token_expires_at: DateTime,
    /// Good for one refreshTokens; using it again later than 30 seconds, or from elsewhere, ends the log-in.
    refresh_token: String,
    /// 60 days after it was issued.
    refresh_token_expires_at: DateTime,
}

impl From<accounts::Tokens> for Tokens {
    fn from(tokens: accounts::Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            access_token_expires_at: tokens.access_token_expires_at.into(),
            refresh_token: tokens.refresh_token,
            refresh_token_expires_at: tokens.refresh_token_expires_at.into(),
        }
    }
}
