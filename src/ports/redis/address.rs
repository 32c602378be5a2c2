//! The address of Redis, and how to connect to it.

use std::{sync::Arc, time::Duration};

use redis::{
    AsyncConnectionConfig, Client, ConnectionInfo, ErrorKind, IntoConnectionInfo, ProtocolVersion, RedisResult,
    aio::AsyncPushSender,
    cluster::{ClusterClient, ClusterConfig},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time;

use super::Connection;

/// How often a command is retried after it met a migrated slot or a node that went down.
const RETRIES: u32 = 2;
/// Milliseconds between retries.
const RETRY_PAUSE: u64 = 50;

/// The address of Redis, as `redis://` or `rediss://` (TLS) URLs, with user and password if needed.
#[derive(Debug, Clone)]
pub enum RedisAddress {
    /// One server.
    Server(SecretString),
    /// Some nodes of one Redis Cluster, version 7 or newer, which know the addresses of the others. One reachable node
    /// is enough. All nodes share users, passwords and TLS settings.
    Cluster(Vec<SecretString>),
}

/// Receives the messages that Redis pushes.
pub type Listener = Arc<dyn AsyncPushSender>;

/// A validated address.
pub enum Door {
    Server(Box<Client>),
    Cluster(Box<ClusterClient>),
}

impl Door {
    /// Fails if the address is invalid; does not connect.
    pub fn new(address: &RedisAddress) -> RedisResult<Self> {
        match address {
            RedisAddress::Server(url) => Ok(Self::Server(Box::new(Client::open(info(url)?)?))),
            RedisAddress::Cluster(urls) => {
                let nodes = urls.iter().map(info).collect::<RedisResult<Vec<_>>>()?;
                if nodes.iter().any(|node| node.redis_settings().db() != 0) {
                    return Err((ErrorKind::InvalidClientConfig, "a cluster has no database but 0").into());
                }
                let client = ClusterClient::builder(nodes)
                    .use_protocol(ProtocolVersion::RESP3)
                    // The caller sets one time limit for all attempts together.
                    .overall_response_timeout(None)
                    .retries(RETRIES)
                    .min_retry_wait(RETRY_PAUSE)
                    .max_retry_wait(RETRY_PAUSE);
                Ok(Self::Cluster(Box::new(client.build()?)))
            }
        }
    }

    /// A connection to a Redis that answered within the given time, which is also the time limit for each of its
    /// commands.
    pub async fn connect(&self, within: Duration, listener: Option<Listener>) -> RedisResult<Connection> {
        let connecting = async {
            match self {
                Self::Server(client) => {
                    let config = AsyncConnectionConfig::new()
                        .set_connection_timeout(Some(within))
                        .set_response_timeout(Some(within));
                    let config = match listener {
                        Some(listener) => config.set_push_sender(listener),
                        None => config,
                    };
                    let connection = client.get_multiplexed_async_connection_with_config(&config);
                    connection.await.map(Connection::Server)
                }
                Self::Cluster(client) => {
                    let config = ClusterConfig::new()
                        .set_connection_timeout(within)
                        .set_response_timeout(within);
                    let config = match listener {
                        Some(listener) => config.set_push_sender(listener),
                        None => config,
                    };
                    let connection = client.get_async_connection_with_config(config);
                    connection.await.map(Connection::Cluster)
                }
            }
        };
        let late = || (ErrorKind::Io, "no answer in time").into();
        time::timeout(within, connecting).await.unwrap_or_else(|_| Err(late()))
    }
}

/// Selects the protocol version in which Redis can push messages.
fn info(url: &SecretString) -> RedisResult<ConnectionInfo> {
    let info = url.expose_secret().into_connection_info()?;
    let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    Ok(info.set_redis_settings(settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(urls: &[&str]) -> RedisResult<Door> {
        let urls = urls.iter().map(|url| SecretString::from(*url)).collect();
        Door::new(&RedisAddress::Cluster(urls))
    }

    #[test]
    fn an_address_that_cannot_work_is_refused_before_anything_is_connected() {
        assert!(Door::new(&RedisAddress::Server("redis://127.0.0.1:6379/2".into())).is_ok());
        assert!(Door::new(&RedisAddress::Server("127.0.0.1".into())).is_err());
        assert!(cluster(&["redis://ann:pass@one", "redis://ann:pass@two:7000"]).is_ok());
        assert!(cluster(&[]).is_err());
        assert!(cluster(&["redis://one", "two"]).is_err());
        assert!(
            cluster(&["redis://one", "redis://two/2"]).is_err(),
            "a cluster has one database"
        );
        assert!(cluster(&["redis://:pass@one", "redis://:word@two"]).is_err());
        assert!(cluster(&["redis://one", "rediss://two"]).is_err());
    }
}
