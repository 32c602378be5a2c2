//! The service of ASM3.

use std::time::Duration;

use axum::http::Method;
use serde_json::Value;

use super::{Answer, Asked, Software};

/// An installation with an account.
pub struct Asm3 {
    /// Its password.
    pub password: &'static str,
    /// The animals on the shelter.
    pub on_shelter: Value,
    /// Those that were changed within the last month.
    pub changed: Value,
}

impl Software for Asm3 {
    const LEAST_PAUSE: Duration = Duration::ZERO;

    fn answer(&mut self, asked: &Asked) -> Result<Answer, String> {
        asked.is(&Method::GET, "/service")?;
        asked.has_only(&["method", "account", "username", "password"])?;
        let refused = |words: &str| Ok(Answer::status(200, words).with("content-type", "text/plain"));
        if asked.parameter("account") != "zz0123" {
            return refused("ERROR: Invalid database (FAIL)");
        }
        if (asked.parameter("username"), asked.parameter("password")) != ("ann", self.password) {
            return refused("ERROR: Invalid username and password");
        }
        match asked.parameter("method") {
            "json_shelter_animals" => Ok(Answer::json(&self.on_shelter)),
            "json_recent_changes" => Ok(Answer::json(&self.changed)),
            method => Err(format!("{method} is not expected")),
        }
    }
}
