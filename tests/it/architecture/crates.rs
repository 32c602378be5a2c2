//! The crates below `crates/` are pure: no database, network, runtime or clock among their dependencies.

use std::{fs, path::Path};

/// Everything a pure crate may depend on, besides the other pure crates.
const PURE: &[&str] = &[
    "calamine",
    "chrono",
    "chrono-tz",
    "encoding_rs",
    "entity",
    "fastrand",
    "geo",
    "hashbrown",
    "hmac",
    "libm",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
    "unicode-normalization",
    "uuid",
    "zip",
];

#[test]
fn pure_crates_depend_on_pure_crates_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.is_empty());
    for name in &names {
        let manifest = fs::read_to_string(folder.join(name).join("Cargo.toml")).unwrap();
        for dependency in dependencies(&manifest) {
            assert!(
                PURE.contains(&dependency) || names.iter().any(|name| name == dependency),
                "{name} depends on {dependency}"
            );
        }
    }
}

/// The names listed under `[dependencies]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let (_, after) = manifest.split_once("[dependencies]\n").unwrap_or_default();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty()))
}

#[test]
fn a_dependency_is_found() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\ntokio = \"1\"\nuuid.workspace = true\n\n[dev-dependencies]\nsea-orm = \"2\"\n";
    assert_eq!(dependencies(manifest).collect::<Vec<_>>(), ["tokio", "uuid"]);
}
