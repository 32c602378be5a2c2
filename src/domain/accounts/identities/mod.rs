//! Signing in with an account at another service (OpenID Connect).
//!
//! A member's identities are known by issuer and subject, never by address. An attempt belongs to the browser that keeps its
//! secret, and is finished once: a code or a state that somebody else has got hold of is of no use. An address links
//! accounts only when both sides have verified it; whoever merely claims it loses it. A second factor is asked for as after
//! a password.

mod account;
mod attempt;
mod finish_identity_link;
mod finish_identity_sign_in;
mod prove;
mod start;
mod store;
mod unlink_identity;

pub use finish_identity_link::{FinishIdentityLink, finish_identity_link};
pub use finish_identity_sign_in::{FinishIdentitySignIn, finish_identity_sign_in};
pub use start::{StartedAttempt, start_identity_link, start_identity_sign_in};
pub use store::{identities_of, identity_of, provider_name};
pub use unlink_identity::unlink_identity;

pub(super) use store::remove_all;
