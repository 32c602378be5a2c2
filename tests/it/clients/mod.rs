//! What the documentation shows to those who write clients, run with the packages that it names.

mod persisted;
mod readme;
mod resuming;
mod script;
mod verifying;
