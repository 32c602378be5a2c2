//! Why something cannot be fetched or delivered.

use std::time::Duration;

use crate::ports::BoxError;

/// Longest that a server can put us off: it could ask for a thousand years.
const LONGEST_PUT_OFF: Duration = Duration::from_secs(24 * 60 * 60);

/// No answer that is of use. The words may be shown to whoever named the address, and never contain it.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// Not an address at all.
    #[error("this is not an address on the web: write one such as https://example.org/photo.jpg")]
    NotAnAddress,
    /// More characters than an address may have.
    #[error("the address has {length} bytes; at most {most} are allowed: use a shorter one")]
    TooLong {
        /// Its length.
        length: usize,
        /// The limit.
        most: usize,
    },
    /// Neither `http` nor `https`.
    #[error("the address begins with {0}: only http: and https: are allowed")]
    Scheme(String),
    /// A name or a password in front of the host.
    #[error("the address contains a user name or a password: leave them out")]
    UserInfo,
    /// A port of some other service.
    #[error("port {0} is not allowed: use 80, 443, or one from 1024 up that browsers do not block")]
    Port(u16),
    /// A port of some other service than the one that is asked.
    #[error("port {port} is not allowed: use {own_port}, or one from 1024 up that browsers do not block")]
    ServicePort {
        /// The port.
        port: u16,
        /// The usual one of the service.
        own_port: u16,
    },
    /// Not `https`, for what only the other side may read.
    #[error("the address begins with http:, and anybody on the way could read the key or password: use https")]
    Unencrypted,
    /// An address that is not reached, or a name that stands for one.
    #[error("the address leads into a private network: use one that can be reached from everywhere")]
    Private,
    /// The name has no address.
    #[error("the name of the server cannot be found: check the address, or try again later")]
    UnknownName(#[source] BoxError),
    /// Nobody takes the connection.
    #[error("no connection to the server can be made: check the address, or try again later")]
    Unreachable(#[source] BoxError),
    /// Its certificate is not valid, or it speaks no TLS.
    #[error("no secure connection to the server can be made: check its certificate")]
    Insecure(#[source] BoxError),
    /// The connection ended before the answer did.
    #[error("the connection to the server broke off: try again later")]
    BrokenOff(#[source] BoxError),
    /// Not HTTP, or too many headers.
    #[error("the answer of the server is not valid HTTP, or its headers are too long")]
    Unreadable(#[source] BoxError),
    /// The time was over.
    #[error("the server did not answer within {}: try again later", duration(*.0))]
    Timeout(Duration),
    /// More bytes than granted.
    #[error("the answer is larger than {}", size(*.0))]
    TooLarge(usize),
    /// More redirects than granted.
    #[error("the address leads to another one more than {0} times: use the last of them")]
    TooManyRedirects(u8),
    /// A redirect that names no other address.
    #[error("the server answered {0}, but does not say which other address to use")]
    RedirectToNowhere(u16),
    /// A redirect from `https` to `http`.
    #[error(
        "the address leads from https to http, which anybody on the way could read and change: use https throughout"
    )]
    Downgrade,
    /// What is posted is not sent on to elsewhere.
    #[error("the server answered {0}, that it is elsewhere now: use the address that it leads to")]
    Moved(u16),
    /// A status that is no success.
    #[error("the server answered {status}")]
    Status {
        /// The status.
        status: u16,
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
        /// For what was posted: the beginning of what it said.
        said: String,
    },
    /// Too many others wait for this host, or for any.
    #[error("too many requests are waiting: try again later")]
    Busy,
    /// This server cannot make requests, for example because its system has no list of certificate authorities.
    #[error("this server can make no requests at the moment: tell its operator")]
    Unusable(#[source] BoxError),
}

impl OutboundError {
    /// Whether trying again is of no use until somebody changes the address or the server. Errors that may pass, or whose
    /// cause cannot be told from one that may, are not final.
    pub fn is_final(&self) -> bool {
        match self {
            Self::NotAnAddress
            | Self::TooLong { .. }
            | Self::Scheme(_)
            | Self::UserInfo
            | Self::Port(_)
            | Self::ServicePort { .. }
            | Self::Unencrypted
            | Self::Private
            | Self::TooLarge(_)
            | Self::TooManyRedirects(_)
            | Self::RedirectToNowhere(_)
            | Self::Downgrade
            | Self::Moved(_) => true,
            Self::UnknownName(_)
            | Self::Unreachable(_)
            | Self::Insecure(_)
            | Self::BrokenOff(_)
            | Self::Unreadable(_)
            | Self::Timeout(_)
            | Self::Busy
            | Self::Unusable(_) => false,
            // Time-out, too early, too many requests (RFC 9110, 8470, 6585) pass; other faults are of the request.
            Self::Status { status, .. } => *status < 500 && !matches!(status, 408 | 425 | 429),
        }
    }

    /// When the server wants to be asked again, a day at most.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => retry_after.map(|after| after.min(LONGEST_PUT_OFF)),
            _ => None,
        }
    }
}

fn duration(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} milliseconds", duration.as_millis()),
        1 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16, retry_after: Option<u64>) -> OutboundError {
        OutboundError::Status {
            status,
            retry_after: retry_after.map(Duration::from_secs),
            said: String::new(),
        }
    }

    #[test]
    fn limits_are_told_in_units_that_people_read() {
        for (error, words) in [
            (OutboundError::TooLarge(10_000_000), "the answer is larger than 10 MB"),
            (OutboundError::TooLarge(64_000), "the answer is larger than 64 kB"),
            (OutboundError::TooLarge(10), "the answer is larger than 10 bytes"),
            (
                OutboundError::Timeout(Duration::from_secs(10)),
                "the server did not answer within 10 seconds: try again later",
            ),
            (
                OutboundError::Timeout(Duration::from_millis(50)),
                "the server did not answer within 50 milliseconds: try again later",
            ),
            (status(404, None), "the server answered 404"),
        ] {
            assert_eq!(error.to_string(), words);
        }
    }

    #[test]
    fn what_may_pass_is_not_final() {
        for (code, is_final) in [
            (304, true),
            (400, true),
            (401, true),
            (404, true),
            (410, true),
            (408, false),
            (425, false),
            (429, false),
            (500, false),
            (503, false),
        ] {
            assert_eq!(status(code, None).is_final(), is_final, "{code}");
        }
        assert!(OutboundError::Private.is_final() && !OutboundError::Busy.is_final());
    }

    #[test]
    fn nobody_puts_us_off_for_longer_than_a_day() {
        assert_eq!(status(503, Some(30)).retry_after(), Some(Duration::from_secs(30)));
        assert_eq!(status(429, Some(u64::MAX)).retry_after(), Some(LONGEST_PUT_OFF));
        assert_eq!(OutboundError::Busy.retry_after(), None);
    }
}
