//! Has the provider say who somebody is.

use entity::sign_in_attempt;

use super::{attempt, store::provider};
use crate::{
    deps::Deps,
    domain::accounts::audit::audit,
    kernel::{Error, FieldCode, Result, text, viewer::Origin},
    ports::identity_provider::{CodeExchange, IdentityProvider, ProvedIdentity, ProviderError},
};

/// Where providers send people back to.
pub fn redirect_uri(deps: &Deps) -> String {
    format!("{}/sign-in/finish", deps.app_url)
}

/// Who it is. The code is exchanged once; what the provider said then is kept with the attempt.
pub async fn prove(
    deps: &Deps,
    origin: &Origin,
    attempt: &sign_in_attempt::Model,
    code: &str,
) -> Result<ProvedIdentity> {
    attempt::check_length("code", code)?;
    if let Some(proved) = attempt::proof(deps, attempt)? {
        return Ok(proved);
    }
    let provider = provider(deps, &attempt.provider).ok_or_else(attempt::over)?;
    let code_verifier = attempt::verifier(deps, attempt)?;
    attempt::claim(deps, attempt.id).await?;
    let exchange = CodeExchange {
        code,
        redirect_uri: &redirect_uri(deps),
        nonce: &attempt.nonce,
        code_verifier: &code_verifier,
    };
    match provider.identify(exchange, deps.clock.now()).await {
        Ok(mut proved) => {
            proved.email = proved.email.and_then(|email| text::email("email", &email).ok());
            proved.email_verified &= proved.email.is_some();
            attempt::keep(deps, attempt.id, &proved).await?;
            Ok(proved)
        }
        Err(error @ ProviderError::Away(_)) => {
            attempt::release(deps, attempt.id).await?;
            Err(away(provider, &error))
        }
        // The claim is not given back, so the attempt is used up as its code is.
        Err(error @ ProviderError::Spent(_)) => Err(away(provider, &error)),
        Err(error @ ProviderError::Refused(_)) => {
            let refusal = away(provider, &error);
            let address = Some(origin.address.to_string());
            deps.write(async |tx| audit(deps, tx, "visitor".to_owned(), "log_in_failed", None, address).await)
                .await?;
            Err(refusal)
        }
    }
}

/// What people are told of a provider that did not help; why, is for the log.
pub fn away(provider: &dyn IdentityProvider, error: &ProviderError) -> Error {
    let name = provider.name();
    match error {
        ProviderError::Away(cause) => {
            tracing::warn!(provider.id = provider.id(), error = %told(&**cause), "an identity provider cannot be reached");
            Error::NotNow(format!("{name} cannot be reached now: try again in a moment").into())
        }
        ProviderError::Spent(cause) => {
            tracing::warn!(provider.id = provider.id(), error = %told(&**cause), "an identity provider did not finish a sign-in");
            let message = format!("{name} could not confirm just now who you are: start again");
            Error::field("code", FieldCode::Invalid, message)
        }
        ProviderError::Refused(cause) => {
            tracing::warn!(provider.id = provider.id(), error = %told(&**cause), "an identity provider's answer was not taken");
            let message = format!("{name} did not confirm who you are: start again");
            Error::field("code", FieldCode::Invalid, message)
        }
    }
}

/// An error with all its causes.
fn told(error: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words.push_str(": ");
        words.push_str(&next.to_string());
        cause = next.source();
    }
    words
}
