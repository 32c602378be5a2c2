//! Imports for scripts, with one request for a whole file: `POST /shelters/{shelter}/imports` and
//! `GET /shelters/{shelter}/imports/{import}`.
//!
//! They take the credentials of the GraphQL endpoint, count and cost like its operations, and lead to the same use cases;
//! only the way of the file is shorter. Cookies do not exist, so no page of a stranger can send anything in a member's name.

mod door;
mod follow;
mod parameters;
mod report;
mod routes;
mod send;
mod user_errors;

pub use door::ImportDoor;
pub use routes::router;
