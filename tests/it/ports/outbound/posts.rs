//! What is sent to others.

use bytes::Bytes;
use finding_sweetie::ports::outbound::{HeaderName, HeaderValue, OutboundError};

use super::{
    LIMITS, outbound,
    server::{Reply, Server, reply},
};

#[tokio::test]
async fn what_is_posted_arrives_with_its_headers() {
    let server = Server::always(reply("HTTP/1.1 202 Accepted\r\ncontent-length: 8\r\n\r\nthank\x07s!")).await;
    let headers = [
        ("content-type", "application/json"),
        ("x-signature", "abc"),
        ("host", "10.0.0.1"),
        ("content-length", "1"),
        ("transfer-encoding", "chunked"),
        ("accept-encoding", "gzip"),
    ];
    let headers = headers.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));

    let answer = outbound()
        .post(
            &server.url("/hook"),
            headers.to_vec(),
            Bytes::from_static(b"{}"),
            LIMITS,
        )
        .await
        .unwrap();

    assert_eq!((answer.status, &*answer.said), (202, "thank s!"));
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hook HTTP/1.1\r\n"), "{head}");
    assert_eq!(body, "{}");
    let host = format!("host: {}", server.address);
    let mut lines: Vec<_> = head
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("user-agent: "))
        .collect();
    lines.sort_unstable();
    let expected = [
        "accept-encoding: identity",
        "accept: */*",
        "content-length: 2",
        "content-type: application/json",
        &host,
        "x-signature: abc",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn a_refused_post_tells_what_the_server_said() {
    let long = "no ".repeat(10_000);
    let server = Server::always(reply(&format!(
        "HTTP/1.1 422 Unprocessable\r\ncontent-length: {}\r\n\r\n{long}",
        long.len()
    )))
    .await;

    let error = outbound()
        .post(&server.url("/"), Vec::new(), Bytes::new(), LIMITS)
        .await;

    let Err(OutboundError::Status { status: 422, said, .. }) = error else {
        panic!("{error:?}");
    };
    assert_eq!(said, &long[..4_096]);
}

#[tokio::test]
async fn what_has_arrived_counts_however_the_answer_ends() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    let broken = reply("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nyes");
    for (reply, said) in [
        (Reply::Endless(head.clone(), b"yes ".to_vec()), "yes yes".to_owned()),
        (Reply::Unfinished([&head[..], b"yes"].concat()), "yes".to_owned()),
        (broken, "yes".to_owned()),
    ] {
        let server = Server::always(reply).await;
        let answer = outbound()
            .post(&server.url("/"), Vec::new(), Bytes::new(), LIMITS)
            .await
            .unwrap();
        assert!(
            answer.said.starts_with(&said) && answer.said.len() <= 4_096,
            "{}",
            answer.said
        );
    }
}

#[tokio::test]
async fn what_is_posted_is_not_sent_on() {
    let other = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    for status in [301, 302, 303, 307, 308] {
        let head = format!("HTTP/1.1 {status} Moved\r\nlocation: {}\r\n", other.url("/"));
        let server = Server::always(reply(&format!("{head}content-length: 0\r\n\r\n"))).await;
        let error = outbound()
            .post(&server.url("/"), Vec::new(), Bytes::new(), LIMITS)
            .await
            .unwrap_err();
        assert!(
            matches!(error, OutboundError::Moved(moved) if moved == status),
            "{error:?}"
        );
        assert!(error.is_final());
    }
    assert!(other.requests().is_empty());
}
