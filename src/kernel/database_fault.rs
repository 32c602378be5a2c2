//! What an error of the database says about the database.

use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr};

/// Codes of SQLite, in their lowest byte: locked by somebody else (5, 6), out of memory (7), read-only (8), a fault of the
/// disk (10), full (13), not to be opened (14), locks that fail (15), and a statement that was ended because its
/// transaction was (4).
const SQLITE_AWAY: [u32; 9] = [4, 5, 6, 7, 8, 10, 13, 14, 15];
/// Those that fail writes and leave reading alone.
const SQLITE_REFUSES_WRITES: [u32; 4] = [8, 10, 13, 14];
/// The same of PostgreSQL: disk full, a server that only reads, a fault of the disk.
const POSTGRES_REFUSES_WRITES: [&str; 3] = ["53100", "25006", "58030"];

/// Whether the fault is that the database, or the way to it, is away: not that of the statement.
pub(super) fn is_away(error: &DbErr) -> bool {
    let Some(fault) = fault(error) else {
        return matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    };
    match fault {
        sqlx::Error::Database(_) => code(fault).is_some_and(|code| says_away(&code)),
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => true,
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Whether the database is there and cannot be written to, as when its disk is full.
pub fn refuses_writes(error: &DbErr) -> bool {
    let fault = match error {
        // A file that is not in its place: of PostgreSQL, this error has no such cause.
        DbErr::Conn(RuntimeErr::SqlxError(fault)) => Some(&**fault),
        _ => fault(error),
    };
    match fault {
        Some(sqlx::Error::Io(error)) => error.kind() == std::io::ErrorKind::NotFound,
        Some(fault) => code(fault).is_some_and(|code| match sqlite(&code) {
            Some(code) => SQLITE_REFUSES_WRITES.contains(&code),
            None => POSTGRES_REFUSES_WRITES.contains(&&*code),
        }),
        None => false,
    }
}

fn fault(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(fault)) | DbErr::Query(RuntimeErr::SqlxError(fault)) => Some(&**fault),
        _ => None,
    }
}

fn code(fault: &sqlx::Error) -> Option<Cow<'_, str>> {
    fault.as_database_error().and_then(|fault| fault.code())
}

/// Codes of PostgreSQL have five characters, those of SQLite are shorter numbers.
fn sqlite(code: &str) -> Option<u32> {
    let number = (code.len() < 5).then(|| code.parse::<u32>().ok());
    number.flatten().map(|code| code & 0xff)
}

/// Codes of PostgreSQL (appendix A of its manual): broken connections, too few resources, a shutdown, a transaction that
/// was ended because its node was silent, a lock that somebody holds for too long, a server that only reads, a fault of its
/// disk.
fn says_away(code: &str) -> bool {
    if let Some(code) = sqlite(code) {
        return SQLITE_AWAY.contains(&code);
    }
    let is_class = |class: &&str| code.starts_with(*class);
    ["08", "53", "57P"].iter().any(is_class) || ["25P03", "55P03", "25006", "58030"].contains(&code)
}
