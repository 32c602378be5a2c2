//! What the system tells in a conversation: who came, who went, what the group is called now.

use entity::{conversation, id::MemberId, message, vocabulary::SystemMessageKind};
use serde::{Deserialize, Serialize};

use super::{
    participants::note_system_message,
    post::{append, blank},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts, safety},
    events::ChatEvent,
    kernel::Result,
};

/// What a message of the system tells, beside its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemNote {
    /// What happened.
    pub kind: SystemMessageKind,
    /// Who did it.
    pub actor: MemberId,
    /// To whom; empty when it concerns nobody in particular.
    pub members: Vec<MemberId>,
    /// The title that the group has got.
    pub title: Option<String>,
}

impl SystemNote {
    /// What a message tells; none when a member said it.
    pub fn of(message: &message::Model) -> Result<Option<Self>> {
        Ok(message.system.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// A sentence for clients that show nothing but text, with the names of that moment.
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

/// `ann, bob and cleo`; of many only how many more there are, so that the sentence stays short.
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

/// Puts what has happened into the conversation, which the transaction has locked, for those who take part now. It gets
/// numbers as any message, counts as unread for nobody, and brings back nothing that was put away.
pub(super) async fn tell(
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
    // A title is what a member says.
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
