//! Shutdown in steps. The composition root triggers each step; running tasks check how far the shutdown has come.

use tokio_util::sync::CancellationToken;

/// The shutdown steps. Cheap to clone, and all clones share one state. A step is triggered once and stays triggered.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// This node reports itself as not ready, so that load balancers stop sending it requests.
    pub near: CancellationToken,
    /// Nothing new is started; work in progress continues.
    pub stop: CancellationToken,
    /// Work in progress is aborted, and handed back where another node can continue it.
    pub over: CancellationToken,
}

impl Ending {
    /// Triggers all steps at once, the last one first, so that whoever sees any of them knows that no time is left.
    pub fn at_once(&self) {
        self.over.cancel();
        self.stop.cancel();
        self.near.cancel();
    }
}
