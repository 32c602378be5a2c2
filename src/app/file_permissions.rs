//! File permissions: only the program's own account can read its database, photos, outboxes and secret.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::{fs::Mode, process::umask};

use super::data_lock::lock_path;

/// From now on, new files and folders are private to this account, whatever the system's default is.
pub fn make_private() {
    umask(Mode::RWXG | Mode::RWXO);
}

/// Makes existing files private: the data folder and everything of ours in it, and the database files wherever they
/// are. A folder that is already private is not searched. Files of other accounts are left alone, with a warning.
pub fn close(data_dir: &Path, database: Option<&Path>) {
    let files = database.map(files_of).unwrap_or_default();
    files.iter().for_each(|file| or_warn(file, close_one(file)));
    if !is_open(data_dir) {
        return;
    }
    for ours in ["secret", "blobs", "outbox"].map(|name| data_dir.join(name)) {
        or_warn(&ours, close_all(&ours));
    }
    or_warn(data_dir, close_one(data_dir));
}

fn or_warn(path: &Path, closed: io::Result<()>) {
    if let Err(error) = closed
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "{} may be open to other accounts of this machine", path.display());
    }
}

fn files_of(database: &Path) -> Vec<PathBuf> {
    let beside = ["", "-wal", "-shm"].map(|ending| {
        let mut path = database.as_os_str().to_owned();
        path.push(ending);
        path.into()
    });
    beside.into_iter().chain([lock_path(database)]).collect()
}

fn is_open(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

/// Makes a folder and its contents private, or a single file.
fn close_all(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        for inside in fs::read_dir(path)? {
            close_all(&inside?.path())?;
        }
    }
    close_one(path)
}

fn close_one(path: &Path) -> io::Result<()> {
    match is_open(path) {
        true => fs::set_permissions(
            path,
            Permissions::from_mode(fs::metadata(path)?.permissions().mode() & 0o700),
        ),
        false => Ok(()),
    }
}
