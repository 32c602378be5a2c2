//! Phone numbers as people give them.

use phonenumber::{Mode, Type, metadata::DATABASE};

use crate::kernel::{FieldCode, FieldError};

/// Longest text that is looked at.
const MAX: usize = 40;

/// A number in E.164. It must be one that its country gives out, and none that costs whoever is called extra.
pub(super) fn phone(field: &str, raw: &str) -> Result<String, FieldError> {
    let fault = |message: &str| FieldError::new(field, FieldCode::Invalid, message);
    let wrong = || fault("this is not a phone number: write it with its country code, such as +15125550142");
    if MAX < raw.len() {
        return Err(wrong());
    }
    let number = phonenumber::parse(None, raw.trim()).map_err(|_| wrong())?;
    if !number.is_valid() {
        return Err(wrong());
    }
    match number.number_type(&DATABASE) {
        Type::PremiumRate | Type::SharedCost => {
            Err(fault("numbers that cost extra are not accepted: use a mobile number"))
        }
        _ => Ok(number.format().mode(Mode::E164).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_e_164() {
        for raw in ["+15125550142", " +1 (512) 555-0142 "] {
            assert_eq!(phone("phone", raw).unwrap(), "+15125550142");
        }
        assert_eq!(phone("phone", "+44 7400 123456").unwrap(), "+447400123456");
    }

    #[test]
    fn what_no_country_gives_out_is_refused() {
        for raw in [
            "",
            "+1",
            "+10000000000",
            "5125550142",
            "+1512555014",
            "hello",
            "+999123456789",
            &"1".repeat(5000),
        ] {
            assert_eq!(phone("phone", raw).unwrap_err().code, FieldCode::Invalid, "{raw}");
        }
    }

    #[test]
    fn numbers_that_cost_extra_are_refused() {
        assert!(
            phone("phone", "+19002345678")
                .unwrap_err()
                .message
                .contains("cost extra")
        );
    }
}
