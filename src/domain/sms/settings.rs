//! What an installation decides about text messages.

use phonenumber::country;

/// What an installation decides about text messages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Countries whose mobile phones text messages go to.
    pub countries: Vec<country::Id>,
}
