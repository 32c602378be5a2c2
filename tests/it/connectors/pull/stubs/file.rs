//! A file on the web.

use std::time::Duration;

use axum::http::Method;

use super::{Answer, Asked, Software};

/// A file, and who may have it.
pub struct File {
    /// The header that it takes, or nothing.
    pub authorization: &'static str,
    /// The file.
    pub text: String,
}

impl Software for File {
    const LEAST_PAUSE: Duration = Duration::ZERO;

    fn answer(&mut self, asked: &Asked) -> Result<Answer, String> {
        asked.is(&Method::GET, "/pets.csv")?;
        asked.has_only(&[])?;
        match asked.header("authorization") == self.authorization {
            true => Ok(Answer::status(200, &self.text).with("content-type", "text/csv")),
            false => Ok(Answer::status(401, "").with("www-authenticate", "Basic")),
        }
    }
}
