//! Small files that are either complete or absent, even after a power cut.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};

use entity::Timestamp;

use super::remnants::{self, Swept};

/// Writes `<directory>/<name>`, replacing any existing file; creates the directory if necessary. A crash leaves the old
/// or the new file, and at worst a hidden `.tmp` file beside it.
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
        // The earlier failure is what matters; a left-over file is not.
        let _ = fs::remove_file(&half_written);
    }
    outcome
}

fn write_and_sync(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Removes files in a folder that [`write`] began before that time and never finished.
pub(super) async fn sweep(directory: PathBuf, before: Timestamp) -> io::Result<Swept> {
    let is_half_written = |name: &str| name.starts_with('.') && name.ends_with(".tmp");
    remnants::remove(directory, is_half_written, before).await
}

/// Refuses an id that is unsafe as a file name; it must be 1 to 100 ASCII letters, digits, `_` and `-`.
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
