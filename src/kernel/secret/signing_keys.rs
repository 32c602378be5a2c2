//! Ed25519 key pairs that are derived from the installation's secret.
//!
//! Every node finds the same ones, so none is stored. Another one signs every 30 days. Those of a former secret verify as
//! long as that is known. Whoever has the public halves can verify too.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::Timestamp;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

use super::keys::{Secret, keyed_hash};

/// How long a key signs.
const PERIOD: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const PURPOSE: &str = "access token signing keys";

/// The keys of an installation, derived once a period.
pub struct SigningKeys {
    present: [u8; 32],
    all: Vec<[u8; 32]>,
    latest: Mutex<Option<Arc<KeySet>>>,
}

impl SigningKeys {
    /// Those of this secret and of the former one.
    pub fn new(secret: &Secret) -> Self {
        Self {
            present: secret.key(PURPOSE),
            all: secret.each().map(|secret| secret.key(PURPOSE)).collect(),
            latest: Mutex::default(),
        }
    }

    /// The keys that are good at that time.
    pub fn at(&self, now: Timestamp) -> Arc<KeySet> {
        let period = now.0.div_euclid(PERIOD.as_millis() as i64);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match &*latest {
            Some(keys) if keys.period == period => Arc::clone(keys),
            _ => Arc::clone(latest.insert(Arc::new(self.of(period)))),
        }
    }

    /// Tokens that the key before signed are still alive, and another node's clock may be ahead.
    fn of(&self, period: i64) -> KeySet {
        let around = [period, period - 1, period + 1];
        let of_root = |root: &[u8; 32]| around.map(|period| SigningKey::derived(root, period));
        KeySet {
            period,
            signing: SigningKey::derived(&self.present, period),
            verifying: self.all.iter().flat_map(of_root).collect(),
        }
    }
}

/// The keys of one period.
pub struct KeySet {
    period: i64,
    /// The one that signs.
    pub signing: SigningKey,
    /// Those that verify: of each secret this period's, the one's before and the next one's.
    pub verifying: Vec<SigningKey>,
}

impl KeySet {
    /// The key of that id, among those that verify.
    pub fn named(&self, id: &str) -> Option<&SigningKey> {
        self.verifying.iter().find(|key| key.id == id)
    }
}

/// A key pair.
pub struct SigningKey {
    /// The thumbprint of the public key (RFC 7638).
    pub id: String,
    /// The public key.
    pub public: [u8; 32],
    /// What the private key is made of (RFC 8032).
    pub seed: [u8; 32],
}

impl SigningKey {
    fn derived(root: &[u8], period: i64) -> Self {
        Self::from_seed(keyed_hash(root, &period.to_be_bytes()))
    }

    fn from_seed(seed: [u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).expect("a seed has 32 bytes");
        let mut public = [0; 32];
        public.copy_from_slice(pair.public_key().as_ref());
        Self {
            id: thumbprint(&public),
            public,
            seed,
        }
    }
}

/// The members that RFC 8037 requires, in the order of the alphabet and without a space.
fn thumbprint(public: &[u8; 32]) -> String {
    let x = Base64UrlUnpadded::encode_string(public);
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    Base64UrlUnpadded::encode_string(&Sha256::digest(members))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMER: &[u8] = b"the former secret of an installation";
    const PRESENT: &[u8] = b"the present secret of an installation";

    fn keys_of(secrets: &[&[u8]]) -> SigningKeys {
        let mut secrets = secrets.iter().map(|bytes| Secret::new(bytes.to_vec()));
        let present = secrets.next().unwrap();
        SigningKeys::new(&match secrets.next() {
            Some(former) => present.instead_of(former),
            None => present,
        })
    }

    fn in_period(number: i64) -> Timestamp {
        Timestamp(number * 30 * 24 * 60 * 60 * 1000)
    }

    fn ids(keys: &KeySet) -> Vec<&str> {
        keys.verifying.iter().map(|key| key.id.as_str()).collect()
    }

    /// RFC 8037, appendices A.1 to A.3.
    #[test]
    fn the_example_of_the_standard_has_its_public_key_and_its_thumbprint() {
        let mut seed = [0; 32];
        Base64UrlUnpadded::decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", &mut seed).unwrap();
        let key = SigningKey::from_seed(seed);
        assert_eq!(
            Base64UrlUnpadded::encode_string(&key.public),
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        );
        assert_eq!(key.id, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn every_node_finds_the_same_keys_and_another_secret_gives_others() {
        let (one, other) = (
            keys_of(&[PRESENT]).at(in_period(7)),
            keys_of(&[PRESENT]).at(in_period(7)),
        );
        assert_eq!(one.signing.seed, other.signing.seed);
        assert_eq!(ids(&one), ids(&other));
        let foreign = keys_of(&[FORMER]).at(in_period(7));
        assert!(ids(&foreign).iter().all(|id| one.named(id).is_none()));
    }

    #[test]
    fn another_key_signs_every_30_days_and_is_known_a_period_before_and_after() {
        let keys = keys_of(&[PRESENT]);
        let last_moment = Timestamp(in_period(8).0 - 1);
        assert!(
            Arc::ptr_eq(&keys.at(in_period(7)), &keys.at(last_moment)),
            "derived once"
        );
        let (sixth, seventh, eighth) = (keys.at(in_period(6)), keys.at(in_period(7)), keys.at(in_period(8)));
        assert_ne!(seventh.signing.id, eighth.signing.id);
        for of_period in [&sixth, &seventh, &eighth] {
            assert_eq!(of_period.verifying.len(), 3);
            assert!(of_period.named(&seventh.signing.id).is_some());
        }
        assert!(keys.at(in_period(5)).named(&seventh.signing.id).is_none());
        assert!(keys.at(in_period(9)).named(&seventh.signing.id).is_none());
    }

    #[test]
    fn the_keys_of_a_former_secret_verify_and_do_not_sign() {
        let former = keys_of(&[FORMER]).at(in_period(7));
        let both = keys_of(&[PRESENT, FORMER]).at(in_period(7));
        assert_eq!(both.signing.id, keys_of(&[PRESENT]).at(in_period(7)).signing.id);
        assert_eq!(both.verifying.len(), 6);
        assert!(both.named(&former.signing.id).is_some());
    }

    #[test]
    fn no_key_has_an_empty_name_or_part_of_one() {
        let keys = keys_of(&[PRESENT]).at(in_period(7));
        for wrong in ["", &keys.signing.id[..42], &format!("{} ", keys.signing.id)] {
            assert!(keys.named(wrong).is_none(), "{wrong:?}");
        }
    }
}
