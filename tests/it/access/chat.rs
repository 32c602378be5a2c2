//! Conversations: for those who take part, and for nobody else, whatever their role.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];
const BOTH: &[Who] = &[Who::Owner, Who::Partner];

pub fn rows() -> Vec<Row> {
    let inside = |field, document| {
        Row::new(
            field,
            document,
            |cast, _| Box::pin(talk(cast)),
            "input.conversationId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(BOTH, "ok")
    };
    let listening = |field, document, heard| {
        Row::new(field, document, |cast, _| Box::pin(talk(cast)), "NOT_FOUND")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN")
            .but(BOTH, heard)
    };
    let own_message = |field, document| {
        Row::new(
            field,
            document,
            |cast, _| Box::pin(fresh_message(cast)),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner], "ok")
    };
    let own_group = |field, document, group| {
        Row::new(field, document, group, "input.conversationId NOT_FOUND")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN")
            .but(&[Who::Owner], "ok")
    };
    let by_members = |field, document, variables| {
        Row::new(field, document, variables, "ok")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN")
    };
    vec![
        own_message(
            "Mutation.editMessage",
            "mutation($id: ID!) { editMessage(input: { id: $id, text: \"Hi\" }) { userErrors { field code } } }",
        )
        .but(&[Who::Partner], "FORBIDDEN"),
        own_message(
            "Mutation.deleteMessage",
            "mutation($id: ID!) { deleteMessage(input: { id: $id }) { userErrors { field code } } }",
        )
        .but(&[Who::Partner], "FORBIDDEN"),
        own_message(
            "Mutation.reactToMessage",
            "mutation($id: ID!) { reactToMessage(input: { id: $id, emoji: \"👍\" }) { userErrors { field code } } }",
        )
        .but(&[Who::Partner], "ok"),
        own_group(
            "Mutation.addParticipants",
            "mutation($id: ID!, $member: ID!) { addParticipants(input: { conversationId: $id, memberIds: [$member] }) { userErrors { field code } } }",
            |cast, _| Box::pin(kept_group(cast)),
        )
        .but(&[Who::Partner], "FORBIDDEN"),
        own_group(
            "Mutation.removeParticipant",
            "mutation($id: ID!, $member: ID!) { removeParticipant(input: { conversationId: $id, memberId: $member }) { userErrors { field code } } }",
            |cast, who| Box::pin(group_for(cast, who)),
        )
        .but(&[Who::Partner], "FORBIDDEN"),
        own_group(
            "Mutation.renameConversation",
            "mutation($id: ID!) { renameConversation(input: { conversationId: $id, title: \"Us\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(kept_group(cast)),
        )
        .but(&[Who::Partner], "FORBIDDEN"),
        own_group(
            "Mutation.leaveConversation",
            "mutation($id: ID!) { leaveConversation(input: { conversationId: $id }) { userErrors { field code } } }",
            |cast, who| Box::pin(group_for(cast, who)),
        )
        .but(&[Who::Partner], "ok"),
        by_members(
            "Mutation.startGroup",
            "mutation($id: ID!) { startGroup(input: { title: \"Us\", memberIds: [$id] }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
        )
        .but(&[Who::Partner], "input.memberIds REQUIRED"),
        by_members(
            "Mutation.updatePrivacy",
            "mutation { updatePrivacy(input: { readReceipts: true }) { userErrors { field code } } }",
            nothing,
        ),
        Row::new(
            "Mutation.assignConversation",
            "mutation($id: ID!) { assignConversation(input: { conversationId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(enquiry(cast)),
            "input.conversationId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Owner], "FORBIDDEN")
        .but(&[Who::Staff], "ok"),
        Row::new(
            "Mutation.startConversation",
            "mutation($id: ID!) { startConversation(input: { memberId: $id, text: \"Hello\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.partner.id }) }),
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN")
        .but(&[Who::Partner], "input.memberId NOT_ALLOWED"),
        inside(
            "Mutation.sendMessage",
            "mutation($id: ID!) { sendMessage(input: { conversationId: $id, text: \"Hello\" }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.markRead",
            "mutation($id: ID!) { markRead(input: { conversationId: $id, upTo: 1 }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.setTyping",
            "mutation($id: ID!) { setTyping(input: { conversationId: $id }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.markDelivered",
            "mutation($id: ID!) { markDelivered(input: { conversationId: $id, upTo: 1 }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.archiveConversation",
            "mutation($id: ID!) { archiveConversation(input: { conversationId: $id, archived: false }) { userErrors { field code } } }",
        ),
        inside(
            "Mutation.muteConversation",
            "mutation($id: ID!) { muteConversation(input: { conversationId: $id }) { userErrors { field code } } }",
        ),
        listening(
            "Subscription.messages",
            "subscription($id: ID!) { messages(conversationId: $id, after: 0) { revision } }",
            "ok",
        ),
        listening("Subscription.typing", "subscription($id: ID!) { typing(conversationId: $id) { typing } }", "open"),
        Row::new("Subscription.conversationUpdates", "subscription { conversationUpdates { id } }", nothing, "open")
            .but(VISITOR, "UNAUTHENTICATED")
            .but(KEY, "FORBIDDEN"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Conversation",
            make: |cast| Box::pin(async { text(&talk(cast).await["id"]) }),
            seen_by: BOTH,
        },
        Entity {
            kind: "Message",
            make: |cast| Box::pin(async { text(&talk(cast).await["message"]) }),
            seen_by: BOTH,
        },
    ]
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A conversation of the owner and the partner, and a message in it.
pub async fn talk(cast: &Cast) -> Value {
    let start = "mutation($id: ID!) { startConversation(input: { memberId: $id, text: \"Hello\" }) {
        conversation { id } message { id } userErrors { field code } } }";
    let begin = async || cast.app.ok(&cast.owner, start, json!({ "id": cast.partner.id })).await;
    let started = &cast.once("a conversation", begin).await["startConversation"];
    json!({ "id": started["conversation"]["id"], "message": started["message"]["id"] })
}

/// A new message of the owner in a conversation with the partner.
async fn fresh_message(cast: &Cast) -> Value {
    let send = "mutation($id: ID!) { sendMessage(input: { conversationId: $id, text: \"Hello\" }) {
        message { id } userErrors { field code } } }";
    cast.relax("chat-send", &cast.owner).await;
    let sent = cast.app.ok(&cast.owner, send, talk(cast).await).await;
    json!({ "id": sent["sendMessage"]["message"]["id"] })
}

/// A new group of the owner and the partner. A member starts at most 20 conversations an hour, so this is for what
/// changes who is in it.
async fn fresh_group(cast: &Cast) -> Value {
    let start = "mutation($id: ID!) { startGroup(input: { title: \"Search party\", memberIds: [$id] }) {
        conversation { id } userErrors { field code } } }";
    let started = cast.app.ok(&cast.owner, start, json!({ "id": cast.partner.id })).await;
    json!({ "id": started["startGroup"]["conversation"]["id"], "member": cast.partner.id })
}

/// A new group for those who can change who is in it, and one that stays as it is for all others.
async fn group_for(cast: &Cast, who: Who) -> Value {
    match who {
        Who::Owner | Who::Partner => fresh_group(cast).await,
        _ => kept_group(cast).await,
    }
}

/// A group of the owner and the partner that stays as it is.
async fn kept_group(cast: &Cast) -> Value {
    cast.once("a group", async || fresh_group(cast).await).await
}

/// What the owner wrote to the shelter of the town.
async fn enquiry(cast: &Cast) -> Value {
    let start = "mutation($id: ID!) { startConversation(input: { shelterId: $id, text: \"Hello\" }) {
        conversation { id } userErrors { field code } } }";
    let begin = async || cast.app.ok(&cast.owner, start, json!({ "id": cast.shelter })).await;
    let started = cast.once("an enquiry", begin).await;
    json!({ "id": started["startConversation"]["conversation"]["id"] })
}
