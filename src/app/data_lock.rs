//! The exclusive right of one process to serve an SQLite file.
//!
//! A server that is alone on its file relies on that: it takes over at once what the previous one left, and rings bells
//! only for itself. The operating system releases the right when the process ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Held until it is dropped.
pub struct Claim {
    /// Never read: only its lock matters.
    _file: File,
}

/// Path of the lock file: a separate file, because closing the SQLite file would release SQLite's own locks on it.
pub fn lock_path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

/// Claims the right; `None` if another process has it.
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
