//! Runs a Node script with the packages of `tests`.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use crate::support::{LIMIT, Scratch, until};

/// A running script; killed when it is dropped.
pub struct Script {
    child: Child,
    folder: Scratch,
}

impl Script {
    /// Starts these files, the first of them, with that server in `SERVER`.
    pub fn start(files: &[(&str, &str)], server: &str, arguments: &[&str]) -> Self {
        let folder = Scratch::new();
        std::os::unix::fs::symlink(packages(), folder.path().join("node_modules")).unwrap();
        for (name, code) in files {
            std::fs::write(folder.path().join(name), code).unwrap();
        }
        let output = |name| File::create(folder.path().join(name)).unwrap();
        let child = Command::new("node")
            .arg(files[0].0)
            .args(arguments)
            .current_dir(folder.path())
            .env("SERVER", server)
            .stdin(Stdio::null())
            .stdout(output("stdout"))
            .stderr(output("stderr"))
            .spawn()
            .expect("Node is needed");
        Self { child, folder }
    }

    /// Waits until it has said so many lines, and gives all that it has said.
    pub async fn said(&mut self, count: usize) -> Vec<String> {
        until(LIMIT, "the script says more", async || {
            let ended = self.child.try_wait().unwrap();
            let said = self.lines().len();
            assert!(
                ended.is_none() || count <= said,
                "it ended with {ended:?}: {}",
                self.read("stderr")
            );
            count <= said
        })
        .await;
        self.lines()
    }

    fn lines(&self) -> Vec<String> {
        let said = self.read("stdout");
        let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole.lines().map(str::to_owned).collect()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The one piece of JavaScript in a document.
pub fn shown_in(document: &str) -> String {
    piece_in(document, "js")
}

/// The one piece in that language in a document.
pub fn piece_in(document: &str, language: &str) -> String {
    let text = std::fs::read_to_string(root().join(document)).unwrap();
    let begin = format!("```{language}\n");
    let mut pieces = text.split(&begin).skip(1);
    let piece = pieces.next().and_then(|piece| piece.split_once("```")).unwrap().0;
    assert!(pieces.next().is_none(), "{document} shows several");
    piece.to_owned()
}

/// What stands first in a document between these.
pub fn shown_between(document: &str, begin: &str, end: &str) -> String {
    let text = std::fs::read_to_string(root().join(document)).unwrap();
    let (_, rest) = text.split_once(begin).unwrap();
    rest.split_once(end).unwrap().0.to_owned()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the packages, which are installed if they are not there.
fn packages() -> &'static Path {
    static PACKAGES: OnceLock<PathBuf> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let made = Command::new("make")
            .args(["--silent", "tests/node_modules/.package-lock.json"])
            .current_dir(root())
            .status();
        assert!(
            made.is_ok_and(|made| made.success()),
            "npm did not install tests/node_modules"
        );
        root().join("tests/node_modules")
    })
}
