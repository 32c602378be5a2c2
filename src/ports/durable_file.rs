//! Small files that are there as a whole or not at all, also after a power cut.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};

use entity::Timestamp;

use super::remnants::{self, Swept};

/// Writes `<directory>/<name>`, replacing what was there; makes the directory if need be. A crash leaves the old file
/// or the new one, and at worst a hidden `.tmp` beside it.
pub(super) async fn write(directory: PathBuf, name: String, bytes: Vec<u8>) -> io::Result<()> {
    tokio::task::spawn_blocking(move || write_now(directory, &name, &bytes))
        .await
        .map_err(io::Error::other)?
}

fn write_now(directory: PathBuf, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(&directory)?;
    let half_written = directory.join(format!(".{name}.{:016x}.tmp", rand::random::<u64>()));
    let outcome = write_and_sync(&half_written, bytes)
        .and_then(|()| fs::rename(&half_written, directory.join(name)))
        .and_then(|()| File::open(&directory)?.sync_all());
    if outcome.is_err() {
        // What failed before is the news; a left-over file is not.
        let _ = fs::remove_file(&half_written);
    }
    outcome
}

fn write_and_sync(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Removes what [`write`] has left half-written in a folder since before that time.
pub(super) async fn sweep(directory: PathBuf, before: Timestamp) -> io::Result<Swept> {
    let is_half_written = |name: &str| name.starts_with('.') && name.ends_with(".tmp");
    remnants::remove(directory, is_half_written, before).await
}

/// Refuses an id that could not be the name of a file: only 1 to 100 ASCII letters, digits, `_` and `-` are one.
pub(super) fn check_id(id: &str) -> io::Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if (1..=100).contains(&id.len()) && id.bytes().all(is_plain) {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the id is not a plain name",
        ))
    }
}
