//! Validates the keys of objects.

use std::io;

use object_store::path::Path;

const LONGEST: usize = 200;

/// The key as a path within the store, or [`io::ErrorKind::InvalidInput`]; a key can never point outside the store.
pub(super) fn check(key: &str) -> io::Result<Path> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "this is not the key of an object");
    if LONGEST < key.len() || !key.split('/').all(is_part) {
        return Err(refused());
    }
    Path::parse(key).map_err(|_| refused())
}

fn is_part(part: &str) -> bool {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.');
    !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_plain_relative_path() {
        for good in ["a", "photos/01h455vb/640.jpg", "exports/mem_0-1.json.gz"] {
            assert_eq!(check(good).unwrap().as_ref(), good);
        }
        let long = "a".repeat(LONGEST + 1);
        for bad in [
            "", "/a", "a/", "a//b", "..", "a/../b", ".a", "a/.b", "A", "a b", "a\\b", "a%2e", "ä", "a#1", "a\0", &long,
        ] {
            assert_eq!(check(bad).unwrap_err().kind(), io::ErrorKind::InvalidInput, "{bad:?}");
        }
    }
}
