//! Text from people: cleaned, measured, and free of contact details where they do not belong.

mod clean;
mod contact;

pub use clean::{Line, Prose, email, line, optional_line, optional_prose, prose, url};
pub use contact::{Masked, mask_contacts};
