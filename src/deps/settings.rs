//! What an installation decides about features: each has a type of its own for that.

use std::sync::Arc;

use super::Deps;
use crate::kernel::type_map::TypeMap;

/// Settings by their types.
#[derive(Clone, Default)]
pub struct Settings(TypeMap);

impl Settings {
    /// Those of one more feature.
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
    /// If `app::settings` does not give any, which the first test that needs them finds out.
    pub fn settings<T: Send + Sync + 'static>(&self) -> Arc<T> {
        let settings = self.settings.0.get();
        settings.expect("app::settings gives every feature its own")
    }
}
