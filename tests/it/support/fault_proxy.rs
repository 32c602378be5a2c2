//! A TCP proxy that breaks connections the way networks do.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{AbortHandle, JoinSet},
};
use url::Url;

/// Treatment of new connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// They are forwarded.
    Open,
    /// They are accepted, but never answered.
    Silent,
    /// They are closed at once.
    Shut,
}

struct State {
    door: watch::Sender<Door>,
    /// Incremented when all current connections are silenced for good.
    silences: watch::Sender<usize>,
    connections: Mutex<JoinSet<()>>,
    cut: AtomicUsize,
    silenced: AtomicUsize,
}

/// A proxy in front of one server. Dropping it breaks all connections through it.
pub struct FaultProxy {
    /// The server's URL with the proxy's host and port.
    pub url: String,
    state: Arc<State>,
    accepting: AbortHandle,
}

impl FaultProxy {
    /// A proxy for the server at this URL; `None` if the URL is that of a file.
    pub async fn before(url: &str) -> Option<Self> {
        let mut url = Url::parse(url).unwrap();
        let server = (url.host_str()?.to_owned(), url.port()?);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(address.port())).unwrap();
        let state = Arc::new(State {
            door: watch::Sender::new(Door::Open),
            silences: watch::Sender::new(0),
            connections: Mutex::default(),
            cut: AtomicUsize::new(0),
            silenced: AtomicUsize::new(0),
        });
        let accepting = tokio::spawn(accept(listener, server, state.clone())).abort_handle();
        Some(Self {
            url: url.to_string(),
            state,
            accepting,
        })
    }

    /// Breaks all connections; new ones are forwarded.
    pub fn cut(&self) {
        let mut connections = self.state.connections.lock().unwrap();
        while connections.try_join_next().is_some() {}
        self.state.cut.fetch_add(connections.len(), Ordering::SeqCst);
        connections.abort_all();
    }

    /// Breaks all connections and refuses new ones until [`FaultProxy::open`].
    pub fn shut(&self) {
        self.state.door.send_replace(Door::Shut);
        self.cut();
    }

    /// Stops forwarding without closing anything. Current connections stay silent for good, new ones until
    /// [`FaultProxy::open`].
    pub fn silence(&self) {
        self.state.door.send_replace(Door::Silent);
        self.state.silences.send_modify(|silences| *silences += 1);
        let mut connections = self.state.connections.lock().unwrap();
        while connections.try_join_next().is_some() {}
        self.state.silenced.fetch_add(connections.len(), Ordering::SeqCst);
    }

    /// Forwards new connections again.
    pub fn open(&self) {
        self.state.door.send_replace(Door::Open);
    }

    /// Number of connections broken so far.
    pub fn cuts(&self) -> usize {
        self.state.cut.load(Ordering::SeqCst)
    }

    /// Number of connections silenced so far.
    pub fn silenced(&self) -> usize {
        self.state.silenced.load(Ordering::SeqCst)
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.state.connections.lock().unwrap().abort_all();
    }
}

async fn accept(listener: TcpListener, server: (String, u16), state: Arc<State>) {
    while let Ok((client, _)) = listener.accept().await {
        // In this order, so that a silence in between reaches the connection.
        let silences = state.silences.subscribe();
        let door = *state.door.borrow();
        let server = server.clone();
        let carried = async move {
            match door {
                Door::Open => carry(client, server, silences).await,
                Door::Silent => {
                    std::future::pending::<()>().await;
                    drop(client);
                }
                Door::Shut => {}
            }
        };
        state.connections.lock().unwrap().spawn(carried);
    }
}

async fn carry(mut client: TcpStream, server: (String, u16), mut silences: watch::Receiver<usize>) {
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    // Nagle's algorithm would delay everything.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = silences.changed() => {
            // Both sides stay open, and nobody reads from them.
            std::future::pending::<()>().await;
        }
    }
}
