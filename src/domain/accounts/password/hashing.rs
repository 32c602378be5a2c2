//! Passwords: Argon2id with the parameters that OWASP recommends (19 MiB, two passes, one lane). A new one is refused if it
//! would be guessed first: the 100,000 most frequent ones, the member's own names and the site's.

use std::{hint::black_box, num::NonZero, sync::LazyLock, thread::available_parallelism};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use super::{frequent::is_frequent, turns::Turns};
use crate::{
    deps::Deps,
    kernel::{Error, FieldCode, Result},
};

/// Settings for accounts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Cost of hashing a password.
    pub password_cost: Params,
}

/// Default cost of a hash, as recommended by OWASP.
pub const RECOMMENDED_COST: Params = Params::DEFAULT;

/// Allowed length in characters (NIST SP 800-63B requires a minimum of 8 and room for long phrases).
const LENGTH: std::ops::RangeInclusive<usize> = 8..=200;

const SITE: &str = "findingsweetie";

/// Most hashes at once, of 19 MiB each, however many processors there are.
const MOST_AT_ONCE: NonZero<usize> = NonZero::new(16).unwrap();

/// A hash keeps a processor busy from beginning to end. More of them at once than there are processors would each take
/// longer, and no log-in would be done sooner.
static HASHING: LazyLock<Turns> = LazyLock::new(|| {
    let processors = available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    Turns::of(processors.min(MOST_AT_ONCE))
});

/// Checks a password that is about to be set. `field` is the input's; the address and the name are its member's.
pub fn check(field: &'static str, password: &str, email: &str, display_name: &str) -> Result<()> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Error::field(
            field,
            FieldCode::TooShort,
            format!("{field} needs at least 8 characters: a phrase of several words is best"),
        ));
    }
    if *LENGTH.end() < length {
        return Err(Error::field(
            field,
            FieldCode::TooLong,
            format!("{field} has at most 200 characters"),
        ));
    }
    if is_a_name(password, email, display_name) {
        return Err(Error::field(
            field,
            FieldCode::Invalid,
            format!("{field} must not be the e-mail address or a name: choose a phrase of several words"),
        ));
    }
    if is_frequent(password) {
        return Err(Error::field(
            field,
            FieldCode::Invalid,
            "this password is among the most common ones, so it would be guessed first: choose a phrase of several words",
        ));
    }
    Ok(())
}

/// Whether a password is the member's address, what stands before its `@`, the displayed name or the site's name. Capitals
/// and what is neither letter nor digit make no difference.
fn is_a_name(password: &str, email: &str, display_name: &str) -> bool {
    let password = letters(password);
    let user = email.rsplit_once('@').map_or(email, |(user, _)| user);
    !password.is_empty()
        && [email, user, display_name, SITE]
            .into_iter()
            .any(|name| letters(name) == password)
}

fn letters(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// The stored form of a password.
pub async fn hash(deps: &Deps, password: String) -> Result<String> {
    let cost = deps.settings::<Settings>().password_cost.clone();
    HASHING.take(move || hash_now(cost, &password)).await?
}

/// Whether a password matches the stored hash. Without a stored hash it takes just as long and returns false.
pub async fn verify(deps: &Deps, password: String, stored: Option<String>) -> Result<bool> {
    let cost = deps.settings::<Settings>().password_cost.clone();
    HASHING
        .take(move || match stored {
            Some(stored) => PasswordHash::new(&stored)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()),
            None => {
                let _ = black_box(hash_now(cost, &password));
                false
            }
        })
        .await
}

fn hash_now(cost: Params, password: &str) -> Result<String> {
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password(password.as_bytes())
        .map_err(|error| Error::broken(error.to_string()))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_costs_what_owasp_recommends() {
        let hash = hash_now(RECOMMENDED_COST, "the password of ann").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
