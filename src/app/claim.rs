//! The right to serve a file of SQLite, which one process has at a time.
//!
//! A server alone on its file counts on that: it takes over at once what the one before it left, and rings bells for itself
//! only. The system takes the right back when the process ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Held until it is dropped.
pub struct Claim {
    /// Nothing reads it: its lock counts.
    _file: File,
}

/// Where the lock is: beside the file, because who closes a file of SQLite gives up SQLite's own locks on it.
pub fn lock_path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

/// The right, unless another process has it.
pub fn claim(database: &Path) -> io::Result<Option<Claim>> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(lock_path(database))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Claim { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
