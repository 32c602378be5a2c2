//! Where redirects may lead.

use finding_sweetie::ports::outbound::{Outbound, OutboundError};

use super::{
    LIMITS, Script, get, outbound,
    server::{Server, redirect, reply},
    settings,
};

#[tokio::test]
async fn redirects_are_followed_to_where_anybody_may_go() {
    let other = Server::always(reply("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nphoto")).await;
    let there = other.url("/there");
    let server = Server::start(move |path| match path {
        "/a" => redirect("b"),
        "/b" => redirect(&there),
        _ => reply("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"),
    })
    .await;

    let fetched = outbound().get(&server.url("/a"), LIMITS).await.unwrap();

    assert_eq!(
        (&fetched.bytes[..], fetched.url.as_str()),
        (&b"photo"[..], &*other.url("/there"))
    );
    assert_eq!((server.requests().len(), other.requests().len()), (2, 1));
    assert!(!other.requests()[0].contains("referer"));
}

#[tokio::test]
async fn no_redirect_leads_into_a_private_network() {
    for location in [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "//192.168.0.1:8080/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://167772161/",
    ] {
        let server = Server::always(redirect(location)).await;
        let error = get(&server, LIMITS).await.unwrap_err();
        assert!(matches!(error, OutboundError::Private), "{location}: {error:?}");
        assert!(error.is_final());
    }
}

#[tokio::test]
async fn a_redirect_to_a_name_with_a_private_address_is_refused() {
    let server = Server::start(|_| redirect("http://inside.example.org:8080/")).await;
    let script = Script::new(&[&["10.0.0.1"]]);
    let outbound = Outbound::with_lookup(settings(&["127.0.0.0/8"]), script.clone());

    let error = outbound.get(&server.url("/"), LIMITS).await.unwrap_err();

    assert!(matches!(error, OutboundError::Private), "{error:?}");
    assert_eq!(script.asked(), ["inside.example.org"]);
}

#[tokio::test]
async fn a_loop_of_redirects_ends() {
    let server = Server::always(redirect("/")).await;

    let error = get(&server, LIMITS).await.unwrap_err();

    assert!(matches!(error, OutboundError::TooManyRedirects(3)), "{error:?}");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_redirect_needs_an_address() {
    for head in ["", "location: http://\r\n", "location: /\u{ff}\u{1}\r\n"] {
        let server = Server::always(reply(&format!("HTTP/1.1 301 Moved\r\n{head}content-length: 0\r\n\r\n"))).await;
        let error = get(&server, LIMITS).await.unwrap_err();
        let is_known = matches!(
            error,
            OutboundError::RedirectToNowhere(301) | OutboundError::Unreadable(_)
        );
        assert!(is_known, "{head:?}: {error:?}");
    }
}
