//! Mutated inputs for everything that reads what strangers send. Not only must nothing panic or hang: what is accepted has
//! to keep the promises of its reader.
//!
//! `make test` sends a few hundred inputs to each target, always the same. `make fuzz TARGET=guard SECONDS=600` sends new
//! ones for that long, prints its seed, and writes an input that breaks a promise to `target/fuzz/`; CONTRIBUTING.md says
//! more.

mod guard;
mod hunt;
mod imports;
mod microchips;
pub mod mutation;
mod phones;
mod photos;
mod signatures;
