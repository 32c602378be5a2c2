//! Faults that a user can correct, as part of a payload.

use std::str::FromStr;

use async_graphql::{Enum, ID, InputType, SimpleObject};
use serde_json::Value as Json;

use crate::kernel::{Error, FieldCode, FieldError, Result};

/// Kinds of faults that a user can correct.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq)]
#[graphql(remote = "FieldCode")]
pub enum UserErrorCode {
    /// Missing or empty.
    Required,
    /// Not of the right form.
    Invalid,
    /// Over the greatest length.
    TooLong,
    /// Under the least length.
    TooShort,
    /// More than the greatest number.
    TooMany,
    /// Outside the range.
    OutOfRange,
    /// Someone else has it.
    Taken,
    /// There is none, or you may not see it.
    NotFound,
    /// The state of things or your role forbids it.
    NotAllowed,
    /// Something has changed meanwhile: fetch the present state and try again.
    Conflict,
    /// No longer valid.
    Expired,
    /// A quota is used up; the message says when it is filled again.
    LimitReached,
    /// Something has to be verified first.
    Unverified,
}

/// A fault that the user can correct. When a payload holds one, nothing was changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct UserError {
    /// Path of the field in the input, such as `["input", "photoIds", "2"]`; empty when it is about the whole.
    pub field: Vec<String>,
    /// Kind of fault, for programs.
    pub code: UserErrorCode,
    /// Sentence for people: what is wrong, which limit, what to do.
    pub message: String,
}

impl From<FieldError> for UserError {
    fn from(fault: FieldError) -> Self {
        let mut field = fault.path;
        if !field.is_empty() {
            field.insert(0, "input".to_owned());
        }
        Self {
            field,
            code: fault.code.into(),
            message: fault.message,
        }
    }
}

/// The word of the schema for a kind of fault, for answers that are no GraphQL.
pub fn fault_word(code: FieldCode) -> Json {
    UserErrorCode::from(code).to_value().into_json().unwrap_or(Json::Null)
}

/// Parts what a user can correct from what is answered as an error of the request.
pub fn settle<T>(result: Result<T>) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    let whole = |code, message| {
        vec![UserError {
            field: Vec::new(),
            code,
            message,
        }]
    };
    match result {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(Error::Invalid(faults)) => Ok((None, faults.into_iter().map(UserError::from).collect())),
        Err(error @ Error::NotFound(_)) => Ok((None, whole(UserErrorCode::NotFound, error.to_string()))),
        Err(error @ Error::Conflict(_)) => Ok((None, whole(UserErrorCode::Conflict, error.to_string()))),
        Err(error) => Err(error.into()),
    }
}

/// What a field gives that may be null. Its error stays at the field: a resolver of `Result<Option<T>>` would make its
/// parent null, whose other fields are good.
pub async fn nullable<T>(field: impl Future<Output = Result<Option<T>>>) -> Option<async_graphql::Result<T>> {
    field.await.map_err(async_graphql::Error::from).transpose()
}

/// Reads an id of the input; text that is no id of that kind is an unknown id.
pub fn input_id<T: FromStr>(field: &str, id: &ID) -> Result<T> {
    id.parse().map_err(|_| {
        let message = format!("{field}: there is nothing with this id, or you may not see it");
        Error::field(field, FieldCode::NotFound, message)
    })
}

/// Reads a list of ids of the input; faults name the place in the list.
pub fn input_ids<T: FromStr>(field: &str, ids: &[ID]) -> Result<Vec<T>> {
    ids.iter()
        .enumerate()
        .map(|(place, id)| {
            id.parse().map_err(|_| {
                Error::Invalid(vec![FieldError {
                    path: vec![field.to_owned(), place.to_string()],
                    code: FieldCode::NotFound,
                    message: format!("{field}: there is nothing with the id at index {place}, or you may not see it"),
                }])
            })
        })
        .collect()
}
