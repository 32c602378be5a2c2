//! Randomness: identifiers, secrets and codes.

use std::sync::{Mutex, PoisonError};

use entity::Timestamp;
use uuid::Uuid;

/// Generates values that are unique or cannot be guessed.
pub trait Ids: Send + Sync {
    /// A version 7 UUID. Within a process they strictly increase, even when `now` stands still or goes back.
    fn uuid(&self, now: Timestamp) -> Uuid;

    /// 256 unpredictable bits, for tokens and keys.
    fn secret(&self) -> [u8; 32];

    /// A code of that many decimal digits (1 to 18), including leading zeros, for a person to type.
    fn code(&self, digits: u32) -> String;
}

/// Uses the process's cryptographic generator, seeded by the operating system.
#[derive(Debug, Default)]
pub struct RandomIds {
    last: Mutex<Last>,
}

/// Time and random part of the newest id.
#[derive(Debug, Default, Clone, Copy)]
struct Last {
    millis: u64,
    tail: u128,
}

/// A version 7 UUID has 48 bits of time; 74 bits are free.
const TAIL_BITS: u32 = 74;
const TAIL_LIMIT: u128 = 1 << TAIL_BITS;
const MILLIS_MASK: u64 = (1 << 48) - 1;

impl Last {
    /// Starts afresh in a later millisecond; otherwise adds a random step to the last id.
    fn next(self, now: Timestamp) -> Self {
        let millis = u64::try_from(now.0).unwrap_or(0) & MILLIS_MASK;
        if self.millis < millis {
            return Self::beginning(millis);
        }
        let tail = self.tail + 1 + u128::from(rand::random::<u32>());
        if tail < TAIL_LIMIT {
            Self { tail, ..self }
        } else {
            Self::beginning(self.millis + 1)
        }
    }

    /// The upper half of the tails stays free, leaving room for 2^40 ids in one millisecond.
    fn beginning(millis: u64) -> Self {
        Self {
            millis,
            tail: rand::random::<u128>() % (TAIL_LIMIT / 2),
        }
    }

    /// The layout of RFC 9562, section 5.7: time, version, 12 bits, variant, 62 bits.
    fn uuid(self) -> Uuid {
        const LOW_BITS: u32 = 62;
        let high = self.tail >> LOW_BITS;
        let low = self.tail & ((1 << LOW_BITS) - 1);
        Uuid::from_u128(u128::from(self.millis) << 80 | 0b0111 << 76 | high << 64 | 0b10 << LOW_BITS | low)
    }
}

impl Ids for RandomIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.next(now);
        last.uuid()
    }

    fn secret(&self) -> [u8; 32] {
        rand::random()
    }

    fn code(&self, digits: u32) -> String {
        let digits = digits.clamp(1, 18);
        let number = rand::random_range(0..10_u64.pow(digits));
        format!("{number:0width$}", width = digits as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let ids = RandomIds::default();
        let times = [1_000, 1_000, 999, 2_000, 0, 2_000];
        let made: Vec<Uuid> = times.iter().map(|&now| ids.uuid(Timestamp(now))).collect();
        assert!(made.is_sorted_by(|a, b| a < b), "{made:?}");
        assert!(
            made.iter()
                .all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122)
        );
    }

    #[test]
    fn an_id_carries_its_millisecond() {
        let id = RandomIds::default().uuid(Timestamp(1_700_000_000_123));
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_700_000_000, 123_000_000));
    }

    #[test]
    fn a_full_millisecond_spills_into_the_next() {
        let last = Last {
            millis: 7,
            tail: TAIL_LIMIT - 1,
        };
        assert_eq!(last.next(Timestamp(7)).millis, 8);
    }

    #[test]
    fn a_code_has_its_digits_and_keeps_leading_zeros() {
        let ids = RandomIds::default();
        let codes: Vec<String> = (0..200).map(|_| ids.code(2)).collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 2 && code.bytes().all(|digit| digit.is_ascii_digit()))
        );
        assert!(codes.iter().any(|code| code.starts_with('0')));
    }
}
