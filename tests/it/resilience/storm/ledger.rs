//! What was acknowledged, and what it took.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

/// A message as its sender was told that it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// Place of the conversation on the stage.
    pub talk: usize,
    /// Global id.
    pub id: String,
    /// Number in the conversation.
    pub sequence: i64,
}

/// Written while the storm goes on, read when it is over.
#[derive(Default)]
pub struct Ledger {
    /// By their texts, each of which is there once.
    acknowledged: Mutex<HashMap<String, Acknowledged>>,
    heard: AtomicUsize,
    /// What did not go well, and how often: answers that were lost or refused, streams that ended, by kind.
    mishaps: Mutex<BTreeMap<String, usize>>,
    retries: AtomicUsize,
    reconnects: AtomicUsize,
}

impl Ledger {
    /// The sender knows that the message is sent.
    pub fn acknowledge(&self, text: String, message: Acknowledged) {
        let before = self.acknowledged.lock().unwrap().insert(text, message);
        assert_eq!(before, None, "a message was acknowledged twice");
    }

    /// A subscriber has received one more.
    pub fn hear(&self) {
        self.heard.fetch_add(1, SeqCst);
    }

    /// A message has to be sent again.
    pub fn retry(&self, why: &str) {
        self.retries.fetch_add(1, SeqCst);
        self.note(&format!("send: {why}"));
    }

    /// A subscriber has to connect again.
    pub fn reconnect(&self, why: &str) {
        self.reconnects.fetch_add(1, SeqCst);
        self.note(&format!("stream: {why}"));
    }

    fn note(&self, what: &str) {
        *self.mishaps.lock().unwrap().entry(what.to_owned()).or_default() += 1;
    }

    /// How many messages are acknowledged.
    pub fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// How often something was sent again.
    pub fn retries(&self) -> usize {
        self.retries.load(SeqCst)
    }

    /// How often somebody connected again.
    pub fn reconnects(&self) -> usize {
        self.reconnects.load(SeqCst)
    }

    /// What is acknowledged so far, by text.
    pub fn acknowledged(&self) -> HashMap<String, Acknowledged> {
        self.acknowledged.lock().unwrap().clone()
    }

    /// What did not go well.
    pub fn mishaps(&self) -> BTreeMap<String, usize> {
        self.mishaps.lock().unwrap().clone()
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (acknowledged, heard) = (self.count(), self.heard.load(SeqCst));
        let (retries, reconnects) = (self.retries(), self.reconnects());
        write!(
            f,
            "{acknowledged} acknowledged, {heard} received, {retries} sent again, {reconnects} connected again, {:#?}",
            self.mishaps()
        )
    }
}
