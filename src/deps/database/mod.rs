//! The database: connections, transactions, and what happens when it is slow or away.

mod connections;
mod fault;
mod keyset;
mod numbers;
mod settings;
mod sqlite;
mod statements;
mod timeouts;
mod writability;
mod write;

pub use connections::Database;
pub use keyset::{Direction, Keyset};
pub use numbers::{next_number_of_each, next_numbers};
pub use settings::DatabaseSettings;
pub use sqlite::{Company, sqlite_file};
pub use statements::{Inserts, containing};
pub use timeouts::Reader;
pub use writability::{Writability, try_to_write};
pub use write::{OrTaken, Tx};
