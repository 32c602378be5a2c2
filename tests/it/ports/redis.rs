//! The real Redis, the real Redis Cluster, and a wire that can be cut.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use finding_sweetie::ports::redis::{Redis, RedisAddress};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

use crate::support::{redis_cluster, redis_url};

/// Nothing of the adapters takes so long when it works.
pub const LIMIT: Duration = Duration::from_secs(20);

pub fn unique(name: &str) -> String {
    format!("test:{name}:{:032x}", rand::random::<u128>())
}

/// A node's own way to the Redis at that address.
pub fn open(url: &str) -> Redis {
    Redis::open(&RedisAddress::Server(url.into())).unwrap()
}

/// A node's own way to the Redis of the suite.
pub fn server() -> Redis {
    open(&redis_url())
}

/// A node's own way to the Redis Cluster of the suite.
pub fn cluster() -> Redis {
    let nodes = redis_cluster().into_iter().map(Into::into);
    Redis::open(&RedisAddress::Cluster(nodes.collect())).unwrap()
}

/// Both kinds, for what both promise.
pub const KINDS: [fn() -> Redis; 2] = [server, cluster];

/// Lies between an adapter and Redis. When it is cut, connections break, and new ones are closed at once.
pub struct Wire {
    pub url: String,
    state: Arc<Mutex<WireState>>,
}

#[derive(Default)]
struct WireState {
    is_cut: bool,
    open: Vec<AbortHandle>,
}

impl Wire {
    pub async fn start() -> Self {
        let target = redis_url()
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("redis://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(WireState::default()));
        let accepting = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let target = target.clone();
                let mut state = accepting.lock().unwrap();
                if !state.is_cut {
                    let carrying = tokio::spawn(async move {
                        let mut far = TcpStream::connect(target).await.unwrap();
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    });
                    state.open.push(carrying.abort_handle());
                }
            }
        });
        Self { url, state }
    }

    pub fn cut(&self) {
        let mut state = self.state.lock().unwrap();
        state.is_cut = true;
        state.open.drain(..).for_each(|connection| connection.abort());
    }

    pub fn mend(&self) {
        self.state.lock().unwrap().is_cut = false;
    }
}
