//! How long an import, or taking one back, keeps its worker.

use std::time::Duration;

use entity::{Timestamp, id::ShelterId, vocabulary::Lane};

use crate::{
    deps::{Deps, oldest_due_of_others},
    kernel::Result,
};

/// How long an import goes on before it gives its worker to a job of others that has been due for just as long. On the same
/// node it goes on where it was; another one has to read the file from the beginning.
pub const TURN: Duration = Duration::from_secs(5);

/// Whether a job that began then has used its worker for long enough while a job of others was waiting for one. What its own
/// shelter waits for, such as the matching of its rows, has the other worker.
pub(super) async fn is_over(deps: &Deps, shelter: ShelterId, begun: Timestamp) -> Result<bool> {
    let is_long = TURN <= deps.clock.now().since(begun);
    Ok(is_long && TURN <= oldest_due_of_others(deps, Lane::Bulk, &shelter.to_string()).await?)
}
