//! A provider of OpenID Connect, found by discovery at the first use.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::Timestamp;
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, JsonWebKeySet, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse, UserInfoError,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use tokio::sync::Mutex;
use url::Url;

use super::{
    AuthorizationRequest, CodeExchange, IdentityProvider, ProvedIdentity, ProviderError, http_client::HttpClient,
};
use crate::ports::BoxError;

/// How long what discovery found is kept.
const KEPT_FOR: Duration = Duration::from_secs(60 * 60);
/// How long a provider that could not be reached is left alone.
const PAUSE: Duration = Duration::from_secs(5);
/// Time between two looks for new keys, which anybody can cause with a token that names one.
const BETWEEN_KEYS: Duration = Duration::from_secs(60);

/// Signatures by private keys of the provider. None with a shared secret, and not "none".
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Result<T> = std::result::Result<T, ProviderError>;

type DiscoveredClient =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A provider and how it knows us.
pub struct OpenIdSettings {
    /// Our name of it.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its address, letter by letter as its tokens say it.
    pub issuer: String,
    /// The name under which it knows us.
    pub client_id: String,
    /// The password under which it knows us, if it gave one.
    pub client_secret: Option<String>,
}

/// A provider of OpenID Connect.
pub struct OpenIdProvider {
    id: String,
    name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<ClientSecret>,
    http: HttpClient,
    /// Locked while it is asked, so that many sign-ins ask once.
    known: Mutex<Known>,
}

/// What is known of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<(CoreProviderMetadata, Timestamp)>,
    failed_at: Option<Timestamp>,
    keys_looked_up_at: Option<Timestamp>,
}

impl OpenIdProvider {
    /// Checks the settings without making a request.
    pub fn new(settings: OpenIdSettings) -> std::result::Result<Self, BoxError> {
        let issuer = IssuerUrl::new(settings.issuer)?;
        let http = HttpClient::new(issuer.url())?;
        if !http.may_go_to(issuer.url()) {
            return Err("the issuer must begin with https://".into());
        }
        Ok(Self {
            id: settings.id,
            name: settings.name,
            issuer,
            client_id: ClientId::new(settings.client_id),
            client_secret: settings.client_secret.map(ClientSecret::new),
            http,
            known: Mutex::default(),
        })
    }

    async fn metadata(&self, now: Timestamp) -> Result<CoreProviderMetadata> {
        let mut known = self.known.lock().await;
        if let Some((metadata, found_at)) = &known.metadata
            && now < found_at.plus(KEPT_FOR)
        {
            return Ok(metadata.clone());
        }
        if known.failed_at.is_some_and(|failed_at| now < failed_at.plus(PAUSE)) {
            return Err(ProviderError::Away("it could not be reached a moment ago".into()));
        }
        match self.discovered().await {
            Ok(metadata) => {
                known.metadata = Some((metadata.clone(), now));
                known.failed_at = None;
                Ok(metadata)
            }
            Err(error) => {
                known.failed_at = Some(now);
                Err(error)
            }
        }
    }

    async fn discovered(&self) -> Result<CoreProviderMetadata> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = found.map_err(away)?;
        let endpoints = [
            Some(metadata.authorization_endpoint().url()),
            metadata.token_endpoint().map(|endpoint| endpoint.url()),
            metadata.userinfo_endpoint().map(|endpoint| endpoint.url()),
        ];
        let is_unfit = |url: &&Url| !self.http.may_go_to(url);
        let unfit = endpoints.into_iter().flatten().find(is_unfit).map(Url::to_string);
        if let Some(url) = unfit {
            let words = format!("it names {url}, which is no address over TLS");
            return Err(ProviderError::Away(words.into()));
        }
        Ok(metadata)
    }

    /// The provider with the keys that it has now; `None` if they were looked up a moment ago.
    async fn with_new_keys(&self, now: Timestamp) -> Result<Option<CoreProviderMetadata>> {
        let mut known = self.known.lock().await;
        if known
            .keys_looked_up_at
            .is_some_and(|time| now < time.plus(BETWEEN_KEYS))
        {
            return Ok(None);
        }
        let Some((metadata, found_at)) = known.metadata.clone() else {
            return Ok(None);
        };
        known.keys_looked_up_at = Some(now);
        let keys = JsonWebKeySet::fetch_async(metadata.jwks_uri(), &self.http).await;
        let metadata = metadata.set_jwks(keys.map_err(away)?);
        known.metadata = Some((metadata.clone(), found_at));
        Ok(Some(metadata))
    }

    fn client(&self, metadata: CoreProviderMetadata, redirect_uri: &str) -> Result<DiscoveredClient> {
        let methods = metadata.token_endpoint_auth_methods_supported();
        // Basic is what holds if a provider says nothing.
        let knows_basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth_type = match knows_basic {
            true => AuthType::BasicAuth,
            false => AuthType::RequestBody,
        };
        let redirect = RedirectUrl::new(redirect_uri.to_owned()).map_err(away)?;
        let client = CoreClient::from_provider_metadata(metadata, self.client_id.clone(), self.client_secret.clone());
        Ok(client.set_auth_type(auth_type).set_redirect_uri(redirect))
    }

    async fn exchanged(&self, client: &DiscoveredClient, exchange: &CodeExchange<'_>) -> Result<CoreTokenResponse> {
        let code = AuthorizationCode::new(exchange.code.to_owned());
        let request = client.exchange_code(code).map_err(away)?;
        let verifier = PkceCodeVerifier::new(exchange.code_verifier.to_owned());
        let answer = request.set_pkce_verifier(verifier).request_async(&self.http).await;
        answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => ProviderError::Refused(refusal.to_string().into()),
            other => away(other),
        })
    }

    /// What the token says, once it is checked: signature, issuer, audience, times and nonce. Keys that are not known are
    /// looked up.
    async fn checked(
        &self,
        token: &CoreIdToken,
        metadata: &CoreProviderMetadata,
        exchange: &CodeExchange<'_>,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims> {
        let nonce = Nonce::new(exchange.nonce.to_owned());
        let time: DateTime<Utc> = now.to_utc();
        let claims = |metadata: &CoreProviderMetadata| {
            let verifier = self.verifier(metadata).set_time_fn(move || time);
            token.claims(&verifier, &nonce).cloned()
        };
        match claims(metadata) {
            Ok(claims) => Ok(claims),
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let newer = self.with_new_keys(now).await?;
                claims(newer.as_ref().unwrap_or(metadata)).map_err(refused)
            }
            Err(error) => Err(refused(error)),
        }
    }

    /// For a public client, even where we have a secret: with a secret, the library would take signatures made with it.
    fn verifier(&self, metadata: &CoreProviderMetadata) -> CoreIdTokenVerifier<'static> {
        let (client_id, issuer) = (self.client_id.clone(), self.issuer.clone());
        CoreIdTokenVerifier::new_public_client(client_id, issuer, metadata.jwks().clone()).set_allowed_algs(ALGORITHMS)
    }

    /// What the provider tells besides the token, for those whose tokens have no address.
    async fn user_info(
        &self,
        client: &DiscoveredClient,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<CoreUserInfoClaims>> {
        let subject = Some(claims.subject().clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), subject) else {
            return Ok(None);
        };
        let answer = request.request_async(&self.http).await;
        answer.map(Some).map_err(|error| match error {
            UserInfoError::ClaimsVerification(fault) => refused(fault),
            other => away(other),
        })
    }
}

#[async_trait::async_trait]
impl IdentityProvider for OpenIdProvider {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn issuer(&self) -> &str {
        &self.issuer
    }

    async fn authorization_url(&self, request: AuthorizationRequest<'_>, now: Timestamp) -> Result<String> {
        let client = self.client(self.metadata(now).await?, request.redirect_uri)?;
        let verifier = PkceCodeVerifier::new(request.code_verifier.to_owned());
        let (state, nonce) = (request.state.to_owned(), request.nonce.to_owned());
        let (url, ..): (Url, CsrfToken, Nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    async fn identify(&self, exchange: CodeExchange<'_>, now: Timestamp) -> Result<ProvedIdentity> {
        let metadata = self.metadata(now).await?;
        let client = self.client(metadata.clone(), exchange.redirect_uri)?;
        let tokens = self.exchanged(&client, &exchange).await?;
        let Some(token) = tokens.id_token() else {
            return Err(ProviderError::Refused("there is no token that says who it is".into()));
        };
        let claims = self.checked(token, &metadata, &exchange, now).await?;
        let mut proved = ProvedIdentity {
            issuer: self.issuer.to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified() == Some(true),
            name: first(claims.name()).or_else(|| first(claims.given_name())),
        };
        if proved.email.is_none()
            && let Some(info) = self.user_info(&client, &tokens, &claims).await?
        {
            proved.email = info.email().map(|email| email.to_string());
            proved.email_verified = info.email_verified() == Some(true);
            let name = first(info.name()).or_else(|| first(info.given_name()));
            proved.name = proved.name.or(name);
        }
        Ok(proved)
    }
}

/// A name in the first language in which it is given.
fn first<T: std::ops::Deref<Target = String>>(claim: Option<&openidconnect::LocalizedClaim<T>>) -> Option<String> {
    let (_, name) = claim?.iter().next()?;
    Some(name.to_string())
}

fn away(error: impl std::error::Error + Send + Sync + 'static) -> ProviderError {
    ProviderError::Away(error.into())
}

fn refused(error: ClaimsVerificationError) -> ProviderError {
    ProviderError::Refused(error.into())
}
