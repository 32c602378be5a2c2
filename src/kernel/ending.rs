//! How the process ends, step by step: those who run ask how far it has come, and the one who is asked to end says so.

use tokio_util::sync::CancellationToken;

/// The steps to the end; cheap to clone, all clones are one. Each step comes once and stays.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// The end is near: this node is not ready any more, so that nobody sends it anything new.
    pub near: CancellationToken,
    /// Nothing new is begun from now on; what is under way goes on.
    pub stop: CancellationToken,
    /// What is still under way is given up, and handed back where somebody else can go on with it.
    pub over: CancellationToken,
}

impl Ending {
    /// All steps at once, the last one first: whoever hears of any knows that there is no time for anything.
    pub fn at_once(&self) {
        self.over.cancel();
        self.stop.cancel();
        self.near.cancel();
    }
}
