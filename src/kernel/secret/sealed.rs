//! Texts that the database keeps encrypted, with keys derived from the installation's secret.

use base64ct::{Base64, Encoding};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::keys::Secret;

/// Encrypts bytes for a purpose (ChaCha20-Poly1305, RFC 8439); only [`open`] with the same purpose and the same `about`
/// reads them. `randomness` must never be used twice: its first 12 bytes become the nonce.
pub fn seal(secret: &Secret, purpose: &str, about: &str, randomness: [u8; 32], plain: &[u8]) -> String {
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&randomness[..NONCE_LEN]);
    let mut bytes = plain.to_vec();
    key(secret, purpose)
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(about.as_bytes()),
            &mut bytes,
        )
        .expect("a short text can be encrypted");
    Base64::encode_string(&[&nonce[..], &bytes].concat())
}

/// The bytes that were encrypted, and whether that was with the present secret rather than a former one; `None` if neither
/// can read them.
pub fn open(secret: &Secret, purpose: &str, about: &str, sealed: &str) -> Option<(Vec<u8>, IsPresent)> {
    let bytes = Base64::decode_vec(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    secret.each().enumerate().find_map(|(place, secret)| {
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = sealed.to_vec();
        let plain = key(secret, purpose).open_in_place(nonce, Aad::from(about.as_bytes()), &mut bytes);
        Some((plain.ok()?.to_vec(), place == 0))
    })
}

/// Whether the present secret has encrypted something, rather than a former one.
pub type IsPresent = bool;

fn key(secret: &Secret, purpose: &str) -> LessSafeKey {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &secret.key(purpose)).expect("a derived key has 32 bytes");
    LessSafeKey::new(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(fill: u8) -> Secret {
        Secret::new(vec![fill; 32])
    }

    #[test]
    fn what_was_sealed_is_read_with_the_same_secret_purpose_and_subject_only() {
        let sealed = seal(&secret(1), "codes", "ann", [9; 32], b"plain");
        assert_eq!(
            open(&secret(1), "codes", "ann", &sealed),
            Some((b"plain".to_vec(), true))
        );
        assert_eq!(open(&secret(1), "codes", "bob", &sealed), None);
        assert_eq!(open(&secret(1), "keys", "ann", &sealed), None);
        assert_eq!(open(&secret(2), "codes", "ann", &sealed), None);
        let after_rotation = secret(2).instead_of(secret(1));
        assert_eq!(
            open(&after_rotation, "codes", "ann", &sealed),
            Some((b"plain".to_vec(), false))
        );
    }

    #[test]
    fn what_was_changed_or_cut_is_not_read() {
        let sealed = seal(&secret(1), "codes", "ann", [9; 32], b"plain");
        for wrong in [
            "",
            "====",
            "AAAA",
            &sealed[..sealed.len() - 4],
            &format!("AAAA{}", &sealed[4..]),
        ] {
            assert_eq!(open(&secret(1), "codes", "ann", wrong), None, "{wrong}");
        }
    }
}
