//! Sockets seen from the other end of the wire.

mod wire;

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use serde_json::json;
use tokio::time::timeout;

use super::SocketSettings;
use wire::{Client, PATIENCE, Server};

#[tokio::test]
async fn a_revoked_token_closes_the_socket() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { never }").await;
    server.revoke.send_replace(true);
    assert_eq!(client.end().await, Some(4403));
}

#[tokio::test]
async fn a_token_closes_the_socket_when_it_ends() {
    let ends = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(50);
    let server = Server::start_with(SocketSettings::default(), Some(ends)).await;
    let mut client = server.ready().await;
    assert_eq!(client.end().await, Some(4403));
}

#[tokio::test]
async fn a_refused_token_closes_the_socket() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.connect().await;
    client.init(json!({ "authorization": "bad" })).await;
    assert_eq!(client.end().await, Some(4401));
}

#[tokio::test]
async fn shutdown_closes_every_socket_and_waits_for_the_last() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    let (code, ()) = tokio::join!(client.end(), server.endpoint.shutdown());
    assert_eq!(code, Some(1001));
    assert_eq!(server.try_connect(None).await.err(), Some(503));
}

#[tokio::test]
async fn silence_closes_a_new_socket() {
    let settings = SocketSettings {
        init_timeout: Duration::from_millis(50),
        ..SocketSettings::default()
    };
    let mut client = Server::start(settings).await.connect().await;
    assert_eq!(client.end().await, Some(4408));
}

#[tokio::test]
async fn two_missed_pings_close_a_socket() {
    let settings = SocketSettings {
        ping_interval: Duration::from_millis(50),
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    let mut client = server.ready().await;
    // A client that does not read answers no pings; the server waits for nothing else before it gives up.
    timeout(PATIENCE, server.endpoint.sockets.tasks_are_gone())
        .await
        .expect("given up in time");
    assert_eq!(client.end().await, Some(1001));
}

#[tokio::test]
async fn a_reader_that_stops_is_dropped_and_nobody_else_notices() {
    let settings = SocketSettings {
        send_timeout: Duration::from_millis(300),
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    let mut stuck = server.ready().await;
    stuck.subscribe("1", "subscription { flood }").await;
    let mut other = server.ready().await;
    other.subscribe("1", "subscription { three }").await;
    assert_eq!(other.hear().await["payload"], json!({ "data": { "three": 1 } }));
    other.0.close(None).await.unwrap();
    other.end().await;
    timeout(PATIENCE, server.endpoint.sockets.tasks_are_gone())
        .await
        .expect("dropped in time");
}

#[tokio::test]
async fn a_reader_that_stops_keeps_nothing_that_others_need() {
    let settings = SocketSettings {
        send_timeout: 2 * PATIENCE,
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    let (mut stuck, mut other) = (server.ready().await, server.ready().await);
    for client in [&mut stuck, &mut other] {
        client.subscribe("1", "subscription { inTurn }").await;
    }
    // Far more than all buffers between the two ends hold, so the stuck one stands still before that.
    for _ in 0..500 {
        other.hear().await;
    }
}

#[tokio::test]
async fn an_operation_above_the_cap_gets_an_error_and_the_others_go_on() {
    let settings = SocketSettings {
        operations: 2,
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    let mut client = server.ready().await;
    for id in ["1", "2", "3"] {
        client.subscribe(id, "subscription { never }").await;
    }
    let refused = client.hear().await;
    assert_eq!((&refused["id"], &refused["type"]), (&json!("3"), &json!("error")));
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    client.say(json!({ "type": "complete", "id": "1" })).await;
    client.subscribe("3", "{ hello }").await;
    assert_eq!(client.hear().await["type"], "next");
}

#[tokio::test]
async fn subscriptions_of_all_sockets_of_one_account_or_address_count_together() {
    let settings = SocketSettings {
        streams_per_account: 2,
        streams_per_visitor: 1,
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    for (token, most) in [(json!({}), 1), (json!({ "authorization": "ann" }), 2)] {
        let mut clients = Vec::new();
        for place in 0..=most {
            let mut client = server.connect().await;
            client.init(token.clone()).await;
            assert_eq!(client.hear().await["type"], "connection_ack");
            client.subscribe("1", "subscription { flood }").await;
            let heard = client.hear().await;
            assert_eq!(
                heard["type"],
                if place < most { "next" } else { "error" },
                "{token}: {heard}"
            );
            clients.push(client);
        }
    }
}

#[tokio::test]
async fn an_account_and_an_address_have_only_so_many_sockets() {
    let settings = SocketSettings {
        per_account: 1,
        of_visitors: 1,
        per_address: 4,
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    let mut clients = Vec::new();
    for payload in [
        json!({ "authorization": "ann" }),
        json!({}),
        json!({ "authorization": "ann" }),
        json!({}),
    ] {
        let mut client = server.connect().await;
        client.init(payload).await;
        clients.push(client);
    }
    assert_eq!(server.try_connect(None).await.err(), Some(429));
    let [ann, visitor, ann_again, another_visitor] = clients.as_mut_slice() else {
        panic!("four")
    };
    assert_eq!(ann.hear().await["type"], "connection_ack");
    assert_eq!(visitor.hear().await["type"], "connection_ack");
    assert_eq!(ann_again.end().await, Some(1013));
    assert_eq!(another_visitor.end().await, Some(1013));
}

#[tokio::test]
async fn only_pages_of_allowed_origins_may_connect() {
    let settings = SocketSettings {
        allowed_origins: vec!["https://example.org".into()],
        ..SocketSettings::default()
    };
    let server = Server::start(settings).await;
    assert!(server.try_connect(Some("https://example.org")).await.is_ok());
    assert_eq!(server.try_connect(Some("https://example.com")).await.err(), Some(403));
    assert_eq!(server.try_connect(Some("null")).await.err(), Some(403));
}

#[tokio::test]
async fn a_stream_that_is_refused_ends_with_an_error_that_tells_nothing() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { refuses }").await;
    let refused = client.hear().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["message"], "Internal server error");
}

#[tokio::test]
async fn the_one_root_field_of_a_subscription_may_stand_in_a_fragment() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    client
        .subscribe("1", "subscription { ...F } fragment F on Streams { ... { n: three } }")
        .await;
    for number in 1..=3 {
        assert_eq!(client.hear().await["payload"], json!({ "data": { "n": number } }));
    }
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "1" }));
}

#[tokio::test]
async fn a_stream_that_rests_is_begun_anew_from_what_it_left() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { byAndBy }").await;
    for number in 1..=3 {
        assert_eq!(client.hear().await["payload"], json!({ "data": { "byAndBy": number } }));
    }
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "1" }));
}

/// An event as it has to arrive: whole, but for what one may not see.
async fn hears_whole(client: &mut Client, number: i32) {
    let payload = client.hear().await["payload"].take();
    let expected = json!({ "events": { "number": number, "lookedUp": number, "hidden": null } });
    assert_eq!(payload["data"], expected, "{payload}");
    assert_eq!(payload["errors"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_event_that_could_not_be_looked_up_comes_once_it_can() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    let query = "subscription { events(failures: 2) { number lookedUp hidden } }";
    client.subscribe("1", query).await;
    for number in 1..=3 {
        hears_whole(&mut client, number).await;
    }
    assert_eq!(client.hear().await, json!({ "type": "complete", "id": "1" }));
}

#[tokio::test]
async fn a_stream_ends_before_an_event_that_cannot_be_looked_up() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    let query = "subscription { events(failures: 100) { number hidden lookedUp } }";
    client.subscribe("1", query).await;
    hears_whole(&mut client, 1).await;
    let last = client.hear().await;
    assert_eq!((&last["id"], &last["type"]), (&json!("1"), &json!("error")));
    assert_eq!(last["payload"].as_array().unwrap().len(), 1, "{last}");
    assert_eq!(last["payload"][0]["extensions"]["code"], "UNAVAILABLE");
}

#[tokio::test]
async fn a_message_above_the_limit_closes_the_socket() {
    let server = Server::start(SocketSettings::default()).await;
    let mut client = server.ready().await;
    client.subscribe("1", &"#".repeat(200_000)).await;
    assert!(matches!(client.end().await, Some(1009) | None));
}
