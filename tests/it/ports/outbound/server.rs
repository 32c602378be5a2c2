//! A small server whose answers are written by hand, so that they can be wrong.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::interval,
};

/// What a server does once it has read a request. It closes the connection at the end.
#[derive(Clone)]
pub enum Reply {
    /// Writes this.
    Bytes(Vec<u8>),
    /// Writes the first and then the second, again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// Writes this and keeps the connection open.
    Unfinished(Vec<u8>),
    /// Writes this byte after byte, slowly.
    Slow(Vec<u8>),
}

/// An answer, then the end of the connection.
pub fn reply(text: &str) -> Reply {
    Reply::Bytes(text.as_bytes().to_vec())
}

/// An answer that leads there.
pub fn redirect(location: &str) -> Reply {
    reply(&format!(
        "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
    ))
}

/// What has been asked so far.
#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    under_way: usize,
    most_at_once: usize,
}

/// A server on this machine that remembers what it was asked.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    open: watch::Sender<bool>,
}

impl Server {
    /// Answers by the path that is asked for.
    pub async fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, is_open) = watch::channel(true);
        let seen = Arc::<Mutex<Seen>>::default();
        let (answer, inside) = (Arc::new(answer), seen.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen, is_open) = (answer.clone(), inside.clone(), is_open.clone());
                tokio::spawn(async move { serve(stream, &*answer, &seen, is_open).await });
            }
        });
        Self { address, seen, open }
    }

    /// One answer to everything.
    pub async fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone()).await
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The same at a name.
    pub fn at(&self, name: &str) -> String {
        format!("http://{name}:{}/", self.address.port())
    }

    /// The requests so far, with their bodies.
    pub fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// The most requests that were under way at the same time.
    pub fn most_at_once(&self) -> usize {
        self.seen.lock().unwrap().most_at_once
    }

    /// Holds answers back until `let_out()`.
    pub fn hold_back(&self) {
        self.open.send_replace(false);
    }

    /// Sends answers again.
    pub fn let_out(&self) {
        self.open.send_replace(true);
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(impl Fn(&str) -> Reply + Send + Sync),
    seen: &Mutex<Seen>,
    mut is_open: watch::Receiver<bool>,
) -> io::Result<()> {
    let request = request(&mut stream).await?;
    let reply = answer(request.split(' ').nth(1).unwrap_or_default());
    {
        let mut seen = seen.lock().unwrap();
        seen.requests.push(request);
        seen.under_way += 1;
        seen.most_at_once = seen.most_at_once.max(seen.under_way);
    }
    let _ = is_open.wait_for(|is_open| *is_open).await;
    seen.lock().unwrap().under_way -= 1;
    match reply {
        Reply::Bytes(bytes) => stream.write_all(&bytes).await?,
        Reply::Endless(first, next) => {
            stream.write_all(&first).await?;
            loop {
                stream.write_all(&next).await?;
            }
        }
        Reply::Unfinished(bytes) => {
            stream.write_all(&bytes).await?;
            std::future::pending().await
        }
        Reply::Slow(bytes) => {
            let mut ticks = interval(Duration::from_millis(5));
            for byte in bytes {
                ticks.tick().await;
                stream.write_all(&[byte]).await?;
            }
        }
    }
    stream.shutdown().await
}

/// A request with its body, if it says how long that is.
async fn request(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await?;
        text.push_str(&String::from_utf8_lossy(&buffer[..length]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            match length {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => continue,
            }
        };
        let expected = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let expected = expected.map_or(0, |length| length.parse().unwrap());
        if expected <= body.len() {
            return Ok(text);
        }
    }
}
