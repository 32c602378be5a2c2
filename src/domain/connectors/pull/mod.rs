//! Fetches the animals of a shelter from its own system.
//!
//! A pull gives one document, as a person would have exported it, or nothing: if a page fails or the list changes while it is
//! read, nothing is imported, and the next pull asks for the same again. Each request is what the other side documents, no
//! faster than it allows, over `https` only, and through [`Outbound`](crate::ports::outbound::Outbound). What an error says
//! is for the staff of the shelter and contains neither a secret nor the address. What the other side marks as private is
//! dropped here, before anything is stored. Called by the runs of connectors.

mod asm3;
mod csv_https;
mod faults;
mod http;
mod pages;
mod rescue_groups;
mod run;
mod sftp;
mod shelterluv;
mod source;

pub(in crate::domain::connectors) use faults::faults;
pub(in crate::domain::connectors) use run::pull;
pub(in crate::domain::connectors) use source::{PullError, Pulled, Source, default_address};
