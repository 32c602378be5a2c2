//! System messages in a conversation: members joining and leaving, and new titles.

use entity::{conversation, id::MemberId, message, vocabulary::SystemMessageKind};
use serde::{Deserialize, Serialize};

use super::post::{append, blank};
use crate::{
    deps::{Deps, Tx},
    domain::{
        accounts,
        chat::{participants::note_system_message, store},
        safety,
    },
    events::ChatEvent,
    kernel::Result,
};

/// The structured content of a system message, in addition to its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemNote {
    /// The kind of event.
    pub kind: SystemMessageKind,
    /// The member who caused it.
    pub actor: MemberId,
    /// The members it happened to; may be empty.
    pub members: Vec<MemberId>,
    /// The new title of the group.
    pub title: Option<String>,
}

impl SystemNote {
    /// Reads the note of a message; `None` if a member wrote it.
    pub fn of(message: &message::Model) -> Result<Option<Self>> {
        Ok(message.system.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// A sentence for clients that only show text, with the names at that moment.
    fn sentence(&self, name: impl Fn(MemberId) -> String) -> String {
        let actor = name(self.actor);
        let others = listed(self.members.iter().map(|id| name(*id)).collect());
        let title = self.title.as_deref().unwrap_or_default();
        match self.kind {
            SystemMessageKind::GroupStarted => format!("{actor} started the group “{title}” with {others}"),
            SystemMessageKind::MembersAdded => format!("{actor} added {others}"),
            SystemMessageKind::MemberRemoved => format!("{actor} removed {others}"),
            SystemMessageKind::MemberLeft => format!("{actor} left"),
            SystemMessageKind::Renamed => format!("{actor} named the group “{title}”"),
        }
    }
}

/// `ann, bob and cleo`. Of a long list only the first names are given, followed by the number of the others, to keep
/// the sentence short.
fn listed(names: Vec<String>) -> String {
    const NAMED: usize = 5;
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) if names.len() <= NAMED => format!("{} and {last}", rest.join(", ")),
        _ => {
            let named: Vec<&str> = names.iter().take(NAMED - 1).map(String::as_str).collect();
            format!("{} and {} more", named.join(", "), names.len() - named.len())
        }
    }
}

/// Adds a system message to the conversation, which the transaction has locked, for its current participants. It is
/// numbered like any message, but it is unread for nobody and does not restore archived conversations.
pub async fn tell(
    deps: &Deps,
    tx: &Tx,
    conversation: conversation::Model,
    note: SystemNote,
) -> Result<conversation::Model> {
    let ids: Vec<MemberId> = note.members.iter().copied().chain([note.actor]).collect();
    let members = accounts::members_by_ids(tx, &ids).await?;
    let name = |id| {
        let member = members.iter().find(|member| member.id == id);
        member.map_or_else(|| "somebody".to_owned(), |member| member.display_name.clone())
    };
    let sentence = note.sentence(name);
    // A title is written by a member.
    let review = note
        .title
        .as_ref()
        .map(|_| safety::review(&sentence))
        .unwrap_or_default();
    let written = message::Model {
        review: review.to_column()?,
        text: Some(sentence),
        system: Some(serde_json::to_string(&note)?),
        ..blank(deps, tx, conversation.id)
    };
    let (conversation, message) = append(tx, conversation, written).await?;
    review.log(&message.id);
    let member_ids = store::member_ids(tx, conversation.id).await?;
    note_system_message(tx, &conversation, &member_ids).await?;
    tx.announce(ChatEvent::MessageSent {
        conversation_id: conversation.id,
        message_id: message.id,
        member_ids,
    });
    Ok(conversation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_become_a_number() {
        let names = |count: usize| listed((1..=count).map(|number| format!("m{number}")).collect());
        assert_eq!(names(1), "m1");
        assert_eq!(names(3), "m1, m2 and m3");
        assert_eq!(names(5), "m1, m2, m3, m4 and m5");
        assert_eq!(names(49), "m1, m2, m3, m4 and 45 more");
    }
}
