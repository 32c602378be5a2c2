//! Everybody sends what they have to say, again and again until it is acknowledged.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use serde_json::json;
use tokio::time::sleep;

use super::{ledger::Acknowledged, stage::Stage};

const SEND: &str = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
    message { id sequence } userErrors { field code message } } }";

/// Messages that are under way at once.
const AT_ONCE: usize = 32;
/// Before something is sent again: as an app that does not want to drain the battery.
const PAUSE: Duration = Duration::from_millis(50);

/// Sends everything; over when all of it is acknowledged.
pub fn send(stage: &Arc<Stage>) -> impl Future<Output = ()> + use<> {
    let tasks = (0..AT_ONCE).map(|place| tokio::spawn(send_share(stage.clone(), place)));
    let tasks: Vec<_> = tasks.collect();
    async move {
        for done in join_all(tasks).await {
            done.expect("a sender failed");
        }
    }
}

/// Everybody of this share says one thing after the other; both sides of a conversation are in different shares, so that
/// they write at the same time.
async fn send_share(stage: Arc<Stage>, share: usize) {
    for number in 1..=stage.size.each {
        for person in (share..2 * stage.talks.len()).step_by(AT_ONCE) {
            send_one(&stage, person / 2, person % 2, number).await;
        }
    }
}

async fn send_one(stage: &Stage, talk: usize, side: usize, number: usize) {
    stage.allowance.acquire().await.unwrap().forget();
    let text = Stage::text(talk, side, number);
    let mut node = talk;
    loop {
        match attempt(stage, node, talk, side, number, &text).await {
            Ok(message) => return stage.ledger.acknowledge(text, message),
            Err(why) => stage.ledger.retry(&why),
        }
        // The other node may be better off.
        node += 1;
        sleep(PAUSE).await;
    }
}

/// One try; why it is not known to be sent, in a few words.
async fn attempt(
    stage: &Stage,
    node: usize,
    talk: usize,
    side: usize,
    number: usize,
    text: &str,
) -> Result<Acknowledged, String> {
    let conversation = &stage.talks[talk];
    let input = json!({ "conversationId": conversation.id, "text": text, "clientKey": number.to_string() });
    let data = stage.ask(node, &conversation.members[side].token, SEND, input).await?;
    let sent = &data["sendMessage"];
    assert_eq!(sent["userErrors"], json!([]), "{data}");
    Ok(Acknowledged::read(talk, &sent["message"]))
}
