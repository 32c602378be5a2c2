//! A disk that can be filled and emptied.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::node::Node;

/// Where the file of a database lies.
pub struct SmallDisk {
    pub folder: PathBuf,
    is_mounted: bool,
}

impl SmallDisk {
    /// A file system of a few megabytes in memory. Where the suite may not mount one, [`SmallDisk::limited`].
    pub fn mounted(scratch: &Path) -> Self {
        let mut disk = Self::limited(scratch);
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&disk.folder);
        disk.is_mounted = mount
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        disk
    }

    /// A folder; it is "full" when the process must not make its files longer.
    pub fn limited(scratch: &Path) -> Self {
        let folder = scratch.join("small");
        fs::create_dir(&folder).unwrap();
        Self {
            folder,
            is_mounted: false,
        }
    }

    /// For the next process that uses it.
    pub fn empty(&self) {
        // Only a file system of its own has one.
        let _ = fs::remove_file(self.filler());
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }

    /// From now on the file cannot grow.
    pub fn fill(&self, node: &Node) {
        if !self.is_mounted {
            let longest = fs::read_dir(&self.folder)
                .unwrap()
                .map(|file| file.unwrap().metadata().unwrap().len());
            return limit(node, &longest.max().unwrap().to_string());
        }
        let mut filler = File::create(self.filler()).unwrap();
        while filler.write_all(&[0; 4096]).is_ok() {}
    }

    /// It can grow again.
    pub fn make_room(&self, node: &Node) {
        self.empty();
        limit(node, "unlimited");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
        }
    }
}

/// The soft limit on the size of files of a process.
fn limit(node: &Node, bytes: &str) {
    let mut command = Command::new("prlimit");
    command
        .arg(format!("--pid={}", node.id()))
        .arg(format!("--fsize={bytes}:"));
    assert!(command.status().unwrap().success());
}
