//! Bodies that nobody wants.

use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use tokio::time::timeout;

/// The most bytes of a refused body which are read and thrown away, and for how long.
const DRAINED: usize = 16 * 1024 * 1024;
const DRAINING: Duration = Duration::from_secs(2);

/// Reads a body and throws it away: a client that is still writing would see a reset instead of the answer, so it gets a
/// moment to finish.
pub async fn drain(body: Body) {
    let mut left = DRAINED;
    let mut chunks = body.into_data_stream();
    let reading = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                break;
            }
        }
    };
    // Out of time is as good as done: the answer follows either way.
    let _in_time = timeout(DRAINING, reading).await.is_ok();
}
