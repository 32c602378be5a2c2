//! Names, and the addresses that they stand for.

use bytes::Bytes;
use finding_sweetie::ports::outbound::{Outbound, OutboundError};
use tokio::net::TcpListener;

use super::{
    LIMITS, Script,
    server::{Server, reply},
    settings,
};

#[tokio::test]
async fn a_name_for_this_machine_is_refused_unless_the_settings_permit_it() {
    let server = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    let nobody = Outbound::new(settings(&[]));

    for name in ["localhost", "LOCALHOST", "127.0.0.1", "0"] {
        let error = nobody.get(&server.at(name), LIMITS).await.unwrap_err();
        assert!(matches!(error, OutboundError::Private), "{name}: {error:?}");
        let error = nobody
            .post(&server.at(name), Vec::new(), Bytes::new(), LIMITS)
            .await
            .unwrap_err();
        assert!(matches!(error, OutboundError::Private), "{name}: {error:?}");
    }
    assert!(server.requests().is_empty());

    let insider = Outbound::new(settings(&["127.0.0.0/8", "::1/128"]));
    insider.get(&server.at("localhost"), LIMITS).await.unwrap();
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_the_connection_goes_there() {
    let server = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nphoto")).await;
    let url = server.at("rebinding.example.org");
    // 127.0.0.0/8 stands for what may be reached, 10.0.0.0/8 for what may not.
    let good_first = Script::new(&[&["127.0.0.1"], &["10.0.0.1"]]);
    let bad_first = Script::new(&[&["10.0.0.1"], &["127.0.0.1"]]);
    let permitted = || settings(&["127.0.0.0/8"]);

    let fetched = Outbound::with_lookup(permitted(), good_first.clone())
        .get(&url, LIMITS)
        .await;
    let error = Outbound::with_lookup(permitted(), bad_first.clone())
        .get(&url, LIMITS)
        .await;

    assert_eq!(fetched.unwrap().bytes, "photo");
    assert!(matches!(error, Err(OutboundError::Private)), "{error:?}");
    assert_eq!(good_first.asked(), ["rebinding.example.org"]);
    assert_eq!(bad_first.asked(), ["rebinding.example.org"]);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_name_that_changes_between_two_requests_is_judged_anew() {
    let server = Server::always(reply(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    ))
    .await;
    let url = server.at("rebinding.example.org");
    let script = Script::new(&[&["127.0.0.1"], &["10.0.0.1"]]);
    let outbound = Outbound::with_lookup(settings(&["127.0.0.0/8"]), script.clone());

    outbound.get(&url, LIMITS).await.unwrap();
    let error = outbound.get(&url, LIMITS).await.unwrap_err();

    assert!(matches!(error, OutboundError::Private), "{error:?}");
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn one_private_address_among_others_is_enough_to_refuse_a_name() {
    let server = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    for mixed in [
        ["127.0.0.1", "10.0.0.1"],
        ["10.0.0.1", "127.0.0.1"],
        ["127.0.0.1", "::ffff:10.0.0.1"],
        ["127.0.0.1", "fd00::1"],
    ] {
        let outbound = Outbound::with_lookup(settings(&["127.0.0.0/8"]), Script::new(&[&mixed]));
        let error = outbound.get(&server.at("mixed.example.org"), LIMITS).await.unwrap_err();
        assert!(matches!(error, OutboundError::Private), "{mixed:?}: {error:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_that_has_no_name() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let outbound = Outbound::with_lookup(settings(&["127.0.0.0/8"]), Script::new(&[&[]]));

    let unreachable = outbound.get(&format!("http://{address}/"), LIMITS).await.unwrap_err();
    let without_address = outbound.get("http://empty.example.org/", LIMITS).await.unwrap_err();
    let unknown = outbound.get("http://unknown.example.org/", LIMITS).await.unwrap_err();

    assert!(matches!(unreachable, OutboundError::Unreachable(_)), "{unreachable:?}");
    assert!(
        matches!(without_address, OutboundError::UnknownName(_)),
        "{without_address:?}"
    );
    assert!(matches!(unknown, OutboundError::UnknownName(_)), "{unknown:?}");
}
