//! Shutdown in steps. The composition root triggers each step; running tasks check how far the shutdown has come.

use tokio_util::sync::CancellationToken;

/// The shutdown steps. Cheap to clone, and all clones share one state. A step is triggered once and stays triggered.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    /// This node reports itself as not ready, so that load balancers stop sending it requests.
    pub not_ready: CancellationToken,
    /// Nothing new is started; work in progress continues.
    pub drain: CancellationToken,
    /// Work in progress is aborted, and handed back where another node can continue it.
    pub abort: CancellationToken,
}

impl Shutdown {
    /// Triggers all steps at once, the last one first, so that whoever sees any of them knows that no time is left.
    pub fn at_once(&self) {
        self.abort.cancel();
        self.drain.cancel();
        self.not_ready.cancel();
    }
}
