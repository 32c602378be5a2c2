//! Errors of the transport's own, in the shape that clients get.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use super::{OverBudget, Refused};

/// The closed set of error codes that clients may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// Something else about the request is wrong.
    BadUserInput,
    /// The document with that hash is not remembered: send it along.
    PersistedQueryNotFound,
    /// There is no trusted document of that name.
    PersistedQueryNotInList,
    /// Only trusted documents are taken: name one.
    PersistedQueryIdRequired,
    /// The credentials are wrong.
    Unauthenticated,
    /// Not allowed.
    Forbidden,
    /// Not there.
    NotFound,
    /// Changed meanwhile.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// The body or the document is too long.
    DocumentTooLarge,
    /// Nested too deep.
    QueryTooDeep,
    /// Asks for too much.
    QueryTooComplex,
    /// Too many aliases.
    TooManyAliases,
    /// Too many directives.
    TooManyDirectives,
    /// Took too long.
    Timeout,
    /// A stream cannot go on from that point.
    ResumeUnavailable,
    /// Not now.
    Unavailable,
    /// Our fault.
    Internal,
}

impl Code {
    const ALL: [Self; 20] = [
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::BadUserInput,
        Self::PersistedQueryNotFound,
        Self::PersistedQueryNotInList,
        Self::PersistedQueryIdRequired,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::RateLimited,
        Self::DocumentTooLarge,
        Self::QueryTooDeep,
        Self::QueryTooComplex,
        Self::TooManyAliases,
        Self::TooManyDirectives,
        Self::Timeout,
        Self::ResumeUnavailable,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code as clients see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryNotInList => "PERSISTED_QUERY_NOT_IN_LIST",
            Self::PersistedQueryIdRequired => "PERSISTED_QUERY_ID_REQUIRED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::RateLimited => "RATE_LIMITED",
            Self::DocumentTooLarge => "DOCUMENT_TOO_LARGE",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyDirectives => "TOO_MANY_DIRECTIVES",
            Self::Timeout => "TIMEOUT",
            Self::ResumeUnavailable => "RESUME_UNAVAILABLE",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }

    /// The code with that text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// One error of an answer: what is wrong, where in the document, and facts a client can act on.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What kind of error.
    pub code: Code,
    /// One sentence for the client's developer.
    pub message: String,
    /// Line and column in the document, from 1.
    pub location: Option<(usize, usize)>,
    /// Further entries of `extensions`.
    pub details: Vec<(&'static str, Value)>,
}

impl Problem {
    /// An error without location or details. Long messages (they may quote input) are cut.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let mut message = message.into();
        message.truncate(message.floor_char_boundary(300));
        Self {
            code,
            message,
            location: None,
            details: Vec::new(),
        }
    }

    /// The request asks for `value` where `limit` is the most; `what` names the limit, in the plural.
    pub fn over(code: Code, what: &str, limit: u64, value: u64) -> Self {
        Self::new(code, format!("{value} {what} exceed the limit of {limit}"))
            .with("limit", limit)
            .with("value", value)
    }

    /// The same, with a further entry in `extensions`.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    /// The same, at a line and column of the document.
    pub fn at(mut self, location: Option<(usize, usize)>) -> Self {
        self.location = location;
        self
    }

    /// Our fault; the id finds the entry in the log.
    pub fn internal(request_id: &str) -> Self {
        Self::new(Code::Internal, "Internal server error").with("requestId", request_id)
    }
}

impl From<&Refused> for Problem {
    fn from(refused: &Refused) -> Self {
        match refused {
            Refused::Unauthenticated(message) => Self::new(Code::Unauthenticated, message),
            Refused::RateLimited { after, what, .. } => {
                let seconds = whole_seconds(*after);
                let message = format!("{what}: try again in {seconds} seconds");
                Self::new(Code::RateLimited, message).with("retryAfter", seconds)
            }
            Refused::Unavailable => Self::new(Code::Unavailable, "the service is not available right now"),
        }
    }
}

impl From<&OverBudget> for Problem {
    fn from(refused: &OverBudget) -> Self {
        let seconds = whole_seconds(refused.after);
        let message = format!("{}: try again in {seconds} seconds, or ask for less", refused.message);
        Self::new(Code::RateLimited, message).with("retryAfter", seconds)
    }
}

/// Seconds, rounded up, at least one: what `Retry-After` holds.
pub fn whole_seconds(duration: std::time::Duration) -> u64 {
    let part = u64::from(0 < duration.subsec_nanos());
    (duration.as_secs() + part).max(1)
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Location {
            line: usize,
            column: usize,
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("message", &self.message)?;
        if let Some((line, column)) = self.location {
            map.serialize_entry("locations", &[Location { line, column }])?;
        }
        map.serialize_entry("extensions", &Extensions(self))?;
        map.end()
    }
}

struct Extensions<'a>(&'a Problem);

impl Serialize for Extensions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.0.details.len()))?;
        map.serialize_entry("code", self.0.code.as_str())?;
        for (name, value) in &self.0.details {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
