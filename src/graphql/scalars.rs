//! Scalars beyond those of the language.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::DateTime as Calendar;
use entity::Timestamp;

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

// Any text is taken here: what is wrong with it is told by the use case, as a fault of its field, where a form can show it.
macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident as $named:literal, $url:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar(name = $named, specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar! {
    /// E-mail address, at most 254 characters; compared without regard to case.
    EmailAddress as "EmailAddress", "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address"
}

text_scalar! {
    /// Phone number: in E.164 in answers, such as +15125550142. On input blanks, hyphens, dots and brackets mean nothing, and a
    /// number without a country code is one of the server's own country.
    PhoneNumber as "PhoneNumber", "https://www.itu.int/rec/T-REC-E.164"
}

text_scalar! {
    /// A day of the calendar, such as 2026-11-30.
    Date as "Date", "https://scalars.graphql.org/andimarek/local-date.html"
}

text_scalar! {
    /// Absolute address of the web, http or https.
    #[allow(clippy::upper_case_acronyms, reason = "the scalar is called so in the schema")]
    URL as "URL", "https://url.spec.whatwg.org/"
}
