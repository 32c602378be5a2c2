//! Files that a process which was killed has left half-written.

use std::{
    fs, io,
    ops::AddAssign,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use entity::Timestamp;

/// What was removed because nobody needs it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many files or objects.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
}

impl AddAssign for Swept {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
    }
}

/// Removes the files of a folder and of the folders in it that have such a name and were last written before that time.
pub(super) async fn remove(folder: PathBuf, is_remnant: fn(&str) -> bool, before: Timestamp) -> io::Result<Swept> {
    let before = UNIX_EPOCH + Duration::from_millis(u64::try_from(before.0).unwrap_or(0));
    let work = tokio::task::spawn_blocking(move || {
        let mut swept = Swept::default();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in entries(&folder)? {
                let entry = entry?;
                // A file may vanish while it is looked at: then there is nothing left to do.
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

/// What is in a folder; nothing if it was never made.
fn entries(folder: &Path) -> io::Result<Vec<io::Result<fs::DirEntry>>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
