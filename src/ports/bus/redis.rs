//! The bus of several nodes, over Redis publish and subscribe.
//!
//! A node's own bells are delivered in the process at once; Redis carries them to the others. While Redis is down, a
//! node hears only itself and keeps reconnecting. Since bells may have been missed by then, every new connection starts
//! with a bell for the log, on this node and all others.
//!
//! In a cluster, the single channel lives in one shard, and nodes subscribe there. If it moves, because a node goes
//! down or a slot migrates, the connection ends, and the next one finds the new place.

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use redis::{Msg, PushInfo, PushKind, RedisError, RedisResult};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Notify, broadcast, mpsc, oneshot},
    time::{self, MissedTickBehavior},
};

use super::{BELLS_KEPT, Bell, Bus, LocalBus, Signals};
use crate::ports::redis::{Connection, Redis};

/// Maximum number of bells sent in one round trip.
const BATCH: usize = 64;
/// A node that has not heard itself through Redis for this long reconnects.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Redis counts as down if it takes longer than this to answer.
const TIMEOUT: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// Rings on every node that is on the same channel of the same Redis.
#[derive(Debug, Clone)]
pub struct RedisBus {
    local: LocalBus,
    outgoing: mpsc::Sender<Bell>,
}

impl RedisBus {
    /// The bus and the future that keeps it connected, which must be spawned and ends once every clone of the bus is
    /// dropped. Nodes on the same channel hear each other.
    pub fn new(redis: &Redis, channel: &str) -> (Self, impl Future<Output = ()> + Send + use<>) {
        let (outgoing, queue) = mpsc::channel(BELLS_KEPT);
        let local = LocalBus::default();
        let link = Link {
            redis: redis.clone(),
            channel: channel.to_owned(),
            node: format!("{:032x}", rand::random::<u128>()),
            local: local.clone(),
            queue,
        };
        (Self { local, outgoing }, link.run())
    }
}

impl Bus for RedisBus {
    fn ring(&self, bell: Bell) {
        self.local.ring(bell.clone());
        // A full queue means that Redis is down or far behind. The other nodes also poll from time to time.
        let _ = self.outgoing.try_send(bell);
    }

    fn listen(&self) -> broadcast::Receiver<Bell> {
        self.local.listen()
    }

    fn listen_to(&self, topic: &str) -> Signals {
        self.local.listen_to(topic)
    }
}

/// A bell as sent over the wire.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    /// The node that rang; nodes drop their own bells when these come back to them.
    node: String,
    /// Absent if the bell is for the log.
    signal: Option<Signal>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Signal {
    topic: String,
    body: String,
}

impl Message {
    fn new(node: &str, bell: Bell) -> Self {
        let signal = match bell {
            Bell::Log => None,
            Bell::Signal { topic, body } => Some(Signal { topic, body }),
        };
        Self {
            node: node.to_owned(),
            signal,
        }
    }

    fn bell(self) -> Bell {
        match self.signal {
            None => Bell::Log,
            Some(Signal { topic, body }) => Bell::Signal { topic, body },
        }
    }
}

/// The bus was dropped.
struct Closed;

/// The background half of a bus.
struct Link {
    redis: Redis,
    channel: String,
    node: String,
    local: LocalBus,
    queue: mpsc::Receiver<Bell>,
}

/// An open connection with a subscription.
struct Line {
    connection: Connection,
    /// Resolves when the connection can no longer be trusted.
    lost: oneshot::Receiver<()>,
    /// Notified when the node has heard itself.
    echo: Arc<Notify>,
}

impl Link {
    async fn run(mut self) {
        let mut pause = Duration::ZERO;
        loop {
            let ended = match self.connect().await {
                Ok(line) => self.serve(line, &mut pause).await,
                Err(error) => Err(error),
            };
            match ended {
                Ok(Closed) => return,
                // A cluster node went down, or Redis was restarted: an immediate retry shows whether it is back.
                Err(error) if pause.is_zero() => tracing::debug!(%error, "the bus connects to Redis anew"),
                Err(error) => self.redis.outage.failed(&error),
            }
            if let Some(Closed) = self.rest(pause).await {
                return;
            }
            pause = (pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        }
    }

    async fn connect(&self) -> RedisResult<Line> {
        let (losing, lost) = oneshot::channel();
        let echo = Arc::new(Notify::new());
        let listener = Arc::new(self.listener(losing, echo.clone()));
        let mut connection = self.redis.door.connect(TIMEOUT, Some(listener)).await?;
        in_time(connection.subscribe(&self.channel)).await?;
        Ok(Line { connection, lost, echo })
    }

    /// Handles what Redis pushes, on the connection's own task: a bell rings here at once.
    fn listener(
        &self,
        losing: oneshot::Sender<()>,
        echo: Arc<Notify>,
    ) -> impl Fn(PushInfo) -> Result<(), ()> + Send + Sync + 'static {
        let (local, node) = (self.local.clone(), self.node.clone());
        let losing = Mutex::new(Some(losing));
        move |push| {
            // A slot that migrates takes the subscription away.
            if matches!(push.kind, PushKind::Disconnection | PushKind::SUnsubscribe) {
                drop(losing.lock().unwrap_or_else(PoisonError::into_inner).take());
                return Ok(());
            }
            let payload = Msg::from_push_info(push).and_then(|message| message.get_payload::<Vec<u8>>().ok());
            let payload = payload.unwrap_or_default();
            if payload == node.as_bytes() {
                echo.notify_one();
            }
            let message = serde_json::from_slice::<Message>(&payload).ok();
            if let Some(message) = message.filter(|message| message.node != node) {
                local.ring(message.bell());
            }
            Ok(())
        }
    }

    /// Carries bells until the connection breaks or the bus is dropped. Once a connection has proved itself, the next
    /// one is made without a pause.
    async fn serve(&mut self, mut line: Line, pause: &mut Duration) -> RedisResult<Closed> {
        self.local.ring(Bell::Log);
        let mut batch = vec![Bell::Log];
        let mut messages = self.messages(&mut batch)?;
        let mut heartbeat = time::interval(HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_heard = true;
        loop {
            in_time(line.connection.publish(&self.channel, &messages)).await?;
            messages.clear();
            tokio::select! {
                _ = &mut line.lost => return Err(io_error("the connection was closed")),
                () = line.echo.notified() => {
                    is_heard = true;
                    *pause = Duration::ZERO;
                    self.redis.outage.answered();
                }
                _ = heartbeat.tick() => {
                    if !std::mem::take(&mut is_heard) {
                        return Err(io_error("what is published does not come back"));
                    }
                    messages.push(self.node.clone());
                }
                received = self.queue.recv_many(&mut batch, BATCH) => {
                    if received == 0 {
                        return Ok(Closed);
                    }
                    messages = self.messages(&mut batch)?;
                }
            }
        }
    }

    /// The bells in wire format.
    fn messages(&self, batch: &mut Vec<Bell>) -> RedisResult<Vec<String>> {
        let message = |bell| serde_json::to_string(&Message::new(&self.node, bell));
        let messages: Result<_, serde_json::Error> = batch.drain(..).map(message).collect();
        messages.map_err(|error| (redis::ErrorKind::Client, "a bell is not JSON", error.to_string()).into())
    }

    /// Waits before the next attempt, for a time that differs between nodes. Bells that ring meanwhile are dropped: the
    /// bell that follows the connection stands in for them.
    async fn rest(&mut self, pause: Duration) -> Option<Closed> {
        let pause = pause.mul_f64(rand::random_range(0.5..1.0));
        let closed = async { while self.queue.recv().await.is_some() {} };
        time::timeout(pause, closed).await.ok().map(|()| Closed)
    }
}

async fn in_time(command: impl Future<Output = RedisResult<()>>) -> RedisResult<()> {
    let done = time::timeout(TIMEOUT, command).await;
    done.unwrap_or_else(|_| Err(io_error("no answer in time")))
}

fn io_error(what: &'static str) -> RedisError {
    (redis::ErrorKind::Io, what).into()
}
