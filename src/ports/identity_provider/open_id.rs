//! A provider of OpenID Connect, found by discovery at the first use.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::Timestamp;
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, JsonWebKeySetUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse, UserInfoError,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier,
        CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use tokio::{sync::Mutex, time::Instant};
use url::Url;

use super::{
    AuthorizationRequest, CodeExchange, IdentityProvider, Patience, ProvedIdentity, ProviderError,
    http_client::HttpClient, patience::in_time,
};
use crate::ports::BoxError;

/// How long what discovery found is kept.
const KEPT_FOR: Duration = Duration::from_secs(60 * 60);
/// How long a provider that could not be reached is left alone.
const PAUSE: Duration = Duration::from_secs(5);
/// Time between two looks for new keys, which anybody can cause with a token that names one.
const BETWEEN_KEYS: Duration = Duration::from_secs(60);
/// Most characters of the name of an account (OpenID Connect Core 1.0, section 2).
const LONGEST_SUBJECT: usize = 255;

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
    patience: Patience,
    /// Locked while it is asked, so that many sign-ins ask once.
    known: Mutex<Known>,
}

/// What is known of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<(CoreProviderMetadata, Timestamp)>,
    failed_at: Option<Timestamp>,
    keys_looked_up_at: Option<Timestamp>,
    keys_failed_at: Option<Timestamp>,
}

impl OpenIdProvider {
    /// Checks the settings without making a request.
    pub fn new(settings: OpenIdSettings) -> std::result::Result<Self, BoxError> {
        let issuer = IssuerUrl::new(settings.issuer)?;
        let http = HttpClient::new(issuer.url())?;
        if !http.may_go_to(issuer.url()) {
            return Err("the issuer must begin with https://, and not be another name of this machine".into());
        }
        Ok(Self {
            id: settings.id,
            name: settings.name,
            issuer,
            client_id: ClientId::new(settings.client_id),
            client_secret: settings.client_secret.map(ClientSecret::new),
            http,
            patience: Patience::default(),
            known: Mutex::default(),
        })
    }

    /// The same, with other limits on time.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    async fn metadata(&self, now: Timestamp) -> Result<CoreProviderMetadata> {
        let mut known = self.known.lock().await;
        if let Some((metadata, found_at)) = &known.metadata
            && now < found_at.plus(KEPT_FOR)
        {
            return Ok(metadata.clone());
        }
        if is_pausing(known.failed_at, now) {
            return Err(ProviderError::Away("it could not be reached a moment ago".into()));
        }
        let began = Instant::now();
        match in_time(began + self.patience.discovery, self.discovered()).await {
            Ok(metadata) => {
                known.metadata = Some((metadata.clone(), now));
                known.failed_at = None;
                Ok(metadata)
            }
            Err(error) => {
                known.failed_at = Some(now.plus(began.elapsed()));
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

    /// The provider with the keys that it has now, or had when somebody looked a moment ago.
    async fn with_new_keys(&self, now: Timestamp) -> Result<CoreProviderMetadata> {
        let mut known = self.known.lock().await;
        let Some((metadata, found_at)) = known.metadata.clone() else {
            return Err(ProviderError::Away("it was not discovered yet".into()));
        };
        let looked_up_at = known.keys_looked_up_at;
        if looked_up_at.is_some_and(|time| now < time.plus(BETWEEN_KEYS)) {
            return Ok(metadata);
        }
        if is_pausing(known.keys_failed_at, now) {
            return Err(ProviderError::Away(
                "its keys could not be looked up a moment ago".into(),
            ));
        }
        let began = Instant::now();
        let found = in_time(began + self.patience.keys, self.keys(metadata.jwks_uri())).await;
        match found {
            Ok(keys) => {
                let metadata = metadata.set_jwks(keys);
                known.metadata = Some((metadata.clone(), found_at));
                (known.keys_looked_up_at, known.keys_failed_at) = (Some(now), None);
                Ok(metadata)
            }
            Err(error) => {
                known.keys_failed_at = Some(now.plus(began.elapsed()));
                Err(error)
            }
        }
    }

    async fn keys(&self, url: &JsonWebKeySetUrl) -> Result<CoreJsonWebKeySet> {
        CoreJsonWebKeySet::fetch_async(url, &self.http).await.map_err(away)
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

    /// What the provider gives for the code, and what it was known by then. Errors tell whether the code is spent.
    async fn exchanged(
        &self,
        exchange: &CodeExchange<'_>,
        now: Timestamp,
    ) -> Result<(CoreProviderMetadata, DiscoveredClient, CoreTokenResponse)> {
        let metadata = self.metadata(now).await?;
        let client = self.client(metadata.clone(), exchange.redirect_uri)?;
        let code = AuthorizationCode::new(exchange.code.to_owned());
        let request = client.exchange_code(code).map_err(away)?;
        let verifier = PkceCodeVerifier::new(exchange.code_verifier.to_owned());
        let answer = request.set_pkce_verifier(verifier).request_async(&self.http).await;
        let tokens = answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => ProviderError::Refused(refusal.to_string().into()),
            RequestTokenError::Request(error) if !error.is_answered() => away(error),
            other => spent(away(other)),
        })?;
        Ok((metadata, client, tokens))
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
                claims(&self.with_new_keys(now).await?).map_err(refused)
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
        let metadata = in_time(Instant::now() + self.patience.whole, self.metadata(now)).await?;
        let client = self.client(metadata, request.redirect_uri)?;
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
        let deadline = Instant::now() + self.patience.whole;
        let (metadata, client, tokens) = in_time(deadline, self.exchanged(&exchange, now)).await?;
        let Some(token) = tokens.id_token() else {
            return Err(ProviderError::Refused("there is no token that says who it is".into()));
        };
        let checked = in_time(deadline, self.checked(token, &metadata, &exchange, now)).await;
        let claims = checked.map_err(spent)?;
        if !is_subject(claims.subject()) {
            return Err(ProviderError::Refused("the name of the account is not allowed".into()));
        }
        let mut proved = ProvedIdentity {
            issuer: self.issuer.to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified() == Some(true),
            name: first(claims.name()).or_else(|| first(claims.given_name())),
            is_incomplete: false,
        };
        if proved.email.is_some() {
            return Ok(proved);
        }
        match in_time(deadline, self.user_info(&client, &tokens, &claims)).await {
            Ok(Some(info)) => {
                proved.email = info.email().map(|email| email.to_string());
                proved.email_verified = info.email_verified() == Some(true);
                let name = first(info.name()).or_else(|| first(info.given_name()));
                proved.name = proved.name.or(name);
            }
            Ok(None) => {}
            // Who it is, is proved without it.
            Err(ProviderError::Away(error) | ProviderError::Spent(error)) => {
                tracing::warn!(provider.id = self.id.as_str(), %error, "a provider tells no more than its token");
                proved.is_incomplete = true;
            }
            Err(error @ ProviderError::Refused(_)) => return Err(error),
        }
        Ok(proved)
    }
}

/// Whether something failed so short a time ago that it is not tried again.
fn is_pausing(failed_at: Option<Timestamp>, now: Timestamp) -> bool {
    failed_at.is_some_and(|failed_at| now < failed_at.plus(PAUSE))
}

/// Whether it may be the name of an account: printable ASCII characters, not too many.
fn is_subject(text: &str) -> bool {
    (1..=LONGEST_SUBJECT).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A name in the first language in which it is given.
fn first<T: std::ops::Deref<Target = String>>(claim: Option<&openidconnect::LocalizedClaim<T>>) -> Option<String> {
    let (_, name) = claim?.iter().next()?;
    Some(name.to_string())
}

fn away(error: impl std::error::Error + Send + Sync + 'static) -> ProviderError {
    ProviderError::Away(error.into())
}

/// The same error after the provider has got the code.
fn spent(error: ProviderError) -> ProviderError {
    match error {
        ProviderError::Away(cause) => ProviderError::Spent(cause),
        other => other,
    }
}

fn refused(error: ClaimsVerificationError) -> ProviderError {
    ProviderError::Refused(error.into())
}
