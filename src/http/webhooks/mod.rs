//! Calls from external services. Each must carry its service's signature.

mod sms;
mod twiml;

use axum::Router;

use crate::deps::Deps;

/// Routes below `/webhooks/`.
pub fn router(deps: Deps) -> Router {
    sms::router(deps)
}
