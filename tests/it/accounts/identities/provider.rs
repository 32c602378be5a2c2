//! A provider of OpenID Connect that checks what it is sent, and whose tokens can be wrong in every way.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use finding_sweetie::config::IdentityProvider;
use hmac::{Hmac, KeyInit, Mac};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use url::Url;

pub const CLIENT_ID: &str = "finding sweetie";
pub const CLIENT_SECRET: &str = "a secret: of 100% & more";

/// How the next tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// As they should be, with the published key.
    Good,
    /// By another key that has the same name.
    ByAnotherKey,
    /// Not at all: `alg: none`.
    None,
    /// With the client's secret: HS256.
    ByClientSecret,
    /// With the public key as a secret: HS256.
    ByPublicKey,
}

/// What one of its addresses does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Takes the request and never answers.
    Hangs,
    /// Answers 503.
    Fails,
}

struct Key {
    name: String,
    pair: EcdsaKeyPair,
}

impl Key {
    fn new(name: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
        let name = name.to_owned();
        Self { name, pair }
    }

    fn public(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name,
            "x": Base64UrlUnpadded::encode_string(&point[1..33]), "y": Base64UrlUnpadded::encode_string(&point[33..]),
        })
    }
}

/// What somebody was sent with, and who they are, by the code that they were given.
struct Grant {
    claims: Value,
    challenge: String,
    nonce: String,
    redirect_uri: String,
}

struct Inside {
    url: String,
    key: Key,
    /// Whether the key is on the list.
    is_published: bool,
    claims: Value,
    user_info: Option<Value>,
    signature: Signature,
    grants: HashMap<String, Grant>,
    is_down: bool,
    trouble: Option<(&'static str, Trouble)>,
    refusal: Option<&'static str>,
    endpoints: Value,
    has_secret: bool,
    asked: Vec<&'static str>,
}

type Shared = Arc<Mutex<Inside>>;

/// The provider.
pub struct Provider {
    pub url: String,
    inside: Shared,
}

impl Provider {
    /// A provider on a port of its own, where Ann has an account.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside {
            url: url.clone(),
            key: Key::new("first"),
            is_published: true,
            claims: json!({ "sub": "ann at the provider", "email": "Ann@Example.org", "email_verified": true, "name": "Ann Example" }),
            user_info: None,
            signature: Signature::Good,
            grants: HashMap::new(),
            is_down: false,
            trouble: None,
            refusal: None,
            endpoints: json!({}),
            has_secret: true,
            asked: Vec::new(),
        };
        let inside = Arc::new(Mutex::new(inside));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(user_info))
            .layer(middleware::from_fn_with_state(inside.clone(), or_down))
            .with_state(inside.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { url, inside }
    }

    /// As the settings name it.
    pub fn settings(&self) -> IdentityProvider {
        IdentityProvider {
            id: "example".to_owned(),
            name: "Example".to_owned(),
            issuer: self.url.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Some(CLIENT_SECRET.to_owned()),
        }
    }

    /// As the settings name it for a client without a secret.
    pub fn settings_of_a_public_client(&self) -> IdentityProvider {
        self.inside.lock().unwrap().has_secret = false;
        IdentityProvider {
            client_secret: None,
            ..self.settings()
        }
    }

    /// What the tokens of people who agree from now on say besides the usual; null leaves a claim out.
    pub fn says(&self, claims: Value) {
        let mut inside = self.inside.lock().unwrap();
        for (name, value) in claims.as_object().unwrap() {
            inside.claims[name] = value.clone();
        }
    }

    /// What it tells besides the token.
    pub fn tells(&self, user_info: Value) {
        self.inside.lock().unwrap().user_info = Some(user_info);
    }

    /// How the next tokens are signed.
    pub fn signs(&self, signature: Signature) {
        self.inside.lock().unwrap().signature = signature;
    }

    /// Takes another key; until it is published, the list is empty.
    pub fn rotates(&self, name: &str, is_published: bool) {
        let mut inside = self.inside.lock().unwrap();
        (inside.key, inside.is_published) = (Key::new(name), is_published);
    }

    /// Puts the key on the list.
    pub fn publishes(&self) {
        self.inside.lock().unwrap().is_published = true;
    }

    /// Answers nothing but 503, or answers again.
    pub fn is_down(&self, is_down: bool) {
        self.inside.lock().unwrap().is_down = is_down;
    }

    /// One of its addresses is in trouble from now on, and no other.
    pub fn is_in_trouble(&self, path: &'static str, trouble: Trouble) {
        self.inside.lock().unwrap().trouble = Some((path, trouble));
    }

    /// Answers everywhere again.
    pub fn is_well(&self) {
        self.inside.lock().unwrap().trouble = None;
    }

    /// Refuses codes with this error.
    pub fn refuses(&self, error: &'static str) {
        self.inside.lock().unwrap().refusal = Some(error);
    }

    /// Names other endpoints.
    pub fn names(&self, endpoints: Value) {
        self.inside.lock().unwrap().endpoints = endpoints;
    }

    /// How often it was asked there.
    pub fn asked(&self, what: &str) -> usize {
        let inside = self.inside.lock().unwrap();
        inside.asked.iter().filter(|asked| **asked == what).count()
    }

    /// What the person's browser does there: the state and the code with which it comes back.
    pub fn consent(&self, url: &str) -> (String, String) {
        let url = Url::parse(url).unwrap();
        let given: HashMap<String, String> = url.query_pairs().into_owned().collect();
        let mut inside = self.inside.lock().unwrap();
        assert!(url.as_str().starts_with(&format!("{}/authorize?", inside.url)), "{url}");
        assert_eq!(
            (given["client_id"].as_str(), given["response_type"].as_str()),
            (CLIENT_ID, "code")
        );
        assert_eq!(given["scope"], "openid email profile");
        assert_eq!(given["code_challenge_method"], "S256");
        assert!(32 <= given["state"].len() && 32 <= given["nonce"].len() && given["state"] != given["nonce"]);
        let grant = Grant {
            claims: inside.claims.clone(),
            challenge: given["code_challenge"].clone(),
            nonce: given["nonce"].clone(),
            redirect_uri: given["redirect_uri"].clone(),
        };
        let code = format!("code {}", inside.grants.len() + inside.asked.len());
        inside.grants.insert(code.clone(), grant);
        (given["state"].clone(), code)
    }
}

async fn or_down(State(inside): State<Shared>, request: Request, next: Next) -> Response {
    let trouble = inside.lock().unwrap().trouble_at(request.uri().path());
    match trouble {
        Some(Trouble::Hangs) => std::future::pending().await,
        Some(Trouble::Fails) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        None => next.run(request).await,
    }
}

async fn discovery(State(inside): State<Shared>) -> Json<Value> {
    let mut inside = inside.lock().unwrap();
    inside.asked.push("discovery");
    let at = |path: &str| format!("{}{path}", inside.url);
    let mut document = json!({
        "issuer": inside.url, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"), "userinfo_endpoint": at("/me"), "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
    });
    for (name, value) in inside.endpoints.as_object().unwrap() {
        document[name] = value.clone();
    }
    Json(document)
}

async fn keys(State(inside): State<Shared>) -> Json<Value> {
    let mut inside = inside.lock().unwrap();
    inside.asked.push("keys");
    let keys: Vec<Value> = inside.is_published.then(|| inside.key.public()).into_iter().collect();
    Json(json!({ "keys": keys }))
}

async fn user_info(State(inside): State<Shared>, headers: HeaderMap) -> Response {
    let mut inside = inside.lock().unwrap();
    inside.asked.push("user info");
    assert_eq!(headers["authorization"], "Bearer an access token");
    match &inside.user_info {
        Some(told) => Json(told.clone()).into_response(),
        None => Json(json!({ "sub": inside.claims["sub"] })).into_response(),
    }
}

async fn token(
    State(inside): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut inside = inside.lock().unwrap();
    inside.asked.push("token");
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    if let Some(error) = inside.refusal {
        return refused(error);
    }
    let is_client = match inside.has_secret {
        true => headers
            .get("authorization")
            .is_some_and(|value| value == basic().as_str()),
        false => form.get("client_id").is_some_and(|id| id == CLIENT_ID) && !headers.contains_key("authorization"),
    };
    if !is_client {
        return refused("invalid_client");
    }
    let Some(grant) = inside.grants.remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = Base64UrlUnpadded::encode_string(&Sha256::digest(form["code_verifier"].as_bytes()));
    let is_right = (form["grant_type"].as_str(), &form["redirect_uri"], challenge)
        == ("authorization_code", &grant.redirect_uri, grant.challenge.clone());
    if !is_right {
        return refused("invalid_grant");
    }
    let token = inside.token(&grant);
    Json(json!({ "access_token": "an access token", "token_type": "Bearer", "id_token": token })).into_response()
}

/// RFC 6749 has both parts encoded as in forms.
fn basic() -> String {
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let both = format!("{}:{}", encoded(CLIENT_ID), encoded(CLIENT_SECRET));
    format!("Basic {}", Base64::encode_string(both.as_bytes()))
}

impl Inside {
    /// Notes a request that is not answered as it should be.
    fn trouble_at(&mut self, path: &str) -> Option<Trouble> {
        if self.is_down {
            return Some(Trouble::Fails);
        }
        let (_, trouble) = self.trouble.filter(|(at, _)| *at == path)?;
        self.asked.push("in vain");
        Some(trouble)
    }

    fn token(&self, grant: &Grant) -> String {
        // Of the clock of the tests: from their beginning until long after it.
        let mut claims = json!({
            "iss": self.url, "aud": CLIENT_ID, "nonce": grant.nonce, "iat": 1_780_300_000_u32, "exp": 4_000_000_000_u32,
        });
        for (name, value) in grant.claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let alg = match self.signature {
            Signature::Good | Signature::ByAnotherKey => "ES256",
            Signature::None => "none",
            Signature::ByClientSecret | Signature::ByPublicKey => "HS256",
        };
        let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        let head = json!({ "alg": alg, "typ": "JWT", "kid": self.key.name });
        let signed = format!("{}.{}", part(&head), part(&claims));
        let signature = self.sign(signed.as_bytes());
        format!("{signed}.{}", Base64UrlUnpadded::encode_string(&signature))
    }

    fn sign(&self, signed: &[u8]) -> Vec<u8> {
        let by = |key: &Key| key.pair.sign(&SystemRandom::new(), signed).unwrap().as_ref().to_vec();
        let with = |secret: &[u8]| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(signed);
            mac.finalize().into_bytes().to_vec()
        };
        match self.signature {
            Signature::Good => by(&self.key),
            Signature::ByAnotherKey => by(&Key::new("another")),
            Signature::None => Vec::new(),
            Signature::ByClientSecret => with(CLIENT_SECRET.as_bytes()),
            Signature::ByPublicKey => with(self.key.pair.public_key().as_ref()),
        }
    }
}
