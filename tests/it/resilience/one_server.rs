//! A file of SQLite has one server at a time.

use super::node::Installation;
use crate::support::{FreshDatabase, LIMIT, Scratch};

#[tokio::test]
async fn a_file_has_one_server_until_that_ends_however_it_ends() {
    let scratch = Scratch::new();
    let database = FreshDatabase::file(scratch.path());
    let installation = Installation::new(scratch.path(), &database.url);
    let mut first = installation.start().await;

    let mut second = installation.spawn();
    assert!(!second.ended(LIMIT).await.success());
    let said = installation.log();
    assert!(
        said.contains("SWEETIE_DATABASE_URL: another process is at work on"),
        "{said}"
    );

    first.kill();
    installation.start().await;
}

#[tokio::test]
async fn beside_a_server_only_that_is_done_to_its_file_which_a_request_could_do() {
    let scratch = Scratch::new();
    let database = FreshDatabase::file(scratch.path());
    let installation = Installation::new(scratch.path(), &database.url);
    let node = installation.start().await;
    node.member("ann").await;

    for refused in ["migrate", "demo"] {
        let (is_done, said) = installation.run(&[refused]);
        assert!(!is_done && said.contains("another process is at work on"), "{said}");
    }
    let (is_done, said) = installation.run(&["grant-role", "ann@example.org", "admin"]);
    assert!(is_done, "{said}");
    assert!(node.terminate().await);
    let (is_done, said) = installation.run(&["migrate"]);
    assert!(is_done, "{said}");
}
