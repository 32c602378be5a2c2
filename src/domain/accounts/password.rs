//! Passwords: Argon2id with the parameters that OWASP recommends (19 MiB, two passes, one lane).

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::kernel::{Error, FieldCode, Result};

/// Allowed length in characters (NIST SP 800-63B requires a minimum of 8 and room for long phrases).
const LENGTH: std::ops::RangeInclusive<usize> = 8..=200;

/// Each hash needs 19 MiB while it runs: only a few at once, so that many log-ins at a time do not exhaust memory.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

/// A hash that no password matches: verified if there is no account, so that timing reveals nothing.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Checks that a new password is acceptable.
pub fn check(password: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        return Err(Error::field(
            "password",
            FieldCode::TooShort,
            "password needs at least 8 characters: a phrase of several words is best",
        ));
    }
    if *LENGTH.end() < length {
        return Err(Error::field(
            "password",
            FieldCode::TooLong,
            "password has at most 200 characters",
        ));
    }
    if password.eq_ignore_ascii_case(email) {
        return Err(Error::field(
            "password",
            FieldCode::Invalid,
            "password must not be the e-mail address",
        ));
    }
    Ok(())
}

/// The hash to store for a password.
pub async fn hash(password: String) -> Result<String> {
    blocking(move || hash_now(&password)).await?
}

/// Whether a password matches the stored hash; without one, takes equally long and returns false.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    let exists = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.clone());
    let matches = blocking(move || {
        PasswordHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?;
    Ok(exists && matches)
}

fn hash_now(password: &str) -> Result<String> {
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| Error::broken(error.to_string()))?;
    Ok(hash.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}
