//! The HTTP client below, which does as little as possible by itself, and the words for what goes wrong in it.

use std::{error::Error, io, time::Duration};

use reqwest::{
    Client,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue},
    redirect, retry,
};

use super::{
    error::OutboundError,
    lookup::{CheckedLookup, PrivateName},
};
use crate::ports::BoxError;

/// For a connection, with TLS. Those that take longer rarely come at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection is kept for the next photo of the same shelter.
const IDLE: Duration = Duration::from_secs(10);
/// Most headers of an answer; they have a dozen or two. All together they have at most 400 KiB, which is a limit of hyper.
const MOST_HEADERS: usize = 100;

/// A client that connects only to what the lookup gives it.
pub fn client(lookup: CheckedLookup, user_agent: &str) -> reqwest::Result<Client> {
    // The client needs a process-wide cryptography provider. If one is already installed, it stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // What is sent packed would have a size that is known only afterwards. Nothing here unpacks it, either.
    let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
    Client::builder()
        .user_agent(user_agent)
        .default_headers(headers)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .no_proxy()
        .referer(false)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .dns_resolver(lookup)
        .http1_only()
        .http1_max_headers(MOST_HEADERS)
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE)
        .build()
}

/// What went wrong, without the address.
pub fn failure(error: reqwest::Error) -> OutboundError {
    let error = error.without_url();
    if caused_by(&error, |cause| cause.is::<PrivateName>()) {
        return OutboundError::Private;
    }
    let (is_name, is_connection) = (error.is_dns(), error.is_connect());
    let is_tls = caused_by(&error, |cause| cause.is::<rustls::Error>());
    let is_no_http = caused_by(&error, |cause| cause.downcast_ref().is_some_and(hyper::Error::is_parse));
    let error: BoxError = error.into();
    match () {
        () if is_name => OutboundError::UnknownName(error),
        () if is_tls => OutboundError::Insecure(error),
        () if is_connection => OutboundError::Unreachable(error),
        () if is_no_http => OutboundError::Unreadable(error),
        () => OutboundError::BrokenOff(error),
    }
}

/// Whether the error, or one below it, is such.
fn caused_by(error: &(dyn Error + 'static), is_such: impl Fn(&(dyn Error + 'static)) -> bool) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if is_such(error) {
            return true;
        }
        // An error of input and output tells of the cause of what it holds, not of what it holds.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match held {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    false
}
