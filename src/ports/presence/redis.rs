//! The presence that several nodes share, in Redis.
//!
//! One sorted set per member: the nodes that hold their sockets, scored by the end of the lease on Redis's own clock.
//! The set itself expires with the last lease.

use std::{collections::HashSet, time::Duration};

use entity::id::MemberId;
use redis::Script;

use super::Presence;
use crate::ports::redis::Redis;

/// Maximum number of members in one command.
const BATCH: usize = 1_000;

/// Redis's own time in milliseconds.
const NOW: &str = r"
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
";
const RENEW: &str = r"
for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, now + ARGV[2], ARGV[1])
    redis.call('PEXPIRE', key, ARGV[2])
end
return 0
";
const LEAVE: &str = r"
for _, key in ipairs(KEYS) do
    redis.call('ZREM', key, ARGV[1])
end
return 0
";
const ONLINE: &str = r"
local online = {}
for place, key in ipairs(KEYS) do
    online[place] = redis.call('ZCOUNT', key, '(' .. string.format('%.0f', now), '+inf')
end
return online
";

/// Leases for all nodes together. While Redis is down, nobody is online.
pub struct RedisPresence {
    redis: Redis,
    prefix: String,
    node: String,
    renew: Script,
    leave: Script,
    online: Script,
}

impl RedisPresence {
    /// Keys start with `prefix`. In a cluster, part of it must be in braces, which keeps all keys in one slot, as
    /// required by commands that use several keys.
    pub fn new(redis: &Redis, prefix: &str) -> Self {
        let script = |body: &str| Script::new(&format!("{NOW}{body}"));
        Self {
            redis: redis.clone(),
            prefix: prefix.to_owned(),
            node: format!("{:032x}", rand::random::<u128>()),
            renew: script(RENEW),
            leave: script(LEAVE),
            online: script(ONLINE),
        }
    }

    /// Runs a script over the keys of these members; `None` if Redis is down.
    async fn run<T: redis::FromRedisValue>(&self, script: &Script, members: &[MemberId], args: &[String]) -> Option<T> {
        let mut invocation = script.prepare_invoke();
        for member in members {
            invocation.key(format!("{}{member}", self.prefix));
        }
        for arg in args {
            invocation.arg(arg);
        }
        let question = |mut redis| async move { invocation.invoke_async(&mut redis).await };
        self.redis.ask(question).await
    }
}

#[async_trait::async_trait]
impl Presence for RedisPresence {
    async fn renew(&self, members: &[MemberId], lease: Duration) {
        let args = [self.node.clone(), lease.as_millis().max(1).to_string()];
        for members in members.chunks(BATCH) {
            self.run::<u8>(&self.renew, members, &args).await;
        }
    }

    async fn leave(&self, members: &[MemberId]) {
        for members in members.chunks(BATCH) {
            self.run::<u8>(&self.leave, members, std::slice::from_ref(&self.node))
                .await;
        }
    }

    async fn online(&self, members: &[MemberId]) -> HashSet<MemberId> {
        let mut online = HashSet::new();
        for members in members.chunks(BATCH) {
            let nodes: Vec<u32> = self.run(&self.online, members, &[]).await.unwrap_or_default();
            let present = members.iter().zip(nodes).filter(|(_, nodes)| 0 < *nodes);
            online.extend(present.map(|(member, _)| *member));
        }
        online
    }
}
