//! Whether the members, the senders and the database tell the same story.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{event, message, participant};
use sea_orm::{EntityTrait, QueryOrder};

use super::{stage::Stage, subscribers::Heard};
use crate::support::connect;

/// Fails the test unless everything that was acknowledged is stored once and was heard once and in order by both members
/// of its conversation, and nothing else was stored or heard.
pub async fn judge(stage: &Stage, heard: &[Vec<Heard>], database_url: &str) {
    let db = connect(database_url).await;
    let messages = message::Entity::find()
        .order_by_asc(message::Column::Sequence)
        .all(db.read())
        .await
        .unwrap();
    let mut stored: HashMap<String, Vec<message::Model>> = HashMap::new();
    for message in messages {
        stored
            .entry(message.conversation_id.to_string())
            .or_default()
            .push(message);
    }
    assert_eq!(stored.len(), stage.talks.len());
    for (place, talk) in stage.talks.iter().enumerate() {
        let told = story(&stored[&talk.id]);
        assert_eq!(
            texts(&told),
            planned(stage, place),
            "what is stored of conversation {place}"
        );
        assert_in_order(&told);
        for side in [0, 1] {
            assert_eq!(
                heard[2 * place + side],
                told,
                "what side {side} of conversation {place} heard"
            );
        }
    }
    everything_acknowledged_is_stored(stage, &stored);
    the_log_is_whole(
        stage,
        &event::Entity::find()
            .order_by_asc(event::Column::Number)
            .all(db.read())
            .await
            .unwrap(),
    );
    unread_is_what_the_other_said(stage, &participant::Entity::find().all(db.read()).await.unwrap());
    db.close().await.unwrap();
}

fn story(stored: &[message::Model]) -> Vec<Heard> {
    let told = stored.iter().map(|message| Heard {
        revision: message.revision,
        sequence: message.sequence,
        id: message.id.to_string(),
        text: message.text.clone().unwrap(),
    });
    told.collect()
}

fn texts(told: &[Heard]) -> BTreeSet<String> {
    let texts: BTreeSet<String> = told.iter().map(|heard| heard.text.clone()).collect();
    assert_eq!(texts.len(), told.len(), "a message is there twice");
    texts
}

fn planned(stage: &Stage, talk: usize) -> BTreeSet<String> {
    let numbers = |side| (1..=stage.size.each).map(move |number| Stage::text(talk, side, number));
    let mut planned: BTreeSet<String> = numbers(0).chain(numbers(1)).collect();
    planned.insert(Stage::text(talk, 0, 0));
    planned
}

/// Numbers have no gaps, and messages of one sender are in the order in which they were sent.
fn assert_in_order(told: &[Heard]) {
    let numbers: Vec<(i64, i64)> = told.iter().map(|heard| (heard.sequence, heard.revision)).collect();
    let expected: Vec<(i64, i64)> = (1..=told.len() as i64).map(|number| (number, number)).collect();
    assert_eq!(numbers, expected);
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for heard in told {
        let (sender, rest) = heard.text.split_once(", message ").unwrap();
        let number: usize = rest.split(':').next().unwrap().parse().unwrap();
        let before = last.insert(sender.to_owned(), number);
        assert!(before.is_none_or(|before| before < number), "{}", heard.text);
    }
}

fn everything_acknowledged_is_stored(stage: &Stage, stored: &HashMap<String, Vec<message::Model>>) {
    let acknowledged = stage.ledger.acknowledged();
    assert_eq!(acknowledged.len(), stage.size.messages());
    for (text, told) in acknowledged {
        let sequence = usize::try_from(told.sequence).unwrap();
        let message = &stored[&stage.talks[told.talk].id][sequence - 1];
        assert_eq!(
            (message.id.to_string(), message.text.as_deref()),
            (told.id, Some(text.as_str())),
            "the sender was told another thing"
        );
    }
}

fn the_log_is_whole(stage: &Stage, log: &[event::Model]) {
    let numbers: Vec<i64> = log.iter().map(|event| event.number).collect();
    assert_eq!(
        numbers,
        (1..=numbers.len() as i64).collect::<Vec<_>>(),
        "the log has no gaps"
    );
    let sent = log.iter().filter(|event| event.kind == "message_sent").count();
    assert_eq!(sent, stage.size.messages(), "each message is announced once");
}

fn unread_is_what_the_other_said(stage: &Stage, participants: &[participant::Model]) {
    let each = stage.size.each as i64;
    for talk in &stage.talks {
        for (side, expected) in [each, each + 1].into_iter().enumerate() {
            let is_theirs = |participant: &&participant::Model| {
                participant.conversation_id.to_string() == talk.id
                    && participant.member_id.to_string() == talk.members[side].id
            };
            let participant = participants.iter().find(is_theirs).unwrap();
            assert_eq!(
                i64::from(participant.unread_count),
                expected,
                "unread messages of side {side}"
            );
        }
    }
}
