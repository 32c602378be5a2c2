//! Connections: how many there may be, how slow they may be, and whose they are.

mod connection_limit;
mod drain;
mod forwarded;
pub mod listener;
mod pace;
mod peer;
mod room;

pub use connection_limit::{AddressConnectionLimit, AddressConnectionPermit, ConnectionLimit, ConnectionPermit};
pub use drain::drain;
pub use forwarded::forwarded;
pub use listener::{SILENCE, listen};
pub use pace::{is_too_slow, paced};
pub use peer::address_of;
pub use room::{OpenFile, Room};
