//! Providers of OpenID Connect, which say who somebody is: Google, Keycloak and the like.
//!
//! Signing in goes in two steps: the person is sent to the provider and comes back with a code; the code is exchanged for a
//! token, which the provider has signed. Nothing that comes from a browser is believed.

mod http_client;
mod open_id;
mod patience;

use std::sync::Arc;

use entity::Timestamp;
use serde::{Deserialize, Serialize};

pub use open_id::{OpenIdProvider, OpenIdSettings};
pub use patience::Patience;

use super::BoxError;

/// All providers of the installation, in the order of its settings.
pub type IdentityProviders = Vec<Arc<dyn IdentityProvider>>;

/// Where to send somebody who wants to sign in.
pub struct AuthorizationRequest<'a> {
    /// Where the provider sends them back.
    pub redirect_uri: &'a str,
    /// What it then says besides the code.
    pub state: &'a str,
    /// What its token must repeat.
    pub nonce: &'a str,
    /// The secret of PKCE (RFC 7636); the provider gets its SHA-256 now, and the secret with the code.
    pub code_verifier: &'a str,
}

/// A code to be exchanged for a token.
pub struct CodeExchange<'a> {
    /// From the provider, by way of the browser.
    pub code: &'a str,
    /// As in the request.
    pub redirect_uri: &'a str,
    /// As in the request.
    pub nonce: &'a str,
    /// As in the request.
    pub code_verifier: &'a str,
}

/// Who somebody is, as the provider has signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedIdentity {
    /// The provider's address.
    pub issuer: String,
    /// The account there.
    pub subject: String,
    /// Its address, if the provider tells.
    pub email: Option<String>,
    /// Whether the provider says that it has verified the address.
    pub email_verified: bool,
    /// The name of the person.
    pub name: Option<String>,
    /// Whether the provider did not answer when it was asked for what its token does not say. That there is no address then
    /// says nothing.
    #[serde(default)]
    pub is_incomplete: bool,
}

/// Why a provider did not help.
#[derive(Debug)]
pub enum ProviderError {
    /// It cannot be reached, or answers what nobody understands; later the same request may succeed.
    Away(BoxError),
    /// The same after it got the code, which is good for one use: nobody can try again with it.
    Spent(BoxError),
    /// It refuses the code, or its token is not to be believed.
    Refused(BoxError),
}

/// A provider.
#[async_trait::async_trait]
pub trait IdentityProvider: Send + Sync {
    /// Our name of it.
    fn id(&self) -> &str;

    /// Its name for people.
    fn name(&self) -> &str;

    /// Its address, as its tokens say it.
    fn issuer(&self) -> &str;

    /// The address to which the person is sent.
    async fn authorization_url(
        &self,
        request: AuthorizationRequest<'_>,
        now: Timestamp,
    ) -> Result<String, ProviderError>;

    /// Exchanges a code and checks the token.
    async fn identify(&self, exchange: CodeExchange<'_>, now: Timestamp) -> Result<ProvedIdentity, ProviderError>;
}
