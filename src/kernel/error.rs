//! The program's only error type. Its text is written for clients; the cause travels in `source` and is logged once.

use std::{borrow::Cow, sync::Arc, time::Duration};

/// A cause that never reaches a client.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// The result of every use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why something was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nobody is logged in, or the token is no longer valid.
    #[error("log in first: send a valid access token or API key as \"Authorization: Bearer …\"")]
    Unauthenticated,
    /// The access token was valid once.
    #[error("this access token has expired: get a new one with refreshTokens")]
    TokenExpired,
    /// The API key was valid once.
    #[error("this API key has expired: an ADMIN of its shelter makes a new one with createApiKey")]
    KeyExpired,
    /// The caller may know that the thing exists, but may not do this to it.
    #[error("you may not do that: {0}")]
    Forbidden(Cow<'static, str>),
    /// The thing does not exist, or the caller may not know that it does. The word names its kind.
    #[error("there is no such {0}, or you may not see it")]
    NotFound(&'static str),
    /// The user can correct the input.
    #[error("some fields are not valid")]
    Invalid(Vec<FieldError>),
    /// The request itself is wrong, for example an invalid page size or a cursor of another list.
    #[error("{0}")]
    BadInput(Cow<'static, str>),
    /// Somebody or something else was first.
    #[error("{0}")]
    Conflict(Cow<'static, str>),
    /// Too many requests.
    #[error("{what}: try again in {} seconds", after.as_secs().max(1))]
    RateLimited {
        /// The limit that was exceeded, with its number.
        what: Cow<'static, str>,
        /// Time to wait before trying again.
        after: Duration,
    },
    /// A stream cannot be resumed from that number.
    #[error("the stream cannot be resumed from that number: fetch the current state and subscribe without it")]
    ResumeUnavailable,
    /// A dependency of this request cannot be reached.
    #[error("this is not available right now: try again in a moment")]
    Unavailable(#[source] Cause),
    /// A dependency is busy or deliberately paused; the text says which.
    #[error("{0}")]
    NotNow(Cow<'static, str>),
    /// A fault of the server.
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
}

impl Error {
    /// A single field error; `name` is the path below `input`.
    pub fn field(name: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(name, code, message)])
    }

    /// A server fault with its cause.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(cause))
    }

    /// A server fault with no cause other than the given text.
    pub fn broken(what: impl Into<String>) -> Self {
        Self::Internal(Arc::new(std::io::Error::other(what.into())))
    }

    /// The code that clients get as `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated | Self::TokenExpired | Self::KeyExpired => "UNAUTHENTICATED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Invalid(_) | Self::BadInput(_) => "BAD_USER_INPUT",
            Self::Conflict(_) => "CONFLICT",
            Self::RateLimited { .. } => "RATE_LIMITED",
            Self::ResumeUnavailable => "RESUME_UNAVAILABLE",
            Self::Unavailable(_) | Self::NotNow(_) => "UNAVAILABLE",
            Self::Internal(_) => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// An error in one field of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path below the `input` argument, such as `["photoIds", "2"]`; empty for the input as a whole.
    pub path: Vec<String>,
    /// The kind of fault.
    pub code: FieldCode,
    /// A sentence that names the limit and how to fix the input.
    pub message: String,
}

impl FieldError {
    /// A fault of one field.
    pub fn new(name: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self {
            path: vec![name.into()],
            code,
            message: message.into(),
        }
    }
}

/// Kinds of field errors that a user can correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldCode {
    /// Missing or empty.
    Required,
    /// Malformed.
    Invalid,
    /// Longer than allowed.
    TooLong,
    /// Shorter than allowed.
    TooShort,
    /// More items than allowed.
    TooMany,
    /// Outside the allowed range.
    OutOfRange,
    /// Already used by somebody else.
    Taken,
    /// Does not exist, or the caller may not see it.
    NotFound,
    /// Forbidden by the current state or by the caller's role.
    NotAllowed,
    /// Somebody or something else was first.
    Conflict,
    /// No longer valid.
    Expired,
    /// A quota is used up.
    LimitReached,
    /// Something has to be verified before this is possible.
    Unverified,
}

/// Attaches an error to a field of the input.
pub trait AtField<T> {
    /// Turns "not found" and "conflict" into an error of the named field, and prefixes the paths of field errors with
    /// it.
    fn at(self, field: &'static str) -> Result<T>;
}

impl<T> AtField<T> for Result<T> {
    fn at(self, field: &'static str) -> Result<T> {
        self.map_err(|error| match error {
            Error::NotFound(_) => Error::field(field, FieldCode::NotFound, error.to_string()),
            Error::Invalid(mut fields) => {
                fields
                    .iter_mut()
                    .for_each(|fault| fault.path.insert(0, field.to_owned()));
                Error::Invalid(fields)
            }
            other => other,
        })
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
