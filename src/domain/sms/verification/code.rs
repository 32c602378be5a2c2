//! The codes that verify a phone number.
//!
//! A code is computed from the installation's secret and the id of the message that carries it. So it is never stored,
//! and the job that sends the message can run twice and still send the same code.

use entity::id::{MemberId, SmsMessageId};

use crate::kernel::secret::{Secret, hex, keyed_hash};

/// Number of digits in a code.
pub(super) const DIGITS: usize = 6;

/// The code that a message carries: six decimal digits, including leading zeros.
pub fn code(secret: &Secret, sms: SmsMessageId) -> String {
    let digest = keyed_hash(&secret.key("phone code"), sms.to_string().as_bytes());
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// The stored hash of a code, which is valid for one member and one phone only.
pub fn code_hash(secret: &Secret, member: MemberId, phone: &str, code: &str) -> String {
    let key = secret.key("phone code hash");
    hex(&keyed_hash(&key, format!("{member}:{phone}:{code}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::new(vec![7; 32])
    }

    #[test]
    fn a_message_has_one_code_of_six_digits_and_another_message_another() {
        let codes: Vec<String> = (0..50)
            .map(|n| code(&secret(), SmsMessageId(uuid::Uuid::from_u128(n))))
            .collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit()))
        );
        assert_eq!(code(&secret(), SmsMessageId(uuid::Uuid::from_u128(3))), codes[3]);
        let distinct: std::collections::HashSet<_> = codes.iter().collect();
        assert!(45 < distinct.len());
    }

    #[test]
    fn a_stored_code_fits_one_member_and_one_phone() {
        let (ann, bob) = (MemberId(uuid::Uuid::from_u128(1)), MemberId(uuid::Uuid::from_u128(2)));
        let hash = code_hash(&secret(), ann, "+15125550142", "123456");
        assert_eq!(hash, code_hash(&secret(), ann, "+15125550142", "123456"));
        assert_ne!(hash, code_hash(&secret(), bob, "+15125550142", "123456"));
        assert_ne!(hash, code_hash(&secret(), ann, "+15125550143", "123456"));
        assert!(!hash.contains("123456"));
    }
}
