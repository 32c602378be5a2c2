//! Presence, followed live; on one node and on two.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    answered,
    block::{block, blocked},
    presence::{comes, hide, presence, short_leases, update, with_short_leases},
};
use crate::support::{Actor, Setup, Socket, Stream, TestApp, codes};

const FOLLOW: &str = "subscription($ids: [ID!]!) { presence(memberIds: $ids) { displayName presence { online } } }";

/// Longer than the server takes to notice a change, with short leases.
pub const LONG: Duration = Duration::from_millis(1_200);

pub fn follow(socket: &Socket, of: &[&Actor]) -> Stream {
    let ids: Vec<&str> = of.iter().map(|actor| actor.id.as_str()).collect();
    socket.subscribe(FOLLOW, json!({ "ids": ids }))
}

/// Name and whether online, of the next event.
async fn next(stream: &mut Stream) -> (String, Value) {
    let event = stream.next().await["presence"].take();
    let name = event["displayName"].as_str().unwrap().to_owned();
    (name, event["presence"]["online"].clone())
}

fn told(name: &str, online: bool) -> (String, Value) {
    (name.to_owned(), json!(online))
}

#[tokio::test]
async fn who_comes_and_goes_is_told_once_each_time() {
    let app = with_short_leases().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    answered(&app, &ann, &bob).await;
    answered(&app, &ann, &cleo).await;
    let of_cleo = app.socket(&cleo).await;
    comes(&app, &ann, &cleo, true).await;
    let socket = app.socket(&ann).await;
    let mut stream = follow(&socket, &[&bob, &cleo]);
    assert_eq!(next(&mut stream).await, told("cleo", true), "who is there already");

    let (one, two) = (app.socket(&bob).await, app.socket(&bob).await);
    assert_eq!(next(&mut stream).await, told("bob", true));
    drop((one, two));
    assert_eq!(next(&mut stream).await, told("bob", false));
    drop(of_cleo);
    assert_eq!(next(&mut stream).await, told("cleo", false));
}

#[tokio::test]
async fn a_reconnection_is_not_told() {
    let setup = Setup {
        // Enough time to reconnect on a busy machine.
        adjust: |config| config.presence_lease = Duration::from_millis(2_400),
        ..Setup::default()
    };
    let app = TestApp::start(setup).await;
    app.leave_work();
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    answered(&app, &ann, &bob).await;
    let socket = app.socket(&ann).await;
    let mut stream = follow(&socket, &[&bob]);
    let before = app.socket(&bob).await;
    assert_eq!(next(&mut stream).await, told("bob", true));
    drop(before);
    let _after = app.socket(&bob).await;
    stream.hears_nothing(LONG).await;
}

#[tokio::test]
async fn an_open_stream_tells_nothing_more_of_whom_the_viewer_may_not_see() {
    let app = with_short_leases().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    answered(&app, &ann, &bob).await;
    let socket = app.socket(&ann).await;
    let mut stream = follow(&socket, &[&bob, &cleo]);
    let _stranger = app.socket(&cleo).await;
    let mut of_bob = app.socket(&bob).await;
    assert_eq!(
        next(&mut stream).await,
        told("bob", true),
        "and not of cleo, who shares nothing"
    );

    for step in 0..3 {
        match step {
            0 => blocked(&app, &bob, &ann).await,
            1 => hide(&app, &bob, &ann, true).await,
            _ => update(&app, &bob, "NOBODY").await,
        }
        drop(of_bob);
        comes(&app, &bob, &bob, false).await;
        stream.hears_nothing(LONG / 2).await;
        match step {
            0 => drop(block(&app, &bob, &ann, false).await),
            1 => hide(&app, &bob, &ann, false).await,
            _ => update(&app, &bob, "EVERYONE_I_CHAT_WITH").await,
        }
        assert_eq!(next(&mut stream).await, told("bob", false), "step {step}");
        of_bob = app.socket(&bob).await;
        assert_eq!(next(&mut stream).await, told("bob", true), "step {step}");
    }
}

#[tokio::test]
async fn at_most_100_members_are_followed() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let socket = app.socket(&ann).await;
    let mut stream = follow(&socket, &vec![&ann; 101]);
    assert_eq!(codes(&stream.next_answer().await), ["BAD_USER_INPUT"]);
    let mut stream = follow(&socket, &vec![&ann; 100]);
    assert_eq!(next(&mut stream).await, told("ann", true));
}

#[tokio::test]
async fn two_nodes_see_the_same_members_online() {
    let (here, there) = TestApp::twins(short_leases).await;
    for app in [&here, &there] {
        app.leave_work();
    }
    let (ann, bob) = (here.member("ann").await, here.member("bob").await);
    answered(&here, &ann, &bob).await;
    let socket = here.socket(&ann).await;
    let mut stream = follow(&socket, &[&bob]);

    let (at_first, later) = (there.socket(&bob).await, here.socket(&bob).await);
    assert_eq!(next(&mut stream).await, told("bob", true));
    assert_eq!(presence(&there, &ann, &bob).await["online"], true);
    drop(at_first);
    stream.hears_nothing(LONG).await;
    drop(later);
    assert_eq!(next(&mut stream).await, told("bob", false));
    assert_eq!(presence(&there, &ann, &bob).await["online"], false);
}

#[tokio::test]
async fn the_members_of_a_node_that_vanishes_go_offline_by_time() {
    let (here, there) = TestApp::twins(short_leases).await;
    for app in [&here, &there] {
        app.leave_work();
    }
    let (ann, bob) = (here.member("ann").await, here.member("bob").await);
    answered(&here, &ann, &bob).await;
    let socket = here.socket(&ann).await;
    let mut stream = follow(&socket, &[&bob]);
    let _of_bob = there.socket(&bob).await;
    assert_eq!(next(&mut stream).await, told("bob", true));
    // Longer than an unrenewed lease lasts.
    stream.hears_nothing(LONG * 3 / 2).await;

    // It renews nothing any more and says nothing.
    drop(there);

    assert_eq!(next(&mut stream).await, told("bob", false));
    assert_eq!(presence(&here, &ann, &bob).await["online"], false);
}
