//! A Redis Cluster for a single test, which may break it.

use std::time::Duration;

use finding_sweetie::ports::redis::RedisAddress;

use super::{OwnRedis, Scratch, own_redis::free_port, until};

/// Time for the nodes to agree. If all goes well, they need two seconds.
const AGREED: Duration = Duration::from_secs(30);
/// Moving a slot takes at least two masters.
const NODES: usize = 2;
const SLOTS: usize = 16_384;

/// Masters without replicas, killed on drop.
pub struct OwnCluster {
    pub nodes: Vec<OwnRedis>,
    _folders: Vec<Scratch>,
}

impl OwnCluster {
    /// Starts a cluster and waits until all slots are served.
    pub async fn start() -> Self {
        let (mut nodes, mut folders) = (Vec::<OwnRedis>::new(), Vec::new());
        let mut met = None;
        for number in 0..NODES {
            let (folder, meeting) = (Scratch::new(), free_port().to_string());
            let options = [
                ("--cluster-enabled", "yes"),
                ("--cluster-config-file", "nodes.conf"),
                ("--cluster-node-timeout", "1000"),
                ("--cluster-announce-ip", "127.0.0.1"),
                ("--cluster-port", &meeting),
                ("--dir", folder.path().to_str().unwrap()),
            ];
            let options = options
                .iter()
                .flat_map(|(name, value)| [name.to_string(), value.to_string()]);
            let node = OwnRedis::start_with(options.collect()).await;
            let (first, after) = (SLOTS * number / NODES, SLOTS * (number + 1) / NODES);
            node.command(&["cluster", "addslotsrange", &first.to_string(), &(after - 1).to_string()]);
            node.command(&["cluster", "set-config-epoch", &(number + 1).to_string()]);
            let (port, meeting) = met.get_or_insert((port(&node), meeting));
            node.command(&["cluster", "meet", "127.0.0.1", port, meeting]);
            nodes.push(node);
            folders.push(folder);
        }
        let cluster = Self {
            nodes,
            _folders: folders,
        };
        cluster.agreed().await;
        cluster
    }

    /// The address of the cluster as used in the settings.
    pub fn address(&self) -> RedisAddress {
        RedisAddress::Cluster(self.nodes.iter().map(|node| node.url().into()).collect())
    }

    /// Index of the node that serves the slot of a key or channel.
    pub fn owner(&self, key: &str) -> usize {
        let slot: usize = self.nodes[0].command(&["cluster", "keyslot", key]).parse().unwrap();
        let is_own = |node: &OwnRedis| {
            let own = node.command(&["cluster", "nodes"]);
            let own = own.lines().find(|line| line.contains("myself")).unwrap();
            own.split(' ').skip(8).any(|range| has(range, slot))
        };
        self.nodes.iter().position(is_own).unwrap()
    }

    /// Moves the slot of a key to a node; the slot must be empty.
    pub fn move_slot(&self, key: &str, to: usize) {
        let slot = self.nodes[0].command(&["cluster", "keyslot", key]);
        let id = self.nodes[to].command(&["cluster", "myid"]);
        // The new owner first, so that the slot has an owner at every moment.
        for node in [&self.nodes[to], &self.nodes[1 - to]] {
            assert_eq!(node.command(&["cluster", "setslot", &slot, "node", &id]), "OK");
        }
    }

    /// Waits until all slots are served.
    pub async fn agreed(&self) {
        until(AGREED, "the cluster serves all slots", async || {
            let state = |node: &OwnRedis| node.command(&["cluster", "info"]);
            self.nodes.iter().all(|node| state(node).contains("cluster_state:ok"))
        })
        .await;
    }
}

fn port(node: &OwnRedis) -> String {
    node.url().rsplit(':').next().unwrap().to_owned()
}

/// Whether a range such as `0-8191`, or a single slot, includes this slot.
fn has(range: &str, slot: usize) -> bool {
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    matches!((first.parse(), last.parse()), (Ok(first), Ok(last)) if (first..=last).contains(&slot))
}
