//! Text from people: cleaned, measured, and free of contact details where they do not belong.

mod clean;
mod contact;
mod street;

pub use clean::{Line, Prose, email, line, optional_line, optional_prose, prose, url};
pub use contact::{Masked, mask_contacts};
pub use street::mask_addresses;
