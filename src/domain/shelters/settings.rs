//! Settings for shelters.

use phonenumber::country;

/// Settings for shelters.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The country assumed for phone numbers without a country code.
    pub country: Option<country::Id>,
}
