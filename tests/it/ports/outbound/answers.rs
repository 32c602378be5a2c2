//! What servers answer to a request, and what becomes of it.

use std::{io::Write, time::Duration};

use finding_sweetie::ports::outbound::OutboundError;
use flate2::{Compression, write::GzEncoder};
use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    LIMITS, SHORT, get, outbound,
    server::{Reply, Server, redirect, reply},
};
use crate::support::{LIMIT, until};

#[tokio::test]
async fn a_photo_is_fetched_with_what_its_server_says_of_it() {
    let server = Server::always(reply(
        "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\netag: \"1\"\r\nlast-modified: Mon, 01 Jun 2026 12:00:00 GMT\r\n\
         set-cookie: a=b\r\ncontent-length: 5\r\n\r\nphoto",
    ))
    .await;
    let outbound = outbound();

    let fetched = outbound.get(&server.url("/photo.png#top"), LIMITS).await.unwrap();
    outbound.get(&server.url("/again"), LIMITS).await.unwrap();

    assert_eq!(fetched.bytes, "photo");
    assert_eq!(fetched.content_type.as_deref(), Some("image/png"));
    assert_eq!(fetched.etag.as_deref(), Some("\"1\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Mon, 01 Jun 2026 12:00:00 GMT"));
    assert_eq!(fetched.url.as_str(), server.url("/photo.png"));
    for request in server.requests() {
        let (line, headers) = request.trim_end().split_once("\r\n").unwrap();
        assert!(line.starts_with("GET /") && !line.contains('#'), "{line}");
        let mut headers: Vec<_> = headers.lines().collect();
        headers.sort_unstable();
        let agent = concat!(
            "user-agent: FindingSweetie/",
            env!("CARGO_PKG_VERSION"),
            " (+https://sweetie.example.org)"
        );
        let host = format!("host: {}", server.address);
        assert_eq!(headers, ["accept-encoding: identity", "accept: */*", &host, agent]);
    }
}

#[tokio::test]
async fn no_answer_is_larger_than_the_limit() {
    let chunk = b"1000\r\n"
        .iter()
        .copied()
        .chain([b'x'; 4096])
        .chain(*b"\r\n")
        .collect();
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let unsized_head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    for reply in [
        Reply::Endless(chunked, chunk),
        Reply::Endless(unsized_head, vec![b'x'; 4096]),
        // What it says is enough.
        Reply::Unfinished(b"HTTP/1.1 200 OK\r\ncontent-length: 100001\r\n\r\n".to_vec()),
        Reply::Unfinished(b"HTTP/1.1 200 OK\r\ncontent-length: 9223372036854775807\r\n\r\n".to_vec()),
    ] {
        let server = Server::always(reply).await;
        let error = get(&server, LIMITS).await.unwrap_err();
        assert!(matches!(error, OutboundError::TooLarge(100_000)), "{error:?}");
        assert_eq!(error.to_string(), "the answer is larger than 100 kB");
    }
}

#[tokio::test]
async fn an_answer_may_be_as_large_as_the_limit() {
    let mut bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".to_vec();
    bytes.extend([b'x'; 100_000]);
    let server = Server::always(Reply::Bytes(bytes)).await;

    assert_eq!(get(&server, LIMITS).await.unwrap().bytes.len(), 100_000);
}

#[tokio::test]
async fn a_wrong_length_is_noticed_or_kept_to() {
    let too_long = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nphot")).await;
    let error = get(&too_long, LIMITS).await.unwrap_err();
    assert!(matches!(error, OutboundError::BrokenOff(_)), "{error:?}");
    assert!(!error.is_final());

    let too_short = Server::always(reply(
        "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nphotoHTTP/1.1 200 OK\r\n\r\n",
    ))
    .await;
    assert_eq!(get(&too_short, LIMITS).await.unwrap().bytes, "phot");

    let two = Server::always(reply(
        "HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nphoto",
    ))
    .await;
    let error = get(&two, LIMITS).await.unwrap_err();
    assert!(matches!(error, OutboundError::Unreadable(_)), "{error:?}");
}

#[tokio::test]
async fn nobody_waits_longer_than_the_time_limit() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n".to_vec();
    let slow_body = [&head[..], &[b'x'; 50_000]].concat();
    let slow_head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(50_000));
    for reply in [
        Reply::Unfinished(Vec::new()),
        Reply::Unfinished(head),
        Reply::Slow(slow_body),
        Reply::Slow(slow_head.into_bytes()),
    ] {
        let server = Server::always(reply).await;
        let error = get(&server, SHORT).await.unwrap_err();
        assert!(matches!(error, OutboundError::Timeout(_)), "{error:?}");
        assert!(!error.is_final());
    }
}

#[tokio::test]
async fn what_is_packed_stays_packed() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![0; 10_000_000]).unwrap();
    let bomb = packer.finish().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        bomb.len()
    );
    let server = Server::always(Reply::Bytes([head.as_bytes(), &bomb].concat())).await;

    assert_eq!(get(&server, LIMITS).await.unwrap().bytes, bomb);
}

#[tokio::test]
async fn what_is_no_http_or_has_too_many_headers_is_not_read() {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    for answer in [
        Reply::Endless(head.clone(), b"a: b\r\n".to_vec()),
        Reply::Endless([&head[..], b"a: "].concat(), b"bbbbbbbbbbbbbbbb".to_vec()),
        Reply::Bytes([&head[..], &b"a: b\r\n".repeat(101), b"content-length: 0\r\n\r\n"].concat()),
        reply("220 mail.example.org ESMTP\r\n"),
        reply("-ERR wrong number of arguments for 'get' command\r\n"),
    ] {
        let server = Server::always(answer).await;
        let error = get(&server, LIMITS).await.unwrap_err();
        assert!(matches!(error, OutboundError::Unreadable(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_not_asked_as_if_it_had_some() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .await
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });

    let error = outbound().get(&url, LIMITS).await.unwrap_err();

    assert!(matches!(error, OutboundError::Insecure(_)), "{error:?}");
}

#[tokio::test]
async fn a_status_says_whether_and_when_to_try_again() {
    for (head, status, is_final, after) in [
        ("404 Not Found\r\nretry-after: 5", 404, true, None),
        ("410 Gone", 410, true, None),
        ("429 Too Many Requests\r\nretry-after: 120", 429, false, Some(120)),
        (
            "503 Unavailable\r\ndate: Mon, 01 Jun 2026 12:00:00 GMT\r\nretry-after: Mon, 01 Jun 2026 12:01:30 GMT",
            503,
            false,
            Some(90),
        ),
        ("500 Internal Server Error", 500, false, None),
        ("304 Not Modified", 304, true, None),
    ] {
        let server = Server::always(reply(&format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n"))).await;
        let error = get(&server, LIMITS).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the server answered {status}"));
        assert_eq!(error.is_final(), is_final, "{head}");
        assert_eq!(error.retry_after(), after.map(Duration::from_secs), "{head}");
    }
}

#[tokio::test]
async fn no_failure_tells_the_address() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let not_found = Server::always(reply("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")).await;
    let cut = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")).await;
    let garbage = Server::always(reply("secrecy\r\n\r\n")).await;
    let silent = Server::always(Reply::Unfinished(Vec::new())).await;
    let sent_on = Server::always(redirect("http://10.0.0.1/?token=hush")).await;
    let path = "/?token=hush";
    for url in [
        format!("http://{address}{path}"),
        format!("https://{address}{path}"),
        not_found.url(path),
        cut.url(path),
        garbage.url(path),
        silent.url(path),
        sent_on.url(path),
        format!("http://10.0.0.1{path}"),
        format!("ftp://example.org{path}"),
    ] {
        let error = outbound().get(&url, SHORT).await.unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn a_host_is_asked_by_two_at_once() {
    let server = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    server.hold_back();
    let outbound = outbound();
    let url = server.url("/");
    let requests = join_all((0..6).map(|_| outbound.get(&url, LIMITS)));
    let watcher = async {
        until(LIMIT, "two requests arrive", async || server.requests().len() == 2).await;
        server.let_out();
    };

    let (answers, ()) = tokio::join!(requests, watcher);

    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(server.requests().len(), 6);
    assert_eq!(server.most_at_once(), 2);
}
