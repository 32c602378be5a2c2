//! What the program says where its readers are not people at a terminal, or have seen enough.

use std::{
    io::{Read, Write},
    process::{Output, Stdio},
};

use super::node::{Installation, sweetie};
use crate::support::{FreshDatabase, Scratch};

#[test]
fn a_reader_who_has_seen_enough_of_the_schema_ends_it_quietly() {
    let mut command = sweetie();
    command.arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut output = process.stdout.take().unwrap();
    output.read_exact(&mut [0; 10]).unwrap();
    drop(output);

    let Output { status, stderr, .. } = process.wait_with_output().unwrap();

    assert_eq!(String::from_utf8(stderr).unwrap(), "");
    assert!(status.success());
}

#[tokio::test]
async fn a_command_whose_log_and_words_nobody_reads_does_its_work() {
    let scratch = Scratch::new();
    let mut command = sweetie();
    command
        .arg("migrate")
        .env("SWEETIE_DATA_DIR", scratch.path())
        .env("SWEETIE_LOG", "trace");
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((process.stdout.take(), process.stderr.take()));

    assert!(process.wait().unwrap().success());
}

#[tokio::test]
async fn a_log_that_goes_into_a_file_has_no_colors() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url).with("SWEETIE_LOG", "info");
    let node = installation.start().await;
    assert!(node.terminate().await);

    let log = installation.log();

    assert!(log.contains("listening on") && !log.contains('\u{1b}'), "{log}");
}

#[tokio::test]
async fn a_second_demo_says_that_there_is_one_and_how_to_log_in() {
    let scratch = Scratch::new();
    let database = FreshDatabase::migrated(scratch.path()).await;
    let installation = Installation::new(scratch.path(), &database.url).with("SWEETIE_LOG", "error");

    let (first, second) = (installation.command(&["demo"]), installation.command(&["demo"]));

    assert!(
        first.contains("was added") && second.contains("there already"),
        "{first}{second}"
    );
    for said in [first, second] {
        assert!(
            said.contains("ann@example.org") && said.contains("sweetie-demo"),
            "{said}"
        );
    }
}

/// What a start says with such a file of settings.
fn said_with_file(text: &str) -> String {
    let scratch = Scratch::new();
    let file = scratch.path().join("settings.toml");
    std::fs::File::create(&file)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let mut command = sweetie();
    command
        .arg("serve")
        .env("SWEETIE_CONFIG", &file)
        .env("SWEETIE_DATA_DIR", scratch.path());
    let output = command.output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_wrong_in_the_file_of_settings_is_named_as_it_stands_there() {
    for (text, key) in [
        ("bogus = 1", "bogus"),
        ("SWEETIE_LISTEN = \"127.0.0.1:0\"", "SWEETIE_LISTEN"),
        ("[database]\nurl = \"x\"", "database"),
        ("rate_limit = \"often\"", "rate_limit"),
        ("listen = \"here\"", "listen"),
    ] {
        let said = said_with_file(text);
        assert!(said.contains(&format!("sweetie: {key} in /")), "{text}: {said}");
        assert!(said.contains("settings.toml: "), "{text}: {said}");
    }
}
