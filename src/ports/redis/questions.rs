//! Requests to Redis whose answers somebody is waiting for.

use std::{
    future::Future,
    sync::{Arc, Weak},
    time::Duration,
};

use redis::RedisResult;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{Connection, Door, Outage, RedisAddress};

/// A person is waiting for the answer, so Redis gets no more time than this.
const PATIENCE: Duration = Duration::from_millis(500);
/// Nobody waits while a lost connection is reopened.
const CONNECT: Duration = Duration::from_secs(2);
/// Pause after a failure before Redis is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// One Redis for all ports of a node. After a failure it is not used until a background task has reached it again, so
/// callers wait at most half a second, and during an outage not at all.
#[derive(Clone)]
pub struct Redis {
    pub(in crate::ports) door: Arc<Door>,
    pub(in crate::ports) outage: Arc<Outage>,
    state: Arc<watch::Sender<State>>,
}

#[derive(Clone)]
enum State {
    /// The first connection, which is worth waiting for.
    Connecting,
    /// The number of this connection, counting up, and the connection.
    Here(u64, Connection),
    Away,
}

impl Redis {
    /// Fails only if the address is invalid, not if Redis is down. Must be called within a Tokio runtime.
    pub fn open(address: &RedisAddress) -> RedisResult<Self> {
        let (state, states) = watch::channel(State::Connecting);
        let redis = Self {
            door: Arc::new(Door::new(address)?),
            outage: Arc::default(),
            state: Arc::new(state),
        };
        let state = Arc::downgrade(&redis.state);
        tokio::spawn(stay_connected(redis.door.clone(), redis.outage.clone(), state, states));
        Ok(redis)
    }

    /// Redis's answer; `None` if it is down.
    pub(in crate::ports) async fn ask<T, Answer>(&self, question: impl FnOnce(Connection) -> Answer) -> Option<T>
    where
        Answer: Future<Output = RedisResult<T>>,
    {
        let (serial, connection) = self.connection().await?;
        match timeout(PATIENCE, question(connection)).await {
            Ok(Ok(answer)) => {
                self.outage.answered();
                return Some(answer);
            }
            Ok(Err(error)) => self.outage.failed(&error),
            Err(_) => self.outage.failed(&"no answer in time"),
        }
        // A failure on an earlier connection says nothing about this one.
        self.state.send_if_modified(|state| {
            let is_lost = matches!(state, State::Here(present, _) if *present == serial);
            if is_lost {
                *state = State::Away;
            }
            is_lost
        });
        None
    }

    async fn connection(&self) -> Option<(u64, Connection)> {
        let mut states = self.state.subscribe();
        let known = states.wait_for(|state| !matches!(state, State::Connecting));
        match &*timeout(PATIENCE, known).await.ok()?.ok()? {
            State::Here(serial, connection) => Some((*serial, connection.clone())),
            State::Connecting | State::Away => None,
        }
    }
}

/// Connects, and reconnects whenever the connection is lost; ends once nobody can ask any more.
async fn stay_connected(
    door: Arc<Door>,
    outage: Arc<Outage>,
    state: Weak<watch::Sender<State>>,
    mut states: watch::Receiver<State>,
) {
    for serial in 0.. {
        let connected = door.connect(CONNECT, None).await;
        let Some(state) = state.upgrade() else { return };
        match connected {
            Ok(connection) => state.send_replace(State::Here(serial, connection)),
            Err(error) => {
                outage.failed(&error);
                state.send_replace(State::Away)
            }
        };
        drop(state);
        if states.wait_for(|state| matches!(state, State::Away)).await.is_err() {
            return;
        }
        sleep(PAUSE).await;
    }
}
