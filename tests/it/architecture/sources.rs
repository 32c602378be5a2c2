//! The files below `src`.

use std::{
    fs,
    path::{Path, PathBuf},
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

/// All of them.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.iter().map(|file| read(root, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => collect(&path, files),
            false if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            false => {}
        }
    }
}

fn read(root: &Path, file: &Path) -> Source {
    let text = fs::read_to_string(file).unwrap();
    let path = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let module = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .trim_end_matches("/mod");
    let module: Vec<String> = module.split('/').map(str::to_owned).collect();
    let code = bare(&text);
    Source {
        uses: uses(&code, &module),
        path,
        module,
        text,
        code,
    }
}
