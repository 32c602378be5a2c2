//! Settings of the installation. Each feature has its own type for them.

use std::sync::Arc;

use super::Deps;
use crate::kernel::type_map::TypeMap;

/// Settings, keyed by type.
#[derive(Clone, Default)]
pub struct Settings(TypeMap);

impl Settings {
    /// Adds the settings of a feature.
    pub fn with<T: Send + Sync + 'static>(mut self, settings: T) -> Self {
        self.0.insert(Arc::new(settings));
        self
    }
}

impl Deps {
    /// The settings of that type.
    ///
    /// # Panics
    ///
    /// Panics if `app::settings` does not add any. The first test that needs them finds out.
    pub fn settings<T: Send + Sync + 'static>(&self) -> Arc<T> {
        let settings = self.settings.0.get();
        settings.expect("app::settings gives every feature its own")
    }
}
