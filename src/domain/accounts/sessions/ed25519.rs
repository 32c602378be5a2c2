//! Ed25519 (RFC 8037) as the only algorithm of `jsonwebtoken` here. The providers that come with the library also bring RSA
//! and the other elliptic curves: some 30 crates that this program would never call. `ring` is there for TLS anyway.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature::{Error, Signer, Verifier},
};
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes this the algorithm of the process. Repeating it changes nothing.
pub fn install() {
    // Refused from the second time on.
    let _ = PROVIDER.install_default();
}

struct PrivateKey(Ed25519KeyPair);

struct PublicKey(UnparsedPublicKey<Vec<u8>>);

/// The key is its seed of 32 bytes.
fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    check(*algorithm, key.family())?;
    let pair = Ed25519KeyPair::from_seed_unchecked(key.as_bytes()).map_err(|_| ErrorKind::InvalidEddsaKey)?;
    Ok(Box::new(PrivateKey(pair)))
}

/// The key is the 32 bytes of a point.
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    check(*algorithm, key.family())?;
    let key = key.try_get_as_bytes()?.to_vec();
    Ok(Box::new(PublicKey(UnparsedPublicKey::new(&ED25519, key))))
}

fn check(algorithm: Algorithm, family: AlgorithmFamily) -> Result<()> {
    match (algorithm, family) {
        (Algorithm::EdDSA, AlgorithmFamily::Ed) => Ok(()),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

impl Signer<Vec<u8>> for PrivateKey {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl JwtSigner for PrivateKey {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

impl Verifier<Vec<u8>> for PublicKey {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.0.verify(message, signature).map_err(|_| Error::new())
    }
}

impl JwtVerifier for PublicKey {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};
    use jsonwebtoken::crypto::{sign, verify};

    use super::*;

    /// RFC 8037, appendices A.1, A.2 and A.4.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const MESSAGE: &[u8] = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    const SIGNATURE: &str = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    /// The order of the group, lowest byte first.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    fn bytes(text: &str) -> Vec<u8> {
        Base64UrlUnpadded::decode_vec(text).unwrap()
    }

    fn is_good(signature: &[u8], message: &[u8], public: &[u8]) -> bool {
        install();
        let signature = Base64UrlUnpadded::encode_string(signature);
        let key = DecodingKey::from_ed_der(public);
        verify(&signature, message, &key, Algorithm::EdDSA).unwrap()
    }

    #[test]
    fn the_example_of_the_standard_is_signed_and_verified() {
        install();
        let key = EncodingKey::from_ed_der(&bytes(SEED));
        assert_eq!(sign(MESSAGE, &key, Algorithm::EdDSA).unwrap(), SIGNATURE);
        assert!(is_good(&bytes(SIGNATURE), MESSAGE, &bytes(PUBLIC)));
    }

    #[test]
    fn a_signature_with_any_other_bit_message_or_key_is_refused() {
        let (signature, public) = (bytes(SIGNATURE), bytes(PUBLIC));
        for place in 0..signature.len() * 8 {
            let mut other = signature.clone();
            other[place / 8] ^= 1 << (place % 8);
            assert!(!is_good(&other, MESSAGE, &public), "bit {place}");
        }
        assert!(!is_good(&signature, &MESSAGE[1..], &public));
        assert!(!is_good(&signature, MESSAGE, &[1; 32]));
        for length in [0, 31, 33] {
            assert!(
                !is_good(&signature, MESSAGE, &vec![9; length]),
                "{length} bytes of a key"
            );
        }
        for length in [0, 63, 65] {
            let other: Vec<u8> = signature.iter().copied().cycle().take(length).collect();
            assert!(!is_good(&other, MESSAGE, &public), "{length} bytes of a signature");
        }
    }

    #[test]
    fn a_signature_has_one_form_only() {
        let mut other = bytes(SIGNATURE);
        let mut carry = 0;
        for (byte, order) in other[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
        }
        assert!(
            !is_good(&other, MESSAGE, &bytes(PUBLIC)),
            "the same number, once around"
        );
    }

    #[test]
    fn other_algorithms_and_keys_of_other_algorithms_are_refused() {
        install();
        let public = bytes(PUBLIC);
        let others = [
            Algorithm::HS256,
            Algorithm::HS512,
            Algorithm::ES256,
            Algorithm::RS256,
            Algorithm::PS256,
        ];
        for algorithm in others {
            let key = EncodingKey::from_ed_der(&bytes(SEED));
            assert!(sign(MESSAGE, &key, algorithm).is_err(), "{algorithm:?}");
            assert!(
                verify(SIGNATURE, MESSAGE, &DecodingKey::from_ed_der(&public), algorithm).is_err(),
                "{algorithm:?}"
            );
        }
        for key in [DecodingKey::from_secret(&public), DecodingKey::from_ec_der(&public)] {
            assert!(verify(SIGNATURE, MESSAGE, &key, Algorithm::EdDSA).is_err());
        }
        let short = EncodingKey::from_ed_der(&[1; 31]);
        assert!(sign(MESSAGE, &short, Algorithm::EdDSA).is_err());
        let secret = EncodingKey::from_secret(&bytes(SEED));
        assert!(sign(MESSAGE, &secret, Algorithm::EdDSA).is_err());
    }
}
