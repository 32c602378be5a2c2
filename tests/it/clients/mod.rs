//! What the documentation shows to those who write clients, run as it stands, with the packages that it names.

mod cookbook;
mod persisted;
mod readme;
mod resuming;
mod script;
mod verifying;
