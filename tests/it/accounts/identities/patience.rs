//! A provider that takes its time, asked directly, with less patience than the server has.

use std::time::{Duration, Instant};

use entity::Timestamp;
use finding_sweetie::{
    config,
    ports::identity_provider::{
        AuthorizationRequest, CodeExchange, IdentityProvider, OpenIdProvider, OpenIdSettings, Patience, ProvedIdentity,
        ProviderError,
    },
};
use serde_json::json;

use super::provider::{Provider, Trouble};

/// As the clock of the tests shows at their beginning.
const NOW: Timestamp = Timestamp(1_780_315_200_000);
const REDIRECT_URI: &str = "https://app.example.org/sign-in/finish";
const STATE: &str = "a state that is long enough for any provider";
const NONCE: &str = "a nonce that is long enough for any provider";
const VERIFIER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// What the server knows of the provider.
fn known(provider: &Provider, patience: Patience) -> OpenIdProvider {
    let config::IdentityProvider {
        id,
        name,
        issuer,
        client_id,
        client_secret,
    } = provider.settings();
    let settings = OpenIdSettings {
        id,
        name,
        issuer,
        client_id,
        client_secret,
    };
    OpenIdProvider::new(settings).unwrap().with_patience(patience)
}

async fn begin(known: &OpenIdProvider, now: Timestamp) -> Result<String, ProviderError> {
    let request = AuthorizationRequest {
        redirect_uri: REDIRECT_URI,
        state: STATE,
        nonce: NONCE,
        code_verifier: VERIFIER,
    };
    known.authorization_url(request, now).await
}

/// A code that the provider gave.
async fn code(provider: &Provider, known: &OpenIdProvider) -> String {
    let url = begin(known, NOW).await.unwrap();
    provider.consent(&url).1
}

async fn identify(known: &OpenIdProvider, code: &str) -> Result<ProvedIdentity, ProviderError> {
    let exchange = CodeExchange {
        code,
        redirect_uri: REDIRECT_URI,
        nonce: NONCE,
        code_verifier: VERIFIER,
    };
    known.identify(exchange, NOW).await
}

#[test]
fn what_a_sign_in_needs_fits_into_the_whole_and_that_into_an_operation() {
    let Patience { discovery, keys, whole } = Patience::default();
    let token = Duration::from_secs(3);
    assert!(discovery + token + keys <= whole && whole < Duration::from_secs(9));
}

#[tokio::test]
async fn the_pause_after_a_failure_begins_at_its_end() {
    let provider = Provider::start().await;
    let discovery = Duration::from_millis(200);
    let known = known(
        &provider,
        Patience {
            discovery,
            ..Patience::default()
        },
    );
    provider.is_in_trouble("/.well-known/openid-configuration", Trouble::Hangs);

    for now in [NOW, NOW.plus(Duration::from_secs(5))] {
        let begun = begin(&known, now).await;
        assert!(matches!(begun, Err(ProviderError::Away(_))), "{begun:?}");
    }
    assert_eq!(provider.asked("in vain"), 1);

    provider.is_well();
    let known = known.with_patience(Patience::default());
    assert!(begin(&known, NOW.plus(Duration::from_secs(60))).await.is_ok());
}

/// Both at once, because each waits for the whole.
#[tokio::test]
async fn the_whole_has_an_end() {
    tokio::join!(before_the_answer(), after_it());
}

const WHOLE: Duration = Duration::from_secs(2);

fn shortly() -> Patience {
    Patience {
        whole: WHOLE,
        ..Patience::default()
    }
}

async fn before_the_answer() {
    let provider = Provider::start().await;
    let known = known(&provider, shortly());
    let code = code(&provider, &known).await;
    provider.is_in_trouble("/token", Trouble::Hangs);

    let began = Instant::now();
    let proved = identify(&known, &code).await;

    assert!(matches!(proved, Err(ProviderError::Away(_))), "{proved:?}");
    assert!(began.elapsed() < WHOLE + Duration::from_secs(1));
}

/// Who it is, is known then.
async fn after_it() {
    let provider = Provider::start().await;
    let known = known(&provider, shortly());
    provider.says(json!({ "email": null }));
    let code = code(&provider, &known).await;
    provider.is_in_trouble("/me", Trouble::Hangs);

    let proved = identify(&known, &code).await.unwrap();

    assert_eq!(proved.subject, "ann at the provider");
    assert_eq!((proved.email, proved.is_incomplete), (None, true));
}

#[tokio::test]
async fn a_code_is_spent_if_the_keys_cannot_be_had_then() {
    let provider = Provider::start().await;
    let keys = Duration::from_millis(200);
    let known = known(
        &provider,
        Patience {
            keys,
            ..Patience::default()
        },
    );
    let (first, second) = (code(&provider, &known).await, code(&provider, &known).await);
    provider.rotates("second", true);
    provider.is_in_trouble("/keys", Trouble::Hangs);

    for code in [first, second] {
        let proved = identify(&known, &code).await;
        assert!(matches!(proved, Err(ProviderError::Spent(_))), "{proved:?}");
    }
    assert_eq!(provider.asked("in vain"), 1);
}
