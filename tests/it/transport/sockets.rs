//! `/graphql` over WebSocket.

use std::time::Duration;

use serde_json::json;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::support::{Setup, Socket, TestApp, Visitor, codes};

const PROTOCOL: Option<&str> = Some("graphql-transport-ws");
const QUERY: &str = "{ __typename }";
const REFRESH: &str = "mutation($input: RefreshTokensInput!) { refreshTokens(input: $input) {
    tokens { accessToken refreshToken } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { code field } } }";
const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code field } } }";
const MESSAGES: &str = "subscription($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) {
    message { text } } }";

fn init(socket: &Socket) {
    socket.say(json!({ "type": "connection_init" }));
}

#[tokio::test]
async fn a_query_on_a_socket_is_answered_and_completed() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&ann).await;
    let mut stream = socket.subscribe("{ viewer { email } }", json!({}));
    assert_eq!(stream.next().await["viewer"]["email"], "ann@example.org");
    stream.completed().await;
}

#[tokio::test]
async fn the_token_may_come_in_the_header_of_the_handshake() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut request = format!("{}/graphql", app.url.replace("http", "ws"))
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    request
        .headers_mut()
        .insert("authorization", "Bearer wrong".parse().unwrap());
    let (stream, _) = connect_async(request).await.unwrap();
    let mut socket = Socket::over(stream);
    let payload = json!({ "authorization": format!("Bearer {}", ann.token) });
    socket.say(json!({ "type": "connection_init", "payload": payload }));
    assert_eq!(
        socket.hear().await["type"],
        "connection_ack",
        "what is in the first message wins"
    );
}

#[tokio::test]
async fn a_new_token_of_the_same_account_goes_on_where_the_old_one_ends() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut socket = app.socket(&ann).await;
    let stream = socket.subscribe("subscription { notifications { number } }", json!({}));
    app.clock.advance(Duration::from_secs(14 * 60));
    let (token, _) = renewed(&app, &ann.refresh).await;

    bring(&socket, &token);
    assert_eq!(socket.hear().await["type"], "pong");
    app.clock.advance(Duration::from_secs(10 * 60));

    let mut later = socket.subscribe("{ viewer { email } }", json!({}));
    assert_eq!(later.next().await["viewer"]["email"], "ann@example.org");
    assert!(stream.is_quiet() && socket.is_open());
    app.clock.advance(Duration::from_secs(6 * 60));
    socket.subscribe(QUERY, json!({}));
    let (code, reason) = socket.farewell().await;
    assert_eq!(code, 4403);
    for words in ["connect with a new one", "refreshTokens", "ping", "docs/API.md"] {
        assert!(reason.contains(words), "{reason}");
    }
}

#[tokio::test]
async fn a_stream_outlives_its_first_token_by_hours_and_misses_nothing() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let input = json!({ "memberId": ann.id, "text": "Is this your dog?" });
    let started = app.ok(&bob, START, json!({ "input": input })).await;
    let id = &started["startConversation"]["conversation"]["id"];
    let mut socket = app.socket(&ann).await;
    let mut stream = socket.subscribe(MESSAGES, json!({ "id": id, "after": 0 }));
    assert_eq!(stream.next().await["messages"]["message"]["text"], "Is this your dog?");
    let mut refresh = ann.refresh.clone();

    for hour in 1..=3 {
        for _ in 0..5 {
            app.clock.advance(Duration::from_secs(12 * 60));
            let token;
            (token, refresh) = renewed(&app, &refresh).await;
            bring(&socket, &token);
            assert_eq!(socket.hear().await["type"], "pong");
        }
        let bob = app.log_in_again(&bob).await;
        let text = format!("After {hour} hours");
        let input = json!({ "conversationId": id, "text": text });
        app.ok(&bob, SEND, json!({ "input": input })).await;
        assert_eq!(stream.next().await["messages"]["message"]["text"], text);
    }
    assert!(socket.is_open() && stream.is_quiet());
}

#[tokio::test]
async fn a_new_token_that_is_wrong_or_of_somebody_else_ends_the_socket() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let ended = app.log_in_again(&ann).await;
    app.clock.advance(Duration::from_secs(15 * 60));
    let (ann, bob) = (app.log_in_again(&ann).await, app.log_in_again(&bob).await);
    for (token, words) in [
        ("wrong", "send a valid access token"),
        (&*ended.token, "get a new one with refreshTokens"),
        (&*ann.refresh, "send a valid access token"),
        (&*bob.token, "of another account"),
    ] {
        let mut socket = app.socket(&ann).await;
        bring(&socket, token);
        let (code, reason) = socket.farewell().await;
        assert!(code == 4401 && reason.contains(words), "{code} {reason}");
    }
    let mut hasty = app.silent_socket(PROTOCOL).await;
    bring(&hasty, &ann.token);
    assert_eq!(hasty.closed().await, 4401);
}

/// Sends the token on a socket that is open.
fn bring(socket: &Socket, token: &str) {
    socket.say(json!({ "type": "ping", "payload": { "authorization": format!("Bearer {token}") } }));
}

/// The pair of tokens that follows.
async fn renewed(app: &TestApp, refresh: &str) -> (String, String) {
    let input = json!({ "refreshToken": refresh });
    let data = app.ok(&Visitor, REFRESH, json!({ "input": input })).await;
    let token = |name: &str| data["refreshTokens"]["tokens"][name].as_str().unwrap().to_owned();
    (token("accessToken"), token("refreshToken"))
}

#[tokio::test]
async fn messages_that_are_none_end_the_socket_with_4400() {
    let app = TestApp::new().await;
    let frames = [
        Message::text("hello"),
        Message::text("{}"),
        Message::text("[]"),
        Message::text(r#"{"type":"unknown"}"#),
        Message::text(r#"{"type":"subscribe","payload":{"query":"{a}"}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":{}}"#),
        Message::binary(b"{}".to_vec()),
    ];
    for frame in frames {
        let mut socket = app.socket(&Visitor).await;
        socket.say_raw(frame.clone());
        assert_eq!(socket.closed().await, 4400, "{frame}");
    }
}

#[tokio::test]
async fn a_socket_must_introduce_itself_once() {
    let app = TestApp::new().await;
    let mut hasty = app.silent_socket(PROTOCOL).await;
    let _refused = hasty.subscribe(QUERY, json!({}));
    assert_eq!(hasty.closed().await, 4401);

    let mut twice = app.socket(&Visitor).await;
    init(&twice);
    assert_eq!(twice.closed().await, 4429);

    let mut silent = app.silent_socket(PROTOCOL).await;
    assert_eq!(silent.closed().await, 4408);
}

#[tokio::test]
async fn other_subprotocols_are_refused_with_4406() {
    let app = TestApp::new().await;
    assert_eq!(app.silent_socket(None).await.closed().await, 4406);
}

#[tokio::test]
async fn an_id_that_is_in_use_ends_the_socket_with_4409() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut socket = app.socket(&ann).await;
    let open =
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "subscription { matchAlerts { number } }" } });
    socket.say(open.clone());
    socket.say(open);
    assert_eq!(socket.closed().await, 4409);
}

#[tokio::test]
async fn an_id_may_be_used_again_when_its_operation_is_over() {
    let app = TestApp::new().await;
    let mut socket = app.socket(&Visitor).await;
    let query = json!({ "type": "subscribe", "id": "again", "payload": { "query": QUERY } });
    for _ in 0..2 {
        socket.say(query.clone());
        assert_eq!(socket.hear().await["type"], "next");
        assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "again" }));
    }
}

#[tokio::test]
async fn a_message_over_128_kib_ends_the_socket_with_1009() {
    let app = TestApp::new().await;
    let mut socket = app.socket(&Visitor).await;
    let _refused = socket.subscribe(&format!("{QUERY} # {}", "x".repeat(200 * 1024)), json!({}));
    assert_eq!(socket.closed().await, 1009);
}

#[tokio::test]
async fn an_operation_that_is_refused_leaves_the_socket_open() {
    let app = TestApp::new().await;
    let mut socket = app.socket(&Visitor).await;
    let refused = socket.subscribe("{ nothing }", json!({})).next_answer().await;
    assert_eq!(codes(&refused), ["GRAPHQL_VALIDATION_FAILED"]);
    let refused = socket
        .subscribe("subscription { matchAlerts { number } }", json!({}))
        .next_answer()
        .await;
    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
    socket.settle().await;
}

#[tokio::test]
async fn an_account_holds_20_sockets_and_no_more() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(app.socket(&ann).await);
    }
    let mut one_more = app.silent_socket(PROTOCOL).await;
    one_more.say(json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {}", ann.token) } }));
    assert_eq!(one_more.closed().await, 1013, "which clients try again after");
    assert!(open.iter().all(Socket::is_open));
}

#[tokio::test]
async fn a_page_of_a_foreign_origin_gets_no_socket_and_visitors_of_an_address_only_so_many() {
    let app = TestApp::start(Setup {
        adjust: |config| config.sockets_per_address = 1,
        ..Setup::default()
    })
    .await;
    let handshake = async |origin: Option<&'static str>| {
        let mut request = format!("{}/graphql", app.url.replace("http", "ws"))
            .into_client_request()
            .unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Err(Error::Http(response)) => response.status().as_u16(),
            other => panic!("a socket that should have been refused: {other:?}"),
        }
    };
    assert_eq!(handshake(Some("https://evil.example.net")).await, 403);
    let _only_one = app.socket(&Visitor).await;
    let mut one_more = app.silent_socket(PROTOCOL).await;
    init(&one_more);
    assert_eq!(one_more.closed().await, 1013);

    let ann = app.member("ann").await;
    let mut members = Vec::new();
    for _ in 0..19 {
        members.push(app.socket(&ann).await);
    }
    assert_eq!(handshake(None).await, 429, "all together have twenty times as many");
}
