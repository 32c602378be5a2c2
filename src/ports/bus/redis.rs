//! The bus of several nodes, over Redis publish and subscribe.
//!
//! Own bells are delivered in the process at once; Redis carries them to the others. When Redis is away, the node hears
//! itself only, says so once in the log, and keeps trying. As bells may have been missed by then, the first thing that
//! follows a connection is a bell for the log, here and everywhere.

use std::{future::Future, time::Duration};

use redis::{
    AsyncConnectionConfig, Client, IntoConnectionInfo, Msg, ProtocolVersion, PushInfo, PushKind, RedisResult,
    aio::MultiplexedConnection,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{broadcast, mpsc, oneshot},
    time,
};

use super::{BELLS_KEPT, Bell, Bus, LocalBus, Signals};

/// Bells that go out in one round trip.
const BATCH: usize = 64;
/// A connection that is quiet for so long is asked whether it is alive.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Redis answers within this time or counts as away.
const TIMEOUT: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Which Redis, and which channel of it.
#[derive(Debug, Clone)]
pub struct RedisBusSettings {
    /// `redis://` or `rediss://` (TLS), with user and password if need be.
    pub url: SecretString,
    /// Nodes on the same channel hear each other.
    pub channel: String,
}

/// Rings on every node that is on the same channel of the same Redis.
#[derive(Debug, Clone)]
pub struct RedisBus {
    local: LocalBus,
    outgoing: mpsc::Sender<Bell>,
}

impl RedisBus {
    /// The bus, and the work that connects it: to be spawned, and over once every clone of the bus is dropped. Fails
    /// only if the settings are wrong, not if Redis is away.
    pub fn open(settings: &RedisBusSettings) -> RedisResult<(Self, impl Future<Output = ()> + Send + use<>)> {
        let info = settings.url.expose_secret().into_connection_info()?;
        let resp3 = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let (outgoing, queue) = mpsc::channel(BELLS_KEPT);
        let local = LocalBus::default();
        let link = Link {
            client: Client::open(info.set_redis_settings(resp3))?,
            channel: settings.channel.clone(),
            node: format!("{:032x}", rand::random::<u128>()),
            local: local.clone(),
            queue,
        };
        Ok((Self { local, outgoing }, link.run()))
    }
}

impl Bus for RedisBus {
    fn ring(&self, bell: Bell) {
        self.local.ring(bell.clone());
        // A full queue means that Redis is away or far behind. The others look for themselves now and then.
        let _ = self.outgoing.try_send(bell);
    }

    fn listen(&self) -> broadcast::Receiver<Bell> {
        self.local.listen()
    }

    fn listen_to(&self, topic: &str) -> Signals {
        self.local.listen_to(topic)
    }
}

/// A bell on the wire.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    /// Who rang: its own bells come back to a node as well, and are dropped.
    node: String,
    /// Absent in a bell for the log.
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

/// The bus is dropped.
struct Closed;

/// The background half of a bus.
struct Link {
    client: Client,
    channel: String,
    node: String,
    local: LocalBus,
    queue: mpsc::Receiver<Bell>,
}

/// A live connection that is subscribed.
struct Connection {
    redis: MultiplexedConnection,
    lost: oneshot::Receiver<()>,
}

impl Link {
    async fn run(mut self) {
        let mut pause = FIRST_PAUSE;
        let mut is_known_to_be_away = false;
        loop {
            let error = match self.connect().await {
                Ok(connection) => {
                    tracing::info!("the bus is connected to Redis");
                    (pause, is_known_to_be_away) = (FIRST_PAUSE, false);
                    match self.serve(connection).await {
                        Ok(Closed) => return,
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
            if !is_known_to_be_away {
                tracing::warn!(%error, "the bus has lost Redis: other nodes hear of news later, until it is back");
                is_known_to_be_away = true;
            }
            if let Some(Closed) = self.rest(pause).await {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn connect(&self) -> RedisResult<Connection> {
        let (losing, lost) = oneshot::channel();
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT))
            .set_push_sender(self.receiver(losing));
        let mut redis = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        redis.subscribe(&self.channel).await?;
        Ok(Connection { redis, lost })
    }

    /// Takes what Redis pushes, on the connection's own task: a bell rings here at once.
    fn receiver(&self, losing: oneshot::Sender<()>) -> impl Fn(PushInfo) -> Result<(), ()> + Send + Sync + 'static {
        let (local, node) = (self.local.clone(), self.node.clone());
        let losing = std::sync::Mutex::new(Some(losing));
        move |push| {
            if push.kind == PushKind::Disconnection {
                drop(losing.lock().map(|mut losing| losing.take()));
                return Ok(());
            }
            let payload = Msg::from_push_info(push).and_then(|message| message.get_payload::<Vec<u8>>().ok());
            let message = payload.and_then(|payload| serde_json::from_slice::<Message>(&payload).ok());
            if let Some(message) = message.filter(|message| message.node != node) {
                local.ring(message.bell());
            }
            Ok(())
        }
    }

    /// Carries bells until the connection breaks or the bus is dropped.
    async fn serve(&mut self, mut connection: Connection) -> RedisResult<Closed> {
        self.local.ring(Bell::Log);
        let mut batch = vec![Bell::Log];
        loop {
            self.publish(&mut connection.redis, &mut batch).await?;
            tokio::select! {
                received = self.queue.recv_many(&mut batch, BATCH) => {
                    if received == 0 {
                        return Ok(Closed);
                    }
                }
                _ = &mut connection.lost => {
                    return Err((redis::ErrorKind::Io, "the connection was closed").into());
                }
                () = time::sleep(HEARTBEAT) => {
                    redis::cmd("PING").exec_async(&mut connection.redis).await?;
                }
            }
        }
    }

    async fn publish(&self, redis: &mut MultiplexedConnection, batch: &mut Vec<Bell>) -> RedisResult<()> {
        let mut pipeline = redis::pipe();
        for bell in batch.drain(..) {
            let message = serde_json::to_string(&Message::new(&self.node, bell))
                .map_err(|error| (redis::ErrorKind::Client, "a bell is not JSON", error.to_string()))?;
            pipeline.publish(&self.channel, message).ignore();
        }
        if pipeline.is_empty() {
            return Ok(());
        }
        pipeline.exec_async(redis).await
    }

    /// Waits before the next attempt, for a time that differs between nodes. Bells that ring meanwhile are dropped: the
    /// bell that follows the connection stands for them.
    async fn rest(&mut self, pause: Duration) -> Option<Closed> {
        let pause = pause.mul_f64(rand::random_range(0.5..1.0));
        let closed = async { while self.queue.recv().await.is_some() {} };
        time::timeout(pause, closed).await.ok().map(|()| Closed)
    }
}
