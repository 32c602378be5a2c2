//! Calls from services that we use. Each is believed only with its service's signature.

mod sms;
mod twiml;

use axum::Router;

use crate::deps::Deps;

/// `/webhooks/…`.
pub fn router(deps: Deps) -> Router {
    sms::router(deps)
}
