//! Requests that no HTTP library would send.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{LIMIT, TestApp};

/// Sends these bytes on a connection of their own, and gives all that comes until the server ends it.
pub async fn exchange(app: &TestApp, bytes: impl AsRef<[u8]>) -> String {
    let host = app.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    // The server may end the connection before it has read everything.
    let _ = stream.write_all(bytes.as_ref()).await;
    let mut answer = Vec::new();
    let read = timeout(LIMIT, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the server ends the connection in time");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of each answer.
pub fn statuses(answers: &str) -> Vec<u16> {
    let lines = answers.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 "));
    lines.map(|line| line[..3].parse().unwrap()).collect()
}
