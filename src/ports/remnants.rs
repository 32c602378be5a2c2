//! Incomplete files left by a process that was killed.

use std::{
    fs, io,
    ops::AddAssign,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use entity::Timestamp;

/// Result of a sweep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Number of files or objects.
    pub files: u64,
    /// Their total size.
    pub bytes: u64,
}

impl AddAssign for Swept {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
    }
}

/// Removes the files in a folder and its subfolders whose names match and which were last written before that time.
pub(super) async fn remove(folder: PathBuf, is_remnant: fn(&str) -> bool, before: Timestamp) -> io::Result<Swept> {
    let before = UNIX_EPOCH + Duration::from_millis(u64::try_from(before.0).unwrap_or(0));
    let work = tokio::task::spawn_blocking(move || {
        let mut swept = Swept::default();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in entries(&folder)? {
                let entry = entry?;
                // A file may vanish while it is examined: then there is nothing left to do.
                let Ok(about) = entry.metadata() else { continue };
                if about.is_dir() {
                    folders.push(entry.path());
                } else if is_remnant(&entry.file_name().to_string_lossy())
                    && about.modified()? < before
                    && fs::remove_file(entry.path()).is_ok()
                {
                    swept += Swept {
                        files: 1,
                        bytes: about.len(),
                    };
                }
            }
        }
        Ok(swept)
    });
    work.await.map_err(io::Error::other)?
}

/// The entries of a folder; empty if the folder does not exist.
fn entries(folder: &Path) -> io::Result<Vec<io::Result<fs::DirEntry>>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
