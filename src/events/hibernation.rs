//! How a stream that waits lets everything go but the place that it goes on from, and how it is asked for something once
//! more.
//!
//! A subscription that runs takes some 13 KiB, nearly all of it in the executor, and most subscriptions wait nearly all
//! of the time. So a stream that has nothing to hand on may leave a [`Sleep`] with whoever runs it, who drops the
//! stream, sleeps, and begins the same subscription anew from what the sleep left.
//!
//! What a stream hands on is only the beginning of an event: the rest of it is looked up on its way to the client. If that
//! fails, whoever runs the stream asks for the same once more, so that no number is passed over.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::{FutureExt, future::BoxFuture};

/// Ends when there may be something to hand on, with what the next stream goes on from.
pub type Sleep = BoxFuture<'static, Left>;

/// What a stream leaves to the next one; its type is the stream's own affair.
pub type Left = Box<dyn Any + Send>;

/// The place where a stream meets whoever runs it. The default is one where nobody looks: a stream with that never rests.
#[derive(Clone, Default)]
pub struct Hibernation(Option<Arc<Mutex<Place>>>);

#[derive(Default)]
struct Place {
    sleep: Option<Sleep>,
    left: Option<Left>,
    is_to_repeat: bool,
}

impl Hibernation {
    /// A place where somebody looks after every time that the stream had nothing to hand on.
    pub fn watched() -> Self {
        Self(Some(Arc::default()))
    }

    /// Whether a stream may rest.
    pub fn is_watched(&self) -> bool {
        self.0.is_some()
    }

    /// For the stream, when it begins: what the one before it left; nothing at the first beginning.
    pub fn left<T: 'static>(&self) -> Option<T> {
        let left = self.with(|place| place.left.take()).flatten()?;
        left.downcast().ok().map(|left| *left)
    }

    /// For the stream, which must not hand on anything after that: it is dropped now.
    pub fn suspend<T: Send + 'static>(&self, sleep: impl Future<Output = T> + Send + 'static) {
        let sleep = sleep.map(|left| Box::new(left) as Left).boxed();
        self.with(|place| place.sleep = Some(sleep));
    }

    /// For whoever runs the stream: how it sleeps, if it has lain down.
    pub fn sleep(&self) -> Option<Sleep> {
        self.with(|place| place.sleep.take()).flatten()
    }

    /// For whoever runs the stream: what the next one goes on from.
    pub fn leave(&self, left: Left) {
        self.with(|place| place.left = Some(left));
    }

    /// For whoever runs the stream, before it goes on: what it handed on last has not arrived whole.
    pub fn repeat(&self) {
        self.with(|place| place.is_to_repeat = true);
    }

    /// For the stream, before it goes on: whether it is to hand on once more what it handed on last. The answer is yes once.
    pub fn is_to_repeat(&self) -> bool {
        self.with(|place| std::mem::take(&mut place.is_to_repeat))
            .unwrap_or_default()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Place) -> T) -> Option<T> {
        let place = self.0.as_ref()?;
        Some(act(&mut place.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
