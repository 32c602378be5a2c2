//! Handles text from people: cleans it, measures it, and hides contact details in public text.

mod clean;
mod contact;
mod street;

pub use clean::{Line, Prose, email, line, optional_line, optional_prose, prose, url};
pub use contact::{Masked, mask_contacts};
pub use street::mask_addresses;
