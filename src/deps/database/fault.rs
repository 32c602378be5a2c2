//! Classifies database errors by what they say about the state of the database.

use std::{borrow::Cow, sync::Arc};

use sea_orm::{DbErr, RuntimeErr};

use crate::kernel::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match is_away(&error) {
            true => Self::Unavailable(Arc::new(error)),
            false => Self::Internal(Arc::new(error)),
        }
    }
}

/// SQLite primary result codes (the lowest byte): transaction aborted (4), locked by somebody else (5, 6), out of
/// memory (7), read-only (8), I/O error (10), disk full (13), cannot open (14), locking protocol failed (15).
const SQLITE_AWAY: [u32; 9] = [4, 5, 6, 7, 8, 10, 13, 14, 15];
/// SQLite codes of errors that block writes but not reads.
const SQLITE_REFUSES_WRITES: [u32; 4] = [8, 10, 13, 14];
/// PostgreSQL codes of errors that block writes but not reads: disk full, read-only server, I/O error.
const POSTGRES_REFUSES_WRITES: [&str; 3] = ["53100", "25006", "58030"];

/// Whether the database or the connection to it is at fault, rather than the statement.
fn is_away(error: &DbErr) -> bool {
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

/// Whether the database answers but cannot be written to, for example because its disk is full.
pub(super) fn refuses_writes(error: &DbErr) -> bool {
    let fault = match error {
        // A missing SQLite file. With PostgreSQL this kind of error never has that cause.
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

/// SQLite codes are short numbers; PostgreSQL codes always have five characters.
fn sqlite(code: &str) -> Option<u32> {
    let number = (code.len() < 5).then(|| code.parse::<u32>().ok());
    number.flatten().map(|code| code & 0xff)
}

/// PostgreSQL codes (appendix A of its manual): broken connection, too few resources, shutdown, idle transaction ended,
/// lock timeout, read-only server, I/O error.
fn says_away(code: &str) -> bool {
    if let Some(code) = sqlite(code) {
        return SQLITE_AWAY.contains(&code);
    }
    let is_class = |class: &&str| code.starts_with(*class);
    ["08", "53", "57P"].iter().any(is_class) || ["25P03", "55P03", "25006", "58030"].contains(&code)
}
