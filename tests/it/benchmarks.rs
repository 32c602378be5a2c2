//! What the benchmarks write into the tables themselves is what the server would write.

use std::process::Command;

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::pet;
use sea_orm::{IdenStatic, Iterable};

use crate::support::{SECRET, TestApp};

/// Writes a report as a row of the table.
const ROW: &str = include_str!("../../bench/pets-row.mjs");

/// Signs what it is given, at the time that it is given.
const SIGN: &str = "
import { signerOf } from './scripts/access-token.mjs';
const [secret, now, claims] = process.argv.slice(1);
console.log(signerOf(secret, Number(now))(JSON.parse(claims)));
";

#[tokio::test]
async fn the_benchmarks_sign_tokens_as_the_server_does() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let claims = ann.token.split('.').nth(1).unwrap();
    let claims = String::from_utf8(Base64UrlUnpadded::decode_vec(claims).unwrap()).unwrap();
    let (secret, now) = (str::from_utf8(SECRET).unwrap(), app.deps.clock.now().0.to_string());

    let output = Command::new("node")
        .args(["--input-type=module", "-e", SIGN, secret, &now, &claims])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();

    let token = String::from_utf8(output.stdout).unwrap();
    assert_eq!(token.trim(), ann.token, "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_benchmarks_know_every_column_of_a_report() {
    let keys: Vec<&str> = ROW
        .lines()
        .filter_map(|line| line.trim().split([':', ',']).next())
        .collect();
    let unknown: Vec<&str> = pet::Column::iter()
        .map(|column| column.as_str())
        .filter(|column| !keys.contains(column))
        .collect();

    assert!(unknown.is_empty(), "bench/pets-row.mjs does not write {unknown:?}");
}
