//! HS256, HMAC with SHA-256 (RFC 7518, section 3.2), as the only algorithm of `jsonwebtoken` here. The providers that come
//! with the library also bring RSA and elliptic curves: some 30 crates that this program would never call.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature::{Error, Signer, Verifier},
};
use subtle::ConstantTimeEq;

use crate::kernel::secret::keyed_hash;

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

struct Hs256 {
    key: Vec<u8>,
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    Ok(Box::new(hs256(*algorithm, key.family(), key.as_bytes())?))
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    Ok(Box::new(hs256(*algorithm, key.family(), key.try_get_as_bytes()?)?))
}

fn hs256(algorithm: Algorithm, family: AlgorithmFamily, key: &[u8]) -> Result<Hs256> {
    if algorithm != Algorithm::HS256 || family != AlgorithmFamily::Hmac {
        return Err(ErrorKind::InvalidAlgorithm.into());
    }
    Ok(Hs256 { key: key.to_vec() })
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(keyed_hash(&self.key, message).to_vec())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        let expected = keyed_hash(&self.key, message);
        let is_same: bool = expected.ct_eq(signature.as_slice()).into();
        if is_same { Ok(()) } else { Err(Error::new()) }
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};
    use jsonwebtoken::{Header, Validation};
    use serde_json::{Value, json};

    use super::*;

    /// Example of RFC 7515, appendix A.1.
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const KEY: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    fn read(token: &str, secret: &[u8]) -> Option<Value> {
        install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let key = DecodingKey::from_secret(secret);
        jsonwebtoken::decode(token, &key, &validation)
            .ok()
            .map(|data| data.claims)
    }

    #[test]
    fn the_example_of_the_standard_is_read_with_its_key_only() {
        let mut key = [0; 64];
        Base64UrlUnpadded::decode(KEY, &mut key).unwrap();
        assert_eq!(read(TOKEN, &key).unwrap()["iss"], "joe");
        for place in [0, 31, 63] {
            let mut other = key;
            other[place] ^= 1;
            assert_eq!(read(TOKEN, &other), None);
        }
        assert_eq!(read(TOKEN.trim_end_matches('k'), &key), None);
    }

    #[test]
    fn what_is_signed_is_read_and_other_algorithms_are_refused() {
        install();
        let (claims, secret) = (json!({ "sub": "ann" }), b"a secret");
        let key = EncodingKey::from_secret(secret);
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap();
        assert_eq!(read(&token, secret), Some(claims.clone()));
        assert!(jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &key).is_err());
    }
}
