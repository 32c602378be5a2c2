//! What an installation decides about shelters.

use phonenumber::country;

/// What an installation decides about shelters.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where a phone number is that says no country.
    pub country: Option<country::Id>,
}
