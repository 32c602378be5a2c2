//! What docs/API.md shows for clients that hand their subscriptions to graphql-ws.

use serde_json::json;

use super::script::{Script, shown_in};
use crate::support::{Actor, FaultProxy, TestApp};

const SEND: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { code } } }";

const LISTEN: &str = "
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { resuming } from './resuming.mjs';

const [token, id] = process.argv.slice(2);
const client = resuming(createClient({
  url: `${process.env.SERVER.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  retryAttempts: 100,
  shouldRetry: () => true,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
  connectionParams: { authorization: `Bearer ${token}` },
}));
const query = `subscription ($id: ID!, $after: Int) { messages(conversationId: $id, after: $after) { revision } }`;
client.subscribe({ query, variables: { id, after: 0 } }, {
  next: ({ data }) => console.log(data.messages.revision),
  error: (failure) => { throw failure; },
  complete: () => {},
});
";

const WRONG: &str = "
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

let opened = 0;
const client = createClient({
  url: `${process.env.SERVER.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: 'Bearer wrong' },
  on: { opened: () => { opened += 1; } },
});
client.subscribe({ query: 'subscription { notifications { number } }' }, {
  next: () => {},
  error: ({ code, reason }) => console.log(`closed with ${code} at try ${opened}: ${reason}`),
  complete: () => {},
});
";

async fn written(app: &TestApp, from: &Actor, to: &Actor, text: &str) -> String {
    let input = json!({ "memberId": to.id, "text": text });
    let data = app.ok(from, SEND, json!({ "input": input })).await;
    data["startConversation"]["conversation"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_goes_on_after_the_last_event_whatever_happens_to_its_connections() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = written(&app, &ann, &bob, "one").await;
    let proxy = FaultProxy::before(&app.url).await.unwrap();
    let files = [("listen.mjs", LISTEN), ("resuming.mjs", &shown_in("docs/API.md"))];
    let mut script = Script::start(&files, proxy.url.trim_end_matches('/'), &[&bob.token, &id]);
    assert_eq!(script.said(1).await, ["1"]);

    written(&app, &ann, &bob, "two").await;
    assert_eq!(script.said(2).await, ["1", "2"]);
    for text in ["three", "four"] {
        proxy.cut();
        written(&app, &ann, &bob, text).await;
    }

    assert_eq!(script.said(4).await, ["1", "2", "3", "4"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_told_at_the_first_try() {
    let app = TestApp::new().await;
    let mut script = Script::start(&[("wrong.mjs", WRONG)], &app.url, &[]);
    let said = script.said(1).await.remove(0);
    assert!(said.starts_with("closed with 4401 at try 1: "), "{said}");
    assert!(said.contains("log in") && said.contains("token"), "{said}");
}
