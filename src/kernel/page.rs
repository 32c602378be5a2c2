//! Pagination: checked page requests and cursors.

use base64ct::{Base64UrlUnpadded, Encoding};
use uuid::Uuid;

use super::{Error, Result};

/// Maximum number of rows on a page.
pub const MAX_PAGE: u32 = 100;
/// Number of rows on a page if the client does not say.
pub const DEFAULT_PAGE: u32 = 20;

/// A checked page request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Number of rows, 0 to [`MAX_PAGE`].
    pub limit: u32,
    /// Counts from the end of the list instead of the beginning.
    pub backward: bool,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

impl Page {
    /// Checks the four arguments of a connection. Refuses `first` together with `last`, and numbers outside 0 to 100.
    pub fn new(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Result<Self> {
        let (asked, name, backward) = match (first, last) {
            (Some(_), Some(_)) => return Err(Error::BadInput("give first or last, not both".into())),
            (None, Some(last)) => (Some(last), "last", true),
            (first, None) => (first, "first", false),
        };
        let limit = match asked {
            None => DEFAULT_PAGE,
            Some(asked) => u32::try_from(asked)
                .ok()
                .filter(|asked| *asked <= MAX_PAGE)
                .ok_or_else(|| Error::BadInput(format!("{name} must be from 0 to {MAX_PAGE}").into()))?,
        };
        Ok(Self {
            limit,
            backward,
            after,
            before,
        })
    }

    /// The first `limit` rows of a list.
    pub fn first(limit: u32) -> Self {
        Self {
            limit: limit.min(MAX_PAGE),
            backward: false,
            after: None,
            before: None,
        }
    }
}

/// A position in an ordered list: the values that the list is ordered by, ending with the id.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// Values of the ordering columns, in their order.
    pub values: Vec<KeyValue>,
}

/// One value of an ordering column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KeyValue {
    /// A whole number or time.
    Int(i64),
    /// A distance.
    Float(f64),
    /// An id.
    Id(Uuid),
}

impl Cursor {
    /// Opaque text for clients. `list` names the list, so that a cursor of another list is detected.
    pub fn encode(&self, list: &str) -> String {
        let mut bytes = list.as_bytes().to_vec();
        for value in &self.values {
            match value {
                KeyValue::Int(value) => push(&mut bytes, b'i', &value.to_be_bytes()),
                KeyValue::Float(value) => push(&mut bytes, b'f', &value.to_be_bytes()),
                KeyValue::Id(value) => push(&mut bytes, b'u', value.as_bytes()),
            }
        }
        Base64UrlUnpadded::encode_string(&bytes)
    }

    /// Decodes a cursor that [`Cursor::encode`] wrote for the same list.
    pub fn decode(text: &str, list: &str) -> Result<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| unknown_cursor())?;
        let mut rest = bytes.strip_prefix(list.as_bytes()).ok_or_else(unknown_cursor)?;
        let mut values = Vec::new();
        while let Some((kind, tail)) = rest.split_first() {
            let (value, tail) = match kind {
                b'i' => split::<8>(tail).map(|(value, tail)| (KeyValue::Int(i64::from_be_bytes(value)), tail)),
                b'f' => split::<8>(tail).map(|(value, tail)| (KeyValue::Float(f64::from_be_bytes(value)), tail)),
                b'u' => split::<16>(tail).map(|(value, tail)| (KeyValue::Id(Uuid::from_bytes(value)), tail)),
                _ => None,
            }
            .ok_or_else(unknown_cursor)?;
            values.push(value);
            rest = tail;
        }
        Ok(Self { values })
    }

    /// Whether the values have the same types as those of `other`.
    pub fn is_like(&self, other: &[KeyValue]) -> bool {
        let finite = self
            .values
            .iter()
            .all(|value| !matches!(value, KeyValue::Float(value) if !value.is_finite()));
        let kinds = |values: &[KeyValue]| values.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        finite && kinds(&self.values) == kinds(other)
    }
}

/// The error for a cursor that does not come from this list.
pub fn unknown_cursor() -> Error {
    Error::BadInput("this cursor does not belong to this list: use endCursor or startCursor of its pageInfo".into())
}

fn push(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) {
    bytes.push(kind);
    bytes.extend_from_slice(value);
}

fn split<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    bytes.split_first_chunk::<N>().map(|(value, tail)| (*value, tail))
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Slice<T> {
    /// The rows in list order, each with its cursor.
    pub items: Vec<(String, T)>,
    /// Whether there are rows after the last one.
    pub has_next: bool,
    /// Whether there are rows before the first one.
    pub has_previous: bool,
}

impl<T> Slice<T> {
    /// The same page with `change` applied to every row.
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Slice<U> {
        Slice {
            items: self
                .items
                .into_iter()
                .map(|(cursor, item)| (cursor, change(item)))
                .collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}
