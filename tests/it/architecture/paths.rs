//! Finds in Rust code which modules of its own crate it names, without a compiler.

use std::collections::BTreeSet;

/// The code without comments, strings and characters.
pub fn bare(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            'r' if !code.ends_with(is_word) => raw(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a string, with both quotes.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw string; 0 if it is none.
fn raw(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let begin = 2 + hashes;
    text[begin..]
        .find(&end)
        .map_or(text.len(), |place| begin + place + end.len())
}

/// The length of a character literal; 0 if it is a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => text[2..].find('\'').map_or(0, |end| if end == 0 { 4 } else { end + 3 }),
        (Some(_), Some((place, '\''))) => place + 1,
        _ => 0,
    }
}

/// Every path into the crate that the code of `module` names, from the crate's root.
pub fn uses(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let module: Vec<String> = ["crate"]
        .into_iter()
        .map(str::to_owned)
        .chain(module.iter().cloned())
        .collect();
    let paths = named(code, &module).into_iter().map(|named| named.path);
    let own = paths.filter(|path| path.first().is_some_and(|first| first == "crate"));
    own.map(|path| path[1..].iter().filter(|word| *word != "*").cloned().collect())
        .collect()
}

/// A path that code names.
#[derive(Debug)]
pub struct Named {
    /// From `crate` on if it is in this package, otherwise as it is written; a `*` at its end stands for everything
    /// there.
    pub path: Vec<String>,
    /// What a `use` calls it from here on.
    pub alias: Option<String>,
    /// Whether others may say that name too.
    pub is_public: bool,
}

/// Every path that the code names. `module` begins with `crate`.
pub fn named(code: &str, module: &[String]) -> Vec<Named> {
    let tokens = tokens(code);
    let declared = tokens.windows(3).filter(|of| of[0] == "mod" && of[2] == ";");
    let mut reader = Reader {
        children: declared.map(|of| of[1]).collect(),
        tokens: &tokens,
        place: 0,
        within: module.to_vec(),
        found: Vec::new(),
    };
    reader.all();
    reader.found
}

/// The code without what only its tests compile.
pub fn outside_tests(code: &str) -> String {
    let mut kept = Vec::new();
    let mut rest = tokens(code).into_iter();
    while let Some(token) = rest.next() {
        kept.push(token);
        if kept.ends_with(&["#", "[", "cfg", "(", "test", ")", "]"]) {
            kept.truncate(kept.len() - 7);
            let mut depth = 0;
            for token in rest.by_ref() {
                depth += i32::from(token == "{") - i32::from(token == "}");
                if depth == 0 && (token == ";" || token == "}") {
                    break;
                }
            }
        }
    }
    kept.join(" ")
}

/// Words, `::` and single signs.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Reader<'a> {
    /// Modules in files of their own that are declared here.
    children: BTreeSet<&'a str>,
    tokens: &'a [&'a str],
    place: usize,
    /// The module that is being read: a file or a module within it.
    within: Vec<String>,
    found: Vec<Named>,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.tokens.get(self.place + ahead).copied()
    }

    fn before(&self) -> Option<&'a str> {
        self.tokens.get(self.place.checked_sub(1)?).copied()
    }

    fn all(&mut self) {
        let mut opened = Vec::new();
        let mut depth = 0;
        while let Some(token) = self.peek(0) {
            match token {
                "mod" if self.peek(2) == Some("{") => {
                    opened.push(depth);
                    self.within.push(self.peek(1).unwrap_or_default().to_owned());
                }
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    if opened.pop_if(|opened| *opened == depth).is_some() {
                        self.within.pop();
                    }
                }
                "use" if self.peek(1) != Some("<") => {
                    let is_public = matches!(self.before(), Some("pub" | ")"));
                    self.place += 1;
                    self.tree(Vec::new(), Some(is_public));
                    continue;
                }
                _ if token.starts_with(is_word) && self.peek(1) == Some("::") && self.before() != Some("::") => {
                    self.tree(Vec::new(), None);
                    continue;
                }
                _ => {}
            }
            self.place += 1;
        }
    }

    /// Reads a path, or several in braces, that go on from `path`. Within a `use`, it matters whether that is public.
    fn tree(&mut self, mut path: Vec<&'a str>, within_use: Option<bool>) {
        loop {
            match self.peek(0) {
                Some("{") => return self.branches(&path, within_use),
                Some(word) => path.push(word),
                None => break,
            }
            self.place += 1;
            let goes_on = self
                .peek(1)
                .is_some_and(|next| next.starts_with(is_word) || next == "{" || next == "*");
            if self.peek(0) != Some("::") || !goes_on {
                break;
            }
            self.place += 1;
        }
        if 1 < path.len() && path.last() == Some(&"self") {
            path.pop();
        }
        let mut alias = path.last().copied().unwrap_or_default();
        if within_use.is_some() && self.peek(0) == Some("as") {
            alias = self.peek(1).unwrap_or_default();
            self.place += 2;
        }
        self.found.push(Named {
            path: self.absolute(&path),
            alias: within_use.map(|_| alias.to_owned()),
            is_public: within_use == Some(true),
        });
    }

    fn branches(&mut self, base: &[&'a str], within_use: Option<bool>) {
        self.place += 1;
        while let Some(token) = self.peek(0) {
            match token {
                "}" => {
                    self.place += 1;
                    return;
                }
                "," => self.place += 1,
                _ => self.tree(base.to_vec(), within_use),
            }
        }
    }

    fn absolute(&self, written: &[&str]) -> Vec<String> {
        let stays = |first: &&str| ["self", "super"].contains(first) || self.children.contains(first);
        let mut path = match written.first().is_some_and(stays) {
            true => self.within.clone(),
            false => Vec::new(),
        };
        for word in written {
            match *word {
                "self" => {}
                "super" => drop(path.pop()),
                word => path.push(word.to_owned()),
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Vec<String> {
        let module = ["domain".to_owned(), "pets".to_owned(), "store".to_owned()];
        uses(&bare(code), &module).iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn trees_are_read_to_their_leaves() {
        let code = "use crate::{deps::Deps, kernel::{self, Error as Fault, text::*}, events};";
        assert_eq!(
            found(code),
            ["deps::Deps", "kernel", "kernel::Error", "kernel::text", "events"]
        );
    }

    #[test]
    fn paths_go_up_from_where_they_are() {
        assert_eq!(
            found("use super::policy; fn a() { super::super::chat::find(); }"),
            ["domain::pets::policy", "domain::chat::find"]
        );
        assert_eq!(
            found("mod tests { use super::*; } use super::model;"),
            ["domain::pets::store", "domain::pets::model"]
        );
    }

    #[test]
    fn words_in_comments_and_strings_do_not_count() {
        let code =
            "// crate::a::b\nlet x = \"crate::a::b\"; let y = r#\"crate::a\"b::c\"#; let z = '\"'; crate::real::one()";
        assert_eq!(found(code), ["real::one"]);
    }
}
