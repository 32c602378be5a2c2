//! An open connection to either kind of Redis.

use redis::{
    Cmd, Pipeline, RedisFuture, RedisResult, Value,
    aio::{ConnectionLike, MultiplexedConnection},
    cluster_async::ClusterConnection,
};

/// Cheap to clone; closed when its last clone is dropped.
#[derive(Clone)]
pub enum Connection {
    Server(MultiplexedConnection),
    /// Commands go to the node that holds the slot of their keys, so all keys of a command must be in one slot.
    Cluster(ClusterConnection),
}

impl Connection {
    /// Subscribes to a channel.
    pub async fn subscribe(&mut self, channel: &str) -> RedisResult<()> {
        match self {
            Self::Server(connection) => connection.subscribe(channel).await,
            Self::Cluster(connection) => connection.ssubscribe(channel).await,
        }
    }

    /// Publishes messages in order, in one round trip.
    pub async fn publish(&mut self, channel: &str, messages: &[String]) -> RedisResult<()> {
        let command = match self {
            Self::Server(_) => "PUBLISH",
            // Stays within the channel's shard, whereas PUBLISH goes to every node of the cluster.
            Self::Cluster(_) => "SPUBLISH",
        };
        let mut pipeline = redis::pipe();
        for message in messages {
            pipeline.cmd(command).arg(channel).arg(message).ignore();
        }
        if pipeline.is_empty() {
            return Ok(());
        }
        pipeline.exec_async(self).await
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Server(connection) => connection.req_packed_command(command),
            Self::Cluster(connection) => connection.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Server(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Server(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}
