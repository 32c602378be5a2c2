//! The files of the project.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use super::paths::{bare, uses};

/// One file.
pub struct Source {
    /// From the root of the project.
    pub path: String,
    /// The module, without `crate`.
    pub module: Vec<String>,
    /// As it is.
    pub text: String,
    /// Without comments and literals.
    pub code: String,
    /// Every path into this crate, without `crate`.
    pub uses: Vec<Vec<String>>,
}

impl Source {
    /// The file at `path`, whose package is in `folder`.
    pub fn new(path: &str, folder: &str, text: String) -> Self {
        let module = path
            .trim_start_matches(folder)
            .trim_end_matches(".rs")
            .trim_end_matches("/mod");
        let module: Vec<String> = module.split('/').map(str::to_owned).collect();
        let code = bare(&text);
        Self {
            uses: uses(&code, &module),
            path: path.to_owned(),
            module,
            text,
            code,
        }
    }

    /// Whether the code names that crate.
    pub fn names(&self, name: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(name).any(|(start, _)| {
            let before = self.code.get(..start).unwrap_or_default();
            let after = self.code.get(start + name.len()..).unwrap_or_default();
            let continues = before.ends_with(is_word) || before.trim_end().ends_with([':', '.']);
            !continues && (after.starts_with("::") || after.starts_with(';'))
        })
    }
}

/// Those of the server.
pub fn sources() -> &'static [Source] {
    packages().first().unwrap()
}

/// Those of each package of the project; the server comes first.
pub fn packages() -> &'static [Vec<Source>] {
    static PACKAGES: LazyLock<Vec<Vec<Source>>> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let crates = entries(&root.join("crates")).into_iter();
        let crates = crates.map(|folder| format!("crates/{}/src/", folder.file_name().unwrap().to_str().unwrap()));
        let others = ["src/", "entity/src/", "migration/src/"].map(str::to_owned).into_iter();
        others.chain(crates).map(|folder| read(root, &folder)).collect()
    });
    &PACKAGES
}

fn read(root: &Path, folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root.join(folder), &mut files);
    let sources = files.iter().map(|file| {
        let path = file.strip_prefix(root).unwrap().to_str().unwrap();
        Source::new(path, folder, fs::read_to_string(file).unwrap())
    });
    sources.collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        match path.is_dir() {
            true => collect(&path, files),
            false if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            false => {}
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
