//! Connections to a process of its own.

use tokio::net::TcpStream;

use super::node::Installation;
use crate::support::{FreshDatabase, LIMIT, Scratch, samples, until};

#[tokio::test]
async fn too_many_connections_of_one_address_are_refused_counted_and_told_once() {
    const REFUSED: &str = r#"sweetie_connections_refused_total{reason="address"}"#;
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url).with("SWEETIE_SOCKETS_PER_ADDRESS", 2);
    let node = installation.start().await;
    let (soft, hard) = node.open_files();
    assert_eq!(soft, hard, "the limit of open files is as high as it goes");

    let address = node.url.strip_prefix("http://").unwrap();
    let mut held = Vec::new();
    for _ in 0..30 {
        held.push(TcpStream::connect(address).await.unwrap());
    }
    until(LIMIT, "those above the limit are refused", async || {
        let page = node.client.get(&node.metrics).send().await.unwrap();
        let seen = samples(&page.text().await.unwrap());
        seen.get(REFUSED).is_some_and(|refused| 20.0 <= *refused)
    })
    .await;
    assert_eq!(
        node.log().matches("as many connections open as it may").count(),
        1,
        "{}",
        node.log()
    );
}
