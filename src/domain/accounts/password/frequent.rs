//! Passwords that are guessed first. The list is built by `scripts/passwords/build.py`, which tells its sources.

use sha2::{Digest, Sha256};

/// The beginnings of hashes of the 100,000 most frequent passwords of at least 8 characters, in small letters; sorted. One in
/// eleven million other passwords is taken for one of them.
static HASHES: &[u8] = include_bytes!("frequent.bin");

const HASH: usize = 5;

/// Whether a password is frequent, its small letters alone, or one character after the other in the order of their codes.
pub(super) fn is_frequent(password: &str) -> bool {
    is_sequence(password) || is_listed(&password.to_lowercase())
}

fn is_listed(password: &str) -> bool {
    let hash = Sha256::digest(password.as_bytes());
    let (hashes, _) = HASHES.as_chunks::<HASH>();
    hashes.binary_search_by(|listed| listed[..].cmp(&hash[..HASH])).is_ok()
}

/// `aaaaaaaa`, `abcdefgh` and `87654321`, of any length.
fn is_sequence(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|letter| i64::from(u32::from(letter))).collect();
    let mut steps = codes.windows(2).map(|pair| pair[1] - pair[0]);
    steps
        .next()
        .is_some_and(|first| first.abs() <= 1 && steps.all(|step| step == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_frequent_in_capitals_too() {
        let guessed = [
            "12345678",
            "123456789",
            "password",
            "password1",
            "Password123",
            "QWERTYUIOP",
            "iloveyou",
            "1q2w3e4r",
            "sunshine",
            "princess",
            "trustno1",
            "letmein1",
            "qwerty123",
            "football",
        ];
        for password in guessed {
            assert!(is_frequent(password), "{password}");
        }
    }

    #[test]
    fn runs_of_characters_are_frequent_however_long() {
        for password in [&"x".repeat(150), "abcdefghijklmnopqrstuvwxyz", "98765432", "αβγδεζηθ"] {
            assert!(is_frequent(password), "{password}");
        }
        assert!(!is_sequence("abcabcdefgh"));
        assert!(!is_sequence("acegikmo"));
    }

    #[test]
    fn phrases_are_not_taken_for_frequent_passwords() {
        let taken = (0..20_000).filter(|number| is_frequent(&format!("the brown dog waits at {number}")));
        assert_eq!(taken.count(), 0);
    }

    #[test]
    fn the_list_is_whole_and_sorted() {
        let (hashes, rest) = HASHES.as_chunks::<HASH>();
        assert_eq!((hashes.len(), rest.len()), (100_000, 0));
        assert!(hashes.is_sorted_by(|one, next| one < next));
    }
}
