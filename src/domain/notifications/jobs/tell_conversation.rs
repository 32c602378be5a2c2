//! Job: notifies members that somebody wrote to them for the first time, or added them to a group.

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    participant,
    vocabulary::{ConversationKind, NotificationKind},
};

use crate::{
    deps::Deps,
    domain::{
        accounts, chat,
        notifications::notify::{News, notify},
        safety,
    },
    kernel::{OrGone, Outcome, Result, Viewer},
};

/// Notifies everybody in the conversation except its opener, each of them once. Members who have already muted it are
/// skipped. So is the other member of a direct conversation if either of the two has blocked the other in the meantime.
pub async fn tell_conversation(deps: &Deps, id: ConversationId) -> Result<Outcome> {
    deps.write(async |tx| {
        let conversation = chat::find(tx, &Viewer::System, id).await?;
        let opener = accounts::member_by_id(tx, conversation.created_by).await?;
        let mut participants = chat::participants_of(tx, &[id]).await?;
        participants
            .retain(|participant: &participant::Model| participant.member_id != opener.id && !participant.muted);
        if conversation.kind == ConversationKind::Direct {
            let others: Vec<MemberId> = participants.iter().map(|participant| participant.member_id).collect();
            let blocked = safety::blocked_either_way(tx, opener.id, &others).await?;
            participants.retain(|participant| !blocked.contains(&participant.member_id));
        }
        participants.sort_unstable_by_key(|participant| participant.member_id);
        for participant in participants {
            let news = news(&conversation, &opener.display_name);
            notify(deps, tx, participant.member_id, news).await?;
        }
        Ok(())
    })
    .await
    .or_gone("the conversation is gone")
}

fn news(conversation: &conversation::Model, opener: &str) -> News {
    let (title, body) = match &conversation.title {
        Some(title) => (
            format!("You were added to the group “{title}”"),
            "Its members can talk to each other there.",
        ),
        None => (format!("{opener} wrote to you"), "You have a new conversation."),
    };
    News {
        kind: NotificationKind::Message,
        title,
        body: body.to_owned(),
        subject: Some(conversation.id.to_string()),
        unique_key: format!("conversation:{}", conversation.id),
    }
}
