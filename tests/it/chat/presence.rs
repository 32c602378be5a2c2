//! Who sees that somebody is online.

use std::time::Duration;

use finding_sweetie::config::Config;
use serde_json::{Value, json};

use super::{
    answered,
    block::{block, blocked},
    call, fixtures, group, opened,
    presence_streams::{LONG, follow},
    said, sent, start, text,
};
use crate::support::{Actor, Caller, LIMIT, Setup, TestApp, Visitor, until, user_errors};

const PRESENCE: &str = "query($id: ID!) { node(id: $id) { ... on Member { presence { online lastSeenAt } } } }";
const UPDATE: &str = "mutation($visibility: PresenceVisibility!) { updatePresence(input: { visibility: $visibility }) {
    visibility userErrors { field code } } }";
const HIDE: &str = "mutation($id: ID!, $hide: Boolean) { hidePresenceFrom(input: { memberId: $id, hide: $hide }) {
    member { id } userErrors { field code } } }";
const SETTINGS: &str = "{ viewer { presenceVisibility presenceHiddenFrom { totalCount nodes { displayName } } } }";

/// Leases that end while a test waits.
pub fn short_leases(config: &mut Config) {
    config.presence_lease = Duration::from_millis(1_500);
}

/// A server that soon notices when somebody has left.
pub async fn with_short_leases() -> TestApp {
    let setup = Setup {
        adjust: short_leases,
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    app.leave_work();
    app
}

/// What the caller sees of a member.
pub async fn presence(app: &TestApp, who: &impl Caller, of: &Actor) -> Value {
    app.ok(who, PRESENCE, json!({ "id": of.id })).await["node"]["presence"].take()
}

pub async fn update(app: &TestApp, who: &Actor, visibility: &str) {
    let data = app.ok(who, UPDATE, json!({ "visibility": visibility })).await;
    assert_eq!(data["updatePresence"]["visibility"], visibility);
}

pub async fn hide(app: &TestApp, who: &Actor, from: &Actor, hide: bool) {
    app.ok(who, HIDE, json!({ "id": from.id, "hide": hide })).await;
}

/// Waits until the caller sees the member online, or offline.
pub async fn comes(app: &TestApp, who: &impl Caller, of: &Actor, online: bool) {
    until(LIMIT, "presence changes", async || {
        presence(app, who, of).await["online"] == online
    })
    .await;
}

#[tokio::test]
async fn a_member_is_online_while_any_socket_of_theirs_is_open() {
    let app = with_short_leases().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    answered(&app, &ann, &bob).await;
    assert_eq!(
        presence(&app, &ann, &bob).await,
        json!({ "online": false, "lastSeenAt": null }),
        "requests do not make anybody online"
    );

    let (one, two) = (app.socket(&bob).await, app.socket(&bob).await);
    comes(&app, &ann, &bob, true).await;
    let of_ann = app.socket(&ann).await;
    let mut stream = follow(&of_ann, &[&bob]);
    assert_eq!(stream.next().await["presence"]["presence"]["online"], true);
    drop(one);
    stream.hears_nothing(LONG).await;
    assert_eq!(presence(&app, &ann, &bob).await["online"], true);
    assert_eq!(
        presence(&app, &bob, &bob).await["online"],
        true,
        "members see themselves"
    );

    drop(two);
    // The last sign of life is written after the lease has gone.
    let gone = json!({ "online": false, "lastSeenAt": "2026-06-01T12:00:00.000Z" });
    until(LIMIT, "presence changes", async || {
        presence(&app, &ann, &bob).await == gone
    })
    .await;
}

#[tokio::test]
async fn one_unanswered_message_shows_nobody() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (_of_ann, _of_bob) = (app.socket(&ann).await, app.socket(&bob).await);
    let id = opened(&app, &ann, &bob).await;
    sent(&app, &ann, &id, "are you there?").await;

    assert_eq!(presence(&app, &ann, &bob).await, Value::Null, "a stranger");
    assert_eq!(
        presence(&app, &bob, &ann).await,
        Value::Null,
        "the stranger is one as well"
    );

    let answer = said(&app, &bob, &id, "yes").await;
    assert_eq!(presence(&app, &ann, &bob).await["online"], true);
    assert_eq!(presence(&app, &bob, &ann).await["online"], true);
    call(&app, &bob, "deleteMessage", "message { id }", json!({ "id": answer })).await;
    assert_eq!(
        presence(&app, &ann, &bob).await["online"],
        true,
        "who has answered knows that"
    );
}

#[tokio::test]
async fn it_is_for_those_who_share_a_group() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let _socket = app.socket(&bob).await;
    group(&app, &ann, &[&bob, &cleo]).await;

    comes(&app, &ann, &bob, true).await;
    comes(&app, &cleo, &bob, true).await;
}

#[tokio::test]
async fn it_is_for_those_who_are_in_touch_now() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let admin = app.admin("emil").await;
    let shelter = fixtures::shelter(&app, &bob).await;
    let fred = app.member("fred").await;
    fixtures::hire(&app, shelter, &bob).await;
    fixtures::hire(&app, shelter, &fred).await;
    let started = start(&app, &ann, json!({ "shelterId": shelter.to_string(), "text": "hello" })).await;
    let id = text(&started.data()["startConversation"]["conversation"]["id"]);
    let _socket = app.socket(&bob).await;
    comes(&app, &fred, &bob, true).await;
    assert_eq!(presence(&app, &ann, &bob).await, Value::Null, "nobody has answered");
    sent(&app, &bob, &id, "welcome").await;
    comes(&app, &ann, &bob, true).await;
    assert_eq!(presence(&app, &ann, &fred).await, Value::Null, "fred has not");
    for stranger in [&cleo, &admin] {
        assert_eq!(presence(&app, stranger, &bob).await, Value::Null, "{}", stranger.name);
    }
    assert_eq!(presence(&app, &Visitor, &bob).await, Value::Null);

    fixtures::dismiss(&app, shelter, &bob).await;

    assert_eq!(
        presence(&app, &ann, &bob).await,
        Value::Null,
        "a former colleague shares nothing"
    );
    assert_eq!(presence(&app, &bob, &ann).await, Value::Null);
}

#[tokio::test]
async fn it_is_hidden_from_the_blocked_from_whom_the_member_chose_and_from_all() {
    let app = TestApp::quiet().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    answered(&app, &ann, &bob).await;
    answered(&app, &cleo, &bob).await;
    let _socket = app.socket(&bob).await;
    comes(&app, &ann, &bob, true).await;

    for (blocker, other) in [(&ann, &bob), (&bob, &ann)] {
        blocked(&app, blocker, other).await;
        assert_eq!(presence(&app, &ann, &bob).await, Value::Null);
        assert_eq!(presence(&app, &bob, &ann).await, Value::Null);
        block(&app, blocker, other, false).await;
        assert_eq!(presence(&app, &ann, &bob).await["online"], true);
    }

    hide(&app, &bob, &ann, true).await;
    assert_eq!(presence(&app, &ann, &bob).await, Value::Null);
    assert_eq!(presence(&app, &cleo, &bob).await["online"], true);
    assert_eq!(presence(&app, &bob, &ann).await["online"], false, "hiding is one way");
    let settings = app.ok(&bob, SETTINGS, json!({})).await["viewer"].take();
    assert_eq!(
        settings["presenceHiddenFrom"],
        json!({ "totalCount": 1, "nodes": [{ "displayName": "ann" }] })
    );
    hide(&app, &bob, &ann, false).await;
    assert_eq!(presence(&app, &ann, &bob).await["online"], true);

    update(&app, &bob, "NOBODY").await;
    assert_eq!(presence(&app, &ann, &bob).await, Value::Null);
    assert_eq!(presence(&app, &cleo, &bob).await, Value::Null);
    assert_eq!(presence(&app, &bob, &bob).await["online"], true);
    assert_eq!(
        app.ok(&bob, SETTINGS, json!({})).await["viewer"]["presenceVisibility"],
        "NOBODY"
    );
    update(&app, &bob, "EVERYONE_I_CHAT_WITH").await;
    assert_eq!(presence(&app, &ann, &bob).await["online"], true);
}

#[tokio::test]
async fn nobody_hides_from_who_is_not_there_or_from_themselves() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let before = app.footprint().await;
    for (id, fault) in [
        (ann.id.as_str(), "input.memberId NOT_ALLOWED"),
        ("mem_00000000000000000000000000", "input.memberId NOT_FOUND"),
    ] {
        let answer = app.run(&ann, HIDE, json!({ "id": id })).await;
        assert_eq!(user_errors(&answer), [fault]);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn when_members_were_seen_is_written_down_once_a_minute_at_most() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (id, other): (entity::id::MemberId, entity::id::MemberId) = (bob.id.parse().unwrap(), ann.id.parse().unwrap());
    let note = async || {
        finding_sweetie::domain::presence::note_seen(&app.deps, &[id, other])
            .await
            .unwrap()
    };
    let seen = async || app.value::<i64>("SELECT MIN(seen_at) FROM last_seen").await;
    let start = app.deps.clock.now().0;
    note().await;
    app.clock.advance(Duration::from_secs(59));
    note().await;
    assert_eq!((seen().await, app.count("last_seen").await), (start, 2));
    app.clock.advance(Duration::from_secs(1));
    note().await;
    assert_eq!(seen().await, start + 60_000);
}
