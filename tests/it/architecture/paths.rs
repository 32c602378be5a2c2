//! Finds in Rust code which modules of its own crate it names, without a compiler.

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
    let tokens = tokens(code);
    let mut reader = Reader {
        tokens: &tokens,
        place: 0,
        found: Vec::new(),
    };
    let mut inner: Vec<(usize, String)> = Vec::new();
    let mut depth = 0;
    while let Some(token) = reader.peek(0) {
        match token {
            "mod" if reader.peek(2) == Some("{") => inner.push((depth, reader.peek(1).unwrap_or_default().to_owned())),
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.pop_if(|(opened, _)| *opened == depth);
            }
            "crate" | "super" | "self" if reader.begins_path() => {
                let within: Vec<String> = module
                    .iter()
                    .cloned()
                    .chain(inner.iter().map(|(_, name)| name.clone()))
                    .collect();
                reader.path(within);
                continue;
            }
            _ => {}
        }
        reader.place += 1;
    }
    reader.found
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
    tokens: &'a [&'a str],
    place: usize,
    found: Vec<Vec<String>>,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.tokens.get(self.place + ahead).copied()
    }

    fn begins_path(&self) -> bool {
        let continues = 0 < self.place && self.tokens[self.place - 1] == "::";
        !continues && self.peek(1) == Some("::")
    }

    /// Reads a path that begins here in the module `within`; a tree in braces gives several.
    fn path(&mut self, within: Vec<String>) {
        let mut path = within;
        loop {
            match self.peek(0) {
                Some("crate") => path.clear(),
                Some("super") => drop(path.pop()),
                Some("self" | "*") => {}
                Some("{") => return self.tree(&path),
                Some(name) => path.push(name.to_owned()),
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
        self.found.push(path);
    }

    fn tree(&mut self, base: &[String]) {
        self.place += 1;
        while let Some(token) = self.peek(0) {
            match token {
                "}" => {
                    self.place += 1;
                    return;
                }
                "," => self.place += 1,
                "as" => self.place += 2,
                _ => self.path(base.to_vec()),
            }
        }
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
