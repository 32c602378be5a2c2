//! Scalars beyond those of the language.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::DateTime as Calendar;
use entity::Timestamp;

use crate::kernel::text;

/// RFC 3339 date and time, with any offset on input; always in UTC with three fraction digits on output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

/// RFC 3339 date and time, with any offset on input; always in UTC with three fraction digits on output.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let time = Calendar::parse_from_rfc3339(text)
            .map_err(|_| InputValueError::custom("a DateTime looks like 2026-11-20T09:30:00Z (RFC 3339)"))?;
        Ok(Self(Timestamp(time.timestamp_millis())))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident as $named:literal, $url:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar(name = $named, specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
                let check: fn(&str) -> Result<String, String> = $check;
                check(text).map(Self).map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar! {
    /// E-mail address, at most 254 characters; compared without regard to case.
    EmailAddress as "EmailAddress", "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address",
    |text| text::email("email", text).map_err(|fault| fault.message)
}

text_scalar! {
    /// Phone number in E.164, such as +15125550142.
    PhoneNumber as "PhoneNumber", "https://www.itu.int/rec/T-REC-E.164",
    |text| {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let well_formed = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if well_formed { Ok(text.to_owned()) } else { Err("a phone number looks like +15125550142 (E.164)".to_owned()) }
    }
}

text_scalar! {
    /// Absolute address of the web, http or https.
    #[allow(clippy::upper_case_acronyms, reason = "the scalar is called so in the schema")]
    URL as "URL", "https://url.spec.whatwg.org/",
    |text| text::url("url", text).map_err(|fault| fault.message)
}
