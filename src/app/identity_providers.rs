//! The providers of OpenID Connect that the settings name.

use std::sync::Arc;

use crate::{
    config::{self, Config},
    ports::identity_provider::{IdentityProvider, IdentityProviders, OpenIdProvider, OpenIdSettings},
};

/// All of them. None is asked anything yet, so one that is away keeps no server from starting.
pub fn identity_providers(config: &Config) -> anyhow::Result<IdentityProviders> {
    let providers = config.identity_providers.iter().cloned();
    providers
        .map(
            |config::IdentityProvider {
                 id,
                 name,
                 issuer,
                 client_id,
                 client_secret,
             }| {
                let settings = OpenIdSettings {
                    id,
                    name,
                    issuer,
                    client_id,
                    client_secret,
                };
                let provider = OpenIdProvider::new(settings);
                let provider = provider.map_err(|error| anyhow::anyhow!("SWEETIE_IDENTITY_PROVIDERS: {error}"))?;
                Ok(Arc::new(provider) as Arc<dyn IdentityProvider>)
            },
        )
        .collect()
}
