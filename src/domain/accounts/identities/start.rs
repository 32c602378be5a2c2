//! Begins to sign in, or to link an identity.

use super::{
    attempt::{Linker, Ticket, store},
    prove::{away, redirect_uri},
    store::provider,
};
use crate::{
    deps::Deps,
    domain::accounts::{limits::IDENTITY_STARTS, password::confirm_recent, store::require_verified},
    kernel::{Error, FieldCode, Result, Viewer, viewer::Origin},
    ports::identity_provider::AuthorizationRequest,
};

/// An attempt that waits for the person to come back from the provider.
pub struct StartedAttempt {
    /// Where the person goes now.
    pub url: String,
    /// What their browser keeps; whoever finishes must have it.
    pub secret: String,
}

/// Begins to sign in with an account at that provider.
pub async fn start_identity_sign_in(deps: &Deps, origin: &Origin, provider_id: &str) -> Result<StartedAttempt> {
    deps.limit(&IDENTITY_STARTS, origin.address).await?;
    start(deps, provider_id, None).await
}

/// Begins to link an account at that provider to the viewer's, who has logged in recently or gives the password. The address
/// must be verified.
pub async fn start_identity_link(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    provider_id: &str,
    password: Option<String>,
) -> Result<StartedAttempt> {
    let linker = linker(viewer)?;
    deps.limit(&IDENTITY_STARTS, origin.address).await?;
    require_verified(&confirm_recent(deps, viewer, origin, password).await?)?;
    start(deps, provider_id, Some(linker)).await
}

/// The member who asks, and their log-in.
pub fn linker(viewer: &Viewer) -> Result<Linker> {
    match viewer {
        Viewer::Member { id, session_id, .. } => Ok((*id, *session_id)),
        other => Err(other.require_member().err().unwrap_or(Error::Unauthenticated)),
    }
}

async fn start(deps: &Deps, provider_id: &str, linker: Option<Linker>) -> Result<StartedAttempt> {
    let provider = provider(deps, provider_id).ok_or_else(|| {
        let message = "there is no provider with this id: identityProviders lists them";
        Error::field("providerId", FieldCode::NotFound, message)
    })?;
    let ticket = Ticket::new(deps);
    let request = AuthorizationRequest {
        redirect_uri: &redirect_uri(deps),
        state: &ticket.state,
        nonce: &ticket.nonce,
        code_verifier: &ticket.verifier,
    };
    let url = provider.authorization_url(request, deps.clock.now()).await;
    let url = url.map_err(|error| away(provider, &error))?;
    store(deps, provider_id, &ticket, linker).await?;
    Ok(StartedAttempt {
        url,
        secret: ticket.secret,
    })
}
