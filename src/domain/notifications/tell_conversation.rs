//! Job: tells members that somebody wrote to them for the first time.

use entity::{id::ConversationId, vocabulary::NotificationKind};

use super::notify::{News, notify};
use crate::{
    deps::Deps,
    domain::{accounts, chat},
    kernel::{Result, Viewer},
};

/// Tells everybody in the conversation but who opened it.
pub async fn tell_conversation(deps: &Deps, id: ConversationId) -> Result<()> {
    deps.write(async |tx| {
        let conversation = chat::find(tx, &Viewer::System, id).await?;
        let opener = accounts::member_by_id(tx, conversation.created_by).await?;
        for member_id in chat::member_ids(tx, id).await? {
            if member_id != opener.id {
                let news = News {
                    kind: NotificationKind::Message,
                    title: format!("{} wrote to you", opener.display_name),
                    body: "There is a new conversation for you.".to_owned(),
                    subject: Some(id.to_string()),
                    unique_key: format!("conversation:{id}"),
                };
                notify(deps, tx, member_id, news).await?;
            }
        }
        Ok(())
    })
    .await
}
