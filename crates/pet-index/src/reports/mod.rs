//! The reports themselves, packed to save memory.

pub mod attributes;
pub mod column;
pub mod pages;
mod pin;
mod pin_ref;
pub mod rows;
pub mod timeline;
pub mod words;

pub use pin::Pin;
pub use pin_ref::PinRef;
