//! Verifying a phone number by a code.

mod code;
mod request_phone_verification;
mod verify_phone;

pub use request_phone_verification::{RequestPhoneVerification, request_phone_verification};
pub use verify_phone::{CONSENT, verify_phone};

pub(super) use code::{code, code_hash};
pub(super) use request_phone_verification::{CODES_OF_MEMBER, CODES_TO_NUMBER, CODES_TO_NUMBER_A_DAY, minutes};
