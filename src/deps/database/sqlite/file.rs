//! The file of SQLite, which must stay where it is.
//!
//! A file that is moved or deleted under a running server goes on without its name: everything is written, nothing fails,
//! and all of it is gone with the process. So its place is looked at before every write.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    str::FromStr,
};

use sea_orm::{DbErr, RuntimeErr};
use sqlx::sqlite::SqliteConnectOptions;

/// Where a file of SQLite is.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let options = url
        .starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(url).ok());
    options.flatten().map(|options| options.get_filename().to_owned())
}

/// Knows the file that was opened from another one with its name.
#[derive(Debug, Clone)]
pub(in crate::deps::database) struct DatabaseFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl DatabaseFile {
    /// The file of that address, which was just opened.
    pub fn of(url: &str) -> io::Result<Self> {
        let path = sqlite_file(url).ok_or(io::ErrorKind::InvalidInput)?;
        let identity = identity(&path)?;
        Ok(Self { path, identity })
    }

    /// An error if there is no file with its name any more, or another one.
    pub fn is_in_its_place(&self) -> Result<(), DbErr> {
        match identity(&self.path) {
            Ok(identity) if identity == self.identity => Ok(()),
            _ => {
                let moved = format!("{} is not the file that was opened", self.path.display());
                let moved = io::Error::new(io::ErrorKind::NotFound, moved);
                Err(DbErr::Conn(RuntimeErr::SqlxError(std::sync::Arc::new(moved.into()))))
            }
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = fs::metadata(path)?;
    Ok((file.dev(), file.ino()))
}
