//! Roughly where a log-in came from, by a file in MaxMind's format (version 2.0) that this test writes.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{LOG_IN, from_host};
use crate::support::{Setup, TestApp};

const PLACES: &str = "{ viewer { sessions { address place } } }";

/// A file that knows one address.
fn city_file(folder: &Path, address: Ipv4Addr) -> PathBuf {
    const DEPTH: u32 = 32;
    let mut bytes = Vec::new();
    for level in 0..DEPTH {
        // What is not that address is not found, which is the number of nodes; the data begin 16 further on.
        let onwards = if level + 1 == DEPTH { DEPTH + 16 } else { level + 1 };
        let is_right = address.to_bits() >> (31 - level) & 1 == 1;
        let sides = if is_right { [DEPTH, onwards] } else { [onwards, DEPTH] };
        for side in sides {
            bytes.extend(&side.to_be_bytes()[1..]);
        }
    }
    bytes.extend([0; 16]);
    let name = |name: &str| map(&[("names", map(&[("en", text(name))]))]);
    let regions = [vec![1, 4], name("Texas")].concat();
    bytes.extend(map(&[
        ("city", name("Austin")),
        ("subdivisions", regions),
        ("country", name("United States")),
    ]));
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    bytes.extend(map(&[
        ("node_count", vec![0xc1, DEPTH.to_be_bytes()[3]]),
        ("record_size", vec![0xa1, 24]),
        ("ip_version", vec![0xa1, 4]),
        ("database_type", text("City")),
        ("languages", [vec![1, 4], text("en")].concat()),
        ("binary_format_major_version", vec![0xa1, 2]),
        ("binary_format_minor_version", vec![0xa0]),
        ("build_epoch", vec![1, 2, 1]),
        ("description", map(&[])),
    ]));
    let file = folder.join("cities.mmdb");
    std::fs::write(&file, bytes).unwrap();
    file
}

fn map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0xe0 + u8::try_from(entries.len()).unwrap()];
    for (key, value) in entries {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}

fn text(text: &str) -> Vec<u8> {
    [vec![0x40 + u8::try_from(text.len()).unwrap()], text.as_bytes().to_vec()].concat()
}

#[tokio::test]
async fn a_log_in_tells_its_member_roughly_where_it_came_from() {
    let app = TestApp::start(Setup {
        adjust: |config| config.network_places = Some(city_file(&config.data_dir, Ipv4Addr::new(127, 0, 0, 2))),
        ..Setup::default()
    })
    .await;
    let ann = app.member("ann").await;
    let input = json!({ "email": ann.email(), "password": ann.password() });
    from_host(&app, 2, LOG_IN, json!({ "input": input })).await;
    let data = app.ok(&ann, PLACES, json!({})).await;
    let sessions = data["viewer"]["sessions"].as_array().unwrap();
    for known in [
        json!({ "address": "127.0.0.2", "place": "Austin, Texas, United States" }),
        json!({ "address": "127.0.0.1", "place": null }),
    ] {
        assert!(sessions.contains(&known), "{sessions:?}");
    }
}
