//! How long people wait for a provider.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::ProviderError;

/// How long a provider may take. Discovery, one look for new keys and the request for the token, which may take as long as
/// any request, fit into the whole.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For discovery, which is two requests.
    pub discovery: Duration,
    /// For a look for new keys.
    pub keys: Duration,
    /// For all that one sign-in asks at a time. The server cuts operations off later than that.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            discovery: Duration::from_secs(3),
            keys: Duration::from_secs(2),
            whole: Duration::from_millis(8_500),
        }
    }
}

/// The outcome, or that the provider is away if it takes longer than that.
pub(super) async fn in_time<T>(
    deadline: Instant,
    work: impl Future<Output = Result<T, ProviderError>>,
) -> Result<T, ProviderError> {
    match timeout_at(deadline, work).await {
        Ok(done) => done,
        Err(late) => Err(ProviderError::Away(late.into())),
    }
}
