//! Settings for text messages.

use phonenumber::country;

/// Settings for text messages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Countries whose mobile phones text messages go to.
    pub countries: Vec<country::Id>,
}
