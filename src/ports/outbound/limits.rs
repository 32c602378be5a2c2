//! What callers grant a request, and what they get.

use std::time::Duration;

use bytes::Bytes;
use url::Url;

/// What one request may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of the body that is fetched; of the answer to a `post`, 4 KiB are read whatever stands here.
    pub most_bytes: usize,
    /// For the whole exchange, over all redirects, until the last byte is there. Waiting for one's turn, a minute at most for
    /// each, does not count.
    pub timeout: Duration,
    /// Most redirects that are followed; a `post` follows none.
    pub redirects: u8,
}

/// How politely all requests together behave.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Requests to one host at the same time.
    pub at_once: usize,
    /// Least time between the starts of two requests to one host.
    pub pause: Duration,
    /// Requests to all hosts at the same time.
    pub overall: usize,
}

impl Default for Pace {
    /// Less than one browser asks of a host, which opens six connections: a shelter's site need not notice an import.
    /// Overall as much as two cores and a small memory hold, with 10 MB for each answer.
    fn default() -> Self {
        Self {
            at_once: 2,
            pause: Duration::from_millis(100),
            overall: 16,
        }
    }
}

/// What was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The body as it was sent, never unpacked.
    pub bytes: Bytes,
    /// What the server says it is; anything can stand there.
    pub content_type: Option<String>,
    /// Where it was in the end, after all redirects.
    pub url: Url,
    /// The server's name for this version of it.
    pub etag: Option<String>,
    /// When it was changed last, as the server writes it.
    pub last_modified: Option<String>,
}

/// How a server took what was posted to it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// A status from 200 to 299.
    pub status: u16,
    /// The beginning of what it said, up to 4 KiB, as text without control characters.
    pub said: String,
}
