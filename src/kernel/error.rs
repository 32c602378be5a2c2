//! The one error of the program. Its text is made for clients; the cause travels in `source` and is logged once.

use std::{borrow::Cow, sync::Arc, time::Duration};

use super::database_fault;

/// A cause that never reaches a client.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// What every use case answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nobody is logged in, or the token is not good any more.
    #[error("log in first: send a valid access token or API key as \"Authorization: Bearer …\"")]
    Unauthenticated,
    /// The caller may know that it exists but may not do this.
    #[error("you may not do that: {0}")]
    Forbidden(Cow<'static, str>),
    /// There is no such thing, or the caller may not know of it; the word is its kind.
    #[error("there is no such {0}, or you may not see it")]
    NotFound(&'static str),
    /// The input can be corrected by the user.
    #[error("some fields are not valid")]
    Invalid(Vec<FieldError>),
    /// The request itself is wrong, such as an impossible page or a foreign cursor.
    #[error("{0}")]
    BadInput(Cow<'static, str>),
    /// Somebody or something was there first.
    #[error("{0}")]
    Conflict(Cow<'static, str>),
    /// Too often; try again after this time.
    #[error("{what}: try again in {} seconds", after.as_secs().max(1))]
    RateLimited {
        /// Which limit, with its number.
        what: Cow<'static, str>,
        /// When it makes sense to try again.
        after: Duration,
    },
    /// A stream cannot be resumed from that number.
    #[error("the stream cannot be resumed from that number: fetch the current state and subscribe without it")]
    ResumeUnavailable,
    /// Something that this needs is away.
    #[error("this is not available right now: try again in a moment")]
    Unavailable(#[source] Cause),
    /// Something that this needs is too busy or takes a pause; the text says what.
    #[error("{0}")]
    NotNow(Cow<'static, str>),
    /// A fault of ours.
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
}

impl Error {
    /// A single field error at a path below `input`.
    pub fn field(name: impl Into<String>, code: FieldCode, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(name, code, message)])
    }

    /// A fault of ours with its cause.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(cause))
    }

    /// A fault of ours that has no other cause than what the text says.
    pub fn broken(what: impl Into<String>) -> Self {
        Self::Internal(Arc::new(std::io::Error::other(what.into())))
    }

    /// The code under `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
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

/// What is wrong with one field of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path below the `input` argument, such as `["photoIds", "2"]`; empty for the whole.
    pub path: Vec<String>,
    /// The kind of fault.
    pub code: FieldCode,
    /// A sentence that names the limit and what to do.
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

/// Kinds of faults that a user can correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldCode {
    /// Missing or empty.
    Required,
    /// Not of the right form.
    Invalid,
    /// Over the greatest length.
    TooLong,
    /// Under the least length.
    TooShort,
    /// More than the greatest number.
    TooMany,
    /// Outside the range.
    OutOfRange,
    /// Somebody else has it.
    Taken,
    /// There is none, or the caller may not see it.
    NotFound,
    /// The state of things or the caller's role forbids it.
    NotAllowed,
    /// Somebody or something was there first.
    Conflict,
    /// No longer valid.
    Expired,
    /// A quota is used up.
    LimitReached,
    /// Something has to be verified first.
    Unverified,
}

/// Says which field of the input an error is about.
pub trait AtField<T> {
    /// Turns "not found" and "conflict" into a fault of the named field, and puts it in front of paths.
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

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        match database_fault::is_away(&error) {
            true => Self::Unavailable(Arc::new(error)),
            false => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
