//! Files that need each other cannot be read one after the other: what they share belongs in a third.

use std::collections::BTreeMap;

use super::{
    circles::{Edges, circles},
    paths::{Named, named, outside_tests},
    sources::{Source, packages},
};

/// Files below these may use each other in circles, and why.
const MAY_CYCLE: &[(&str, &str)] = &[(
    "src/graphql/",
    "types of a graph refer to each other as their data does",
)];

/// A file uses another if its code, tests aside, names something that is defined there. Where a `mod.rs` passes a name
/// on, the file behind it is the one that is used. Not a use is:
/// - what goes up to a file around this one, such as `super::Deps`: a part may know the whole that it belongs to;
/// - what a file passes on from its own parts, by `mod part;` and `pub use part::Thing;`: it only lists them;
/// - a module named alone: what counts is what is then named in it.
#[test]
fn files_do_not_use_each_other_in_circles() {
    let mut found = Vec::new();
    for sources in packages() {
        let circles = circles(&edges(sources)).into_iter();
        found.extend(circles.map(|circle| circle.join(" -> ")));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The files of one package.
struct Files<'a>(BTreeMap<Vec<String>, File<'a>>);

/// One of them.
struct File<'a> {
    path: &'a str,
    named: Vec<Named>,
    /// What the names stand for that a `use` brings in.
    imports: BTreeMap<String, Vec<String>>,
}

fn edges(sources: &[Source]) -> Edges {
    let files = Files(
        sources
            .iter()
            .map(|source| (full(&source.module), File::new(source)))
            .collect(),
    );
    let mut edges = Edges::new();
    for (module, file) in &files.0 {
        let named = file.named.iter().filter(|named| !named.is_passed_on(module));
        let homes = named.filter_map(|named| files.home(&file.spelled_out(named), MOST_STEPS));
        let used = homes
            .filter(|home| !module.starts_with(home))
            .map(|home| files.0[home].path);
        let used = used.filter(|used| !both_may_cycle(file.path, used));
        edges.insert(file.path.to_owned(), used.map(str::to_owned).collect());
    }
    edges
}

/// How many files may pass a name on until somebody defines it.
const MOST_STEPS: usize = 8;

/// The module with `crate` in front.
fn full(module: &[String]) -> Vec<String> {
    let names = module.iter().filter(|name| *name != "lib").cloned();
    [String::from("crate")].into_iter().chain(names).collect()
}

fn both_may_cycle(user: &str, used: &str) -> bool {
    MAY_CYCLE
        .iter()
        .any(|(folder, _)| user.starts_with(folder) && used.starts_with(folder))
}

impl Named {
    fn is_passed_on(&self, module: &[String]) -> bool {
        self.is_public && self.path.starts_with(module)
    }
}

impl<'a> File<'a> {
    fn new(source: &'a Source) -> Self {
        let module = full(&source.module);
        let named = named(&outside_tests(&source.code), &module);
        let imports = named
            .iter()
            .filter_map(|named| Some((named.alias.clone()?, named.path.clone())));
        Self {
            path: &source.path,
            imports: imports.collect(),
            named,
        }
    }

    /// The path with what its first word stands for.
    fn spelled_out(&self, named: &Named) -> Vec<String> {
        match named.path.split_first() {
            Some((first, rest)) if named.alias.is_none() && self.imports.contains_key(first) => {
                self.imports[first].iter().chain(rest).cloned().collect()
            }
            _ => named.path.clone(),
        }
    }
}

impl Files<'_> {
    /// The module that defines what the path names; none if that is a module or comes from another package.
    fn home(&self, path: &[String], steps: usize) -> Option<&[String]> {
        let deepest = (1..=path.len())
            .rev()
            .find(|depth| self.0.contains_key(&path[..*depth]))?;
        // Something may be passed on by the name of the module that it is in.
        let depth = deepest.min(path.len() - 1);
        let (module, file) = self.0.get_key_value(&path[..depth])?;
        match file.imports.get(&path[depth]) {
            Some(import) if import != path => {
                let further: Vec<String> = import.iter().chain(&path[depth + 1..]).cloned().collect();
                self.home(&further, steps.checked_sub(1)?)
            }
            _ if deepest == path.len() => None,
            _ => Some(module),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(path, "src/", (*text).to_owned()))
            .collect();
        circles(&edges(&sources))
            .into_iter()
            .map(|circle| circle.join(" -> "))
            .collect()
    }

    const ROOT: (&str, &str) = ("src/lib.rs", "mod pets; mod chat;");

    #[test]
    fn a_name_leads_through_the_folder_to_the_file_behind_it() {
        let found = circles_of(&[
            ROOT,
            (
                "src/pets/mod.rs",
                "mod map; mod pin; pub use map::draw; pub use self::pin::{Pin as Needle};",
            ),
            ("src/pets/map.rs", "use super::Needle; pub fn draw(_: Needle) {}"),
            (
                "src/pets/pin.rs",
                "use crate::pets; pub struct Pin; fn show() { pets::draw(Pin) }",
            ),
        ]);

        assert_eq!(found, ["src/pets/map.rs -> src/pets/pin.rs -> src/pets/map.rs"]);
    }

    #[test]
    fn a_circle_leads_through_folders() {
        let found = circles_of(&[
            ROOT,
            (
                "src/pets/mod.rs",
                "mod pin; pub use pin::pin; pub fn show() { crate::chat::tell() }",
            ),
            ("src/pets/pin.rs", "pub fn pin() {}"),
            (
                "src/chat.rs",
                "pub fn tell() { crate::pets::pin(); crate::pets::show() }",
            ),
        ]);

        assert_eq!(found, ["src/chat.rs -> src/pets/mod.rs -> src/chat.rs"]);
    }

    #[test]
    fn a_whole_and_its_parts_are_no_circle() {
        let found = circles_of(&[
            ROOT,
            (
                "src/pets/mod.rs",
                "mod map; mod pin; pub use pin::Pin; use map::draw; pub struct Pets(Pin); fn all() { draw() }",
            ),
            ("src/pets/map.rs", "use super::{Pets, pin::Pin}; pub fn draw() {}"),
            (
                "src/pets/pin.rs",
                "pub struct Pin; #[cfg(test)] mod tests { use super::*; use super::super::map::draw; }",
            ),
        ]);

        assert_eq!(found, Vec::<String>::new());
    }
}
