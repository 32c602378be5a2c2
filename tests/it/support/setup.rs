//! What can be different in the server of a test.

use finding_sweetie::{
    config::{Config, IdentityProvider},
    kernel::secret::Secret,
};

/// Options for a test's server.
pub struct Setup {
    /// Whether workers run in the background. Otherwise jobs only run in `run_work()`.
    pub workers: bool,
    /// Changes settings before the server starts.
    pub adjust: fn(&mut Config),
    /// Base URL of a Nominatim server for looking up places.
    pub nominatim: Option<String>,
    /// Providers of OpenID Connect with whose accounts people sign in.
    pub identity_providers: Vec<IdentityProvider>,
    /// Where the server is seen from outside; its own address if nothing else is said.
    pub public_url: Option<String>,
    /// Number of bytes of disk space that stored files must leave free.
    pub kept_free: u64,
    /// The installation's secret, if it is not [`SECRET`](super::SECRET).
    pub secret: Option<Secret>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            workers: false,
            adjust: |_| {},
            nominatim: None,
            identity_providers: Vec::new(),
            public_url: None,
            kept_free: 0,
            secret: None,
        }
    }
}
