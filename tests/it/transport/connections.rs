//! Connections that say nothing, and connections that are too many.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, routing::get};
use finding_sweetie::http::{Room, listen};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::support::LIMIT;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

/// A small server with that room, which waits so long for a request.
async fn server(room: Room, silence: Duration) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(async || "hello"));
    tokio::spawn(listen(listener, router, room, silence, CancellationToken::new()));
    address
}

/// A connection from that address of this machine.
async fn connect(from: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(to).await.unwrap()
}

async fn is_served(stream: &mut TcpStream) -> bool {
    let mut start = [0; 12];
    stream.write_all(REQUEST).await.is_ok()
        && timeout(LIMIT, stream.read_exact(&mut start)).await.unwrap().is_ok()
        && &start == b"HTTP/1.1 200"
}

/// Reads what is left and waits for the server to hang up.
async fn is_ended(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    let ended = timeout(LIMIT, stream.read_to_end(&mut rest)).await;
    // Reset or closed, both are an end.
    drop(ended.expect("the server hangs up"));
}

#[tokio::test]
async fn whoever_says_nothing_or_not_all_is_hung_up_on() {
    let address = server(Room::new(100, None), Duration::from_millis(200)).await;
    let begun: [&[u8]; 4] = [b"", b"GE", b"GET / HTTP/1.1\r\nhost: x\r\nx-a: b\r\n", REQUEST];
    let mut silent = Vec::new();
    for bytes in begun {
        let mut stream = connect("127.0.0.1", address).await;
        stream.write_all(bytes).await.unwrap();
        silent.push(stream);
    }
    assert!(is_served(&mut connect("127.0.0.1", address).await).await);
    for stream in &mut silent {
        is_ended(stream).await;
    }
}

#[tokio::test]
async fn one_address_cannot_keep_another_one_out() {
    let address = server(Room::new(100, Some(3)), LIMIT * 2).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(connect("127.0.0.1", address).await);
    }
    assert!(is_served(&mut held[0]).await);
    assert!(!is_served(&mut connect("127.0.0.1", address).await).await);
    assert!(is_served(&mut connect("127.0.0.2", address).await).await);

    drop(held.pop());
    crate::support::until(LIMIT, "there is room again", async || {
        is_served(&mut connect("127.0.0.1", address).await).await
    })
    .await;
}
