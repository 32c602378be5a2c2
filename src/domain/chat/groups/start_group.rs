//! Starts a group.

use std::collections::BTreeSet;

use entity::{
    conversation,
    id::{ConversationId, MemberId},
    vocabulary::{ConversationKind, SystemMessageKind},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use super::group::{let_run, refuse_blocked, title, wanted};
use crate::{
    deps::{Deps, Tx},
    domain::chat::{
        conversations::Started,
        limits::{count_conversation, count_message},
        messages::{Draft, SystemNote, Words, post, tell},
        participants::insert_participants,
        store,
    },
    events::ChatEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, secret::fingerprint, text},
};

/// Maximum length of a client key in characters.
const MAX_KEY: usize = 100;

/// A new group.
#[derive(Debug, Clone)]
pub struct StartGroup {
    /// The title, 1 to 80 characters.
    pub title: String,
    /// The members besides the starter.
    pub member_ids: Vec<MemberId>,
    /// The first message, if any.
    pub text: Option<String>,
    /// The client's key that makes starting the group idempotent.
    pub client_key: Option<String>,
    /// Ids of the rules that the starter has confirmed.
    pub acknowledged: Vec<String>,
}

/// A validated new group.
struct Plan {
    me: MemberId,
    title: String,
    others: BTreeSet<MemberId>,
    draft: Option<Draft>,
    /// Unique for the starter and their client key.
    key: Option<String>,
    hash: String,
}

/// Starts a group that the viewer then runs. With a client key it happens once: a repeat returns the first group.
pub async fn start_group(deps: &Deps, viewer: &Viewer, input: StartGroup) -> Result<Started> {
    let me = viewer.require_member()?;
    let plan = Plan::parse(deps.db.read(), me, input).await?;
    if let Some(first) = started_before(deps.db.read(), viewer, &plan).await? {
        return Ok(first);
    }
    refuse_blocked(deps.db.read(), me, &plan.others).await?;
    if let Some(draft) = &plan.draft {
        draft.refuse_unconfirmed()?;
    }
    count_conversation(deps, me, false).await?;
    if plan.draft.is_some() {
        count_message(deps, me).await?;
    }
    deps.write(async |tx| {
        let id = ConversationId(deps.ids.uuid(tx.now()));
        if !insert(tx, &plan, id).await? {
            let first = started_before(tx, viewer, &plan).await?;
            return first.ok_or_else(|| Error::broken("a group that was just started is not there"));
        }
        open(deps, tx, viewer, &plan, id).await
    })
    .await
}

impl Plan {
    async fn parse(db: &impl ConnectionTrait, me: MemberId, input: StartGroup) -> Result<Self> {
        let StartGroup {
            title: name,
            member_ids,
            text: said,
            client_key,
            acknowledged,
        } = input;
        let title = title(&name)?;
        let said = said.filter(|said| !said.trim().is_empty());
        let words = |said| Words {
            text: Some(said),
            acknowledged,
            ..Words::default()
        };
        let draft = said.map(|said| Draft::parse(words(said))).transpose()?;
        let key = client_key.map(|key| text::line("clientKey", &key, MAX_KEY)).transpose();
        let key = key.map_err(|fault| Error::Invalid(vec![fault]))?;
        let others = wanted(db, me, &member_ids).await?;
        let said = draft.as_ref().and_then(|draft| draft.text.as_ref());
        let hash = fingerprint(serde_json::to_string(&(&title, &others, said))?);
        Ok(Self {
            me,
            title,
            others,
            draft,
            key: key.map(|key| format!("group:{me}:{key}")),
            hash,
        })
    }

    fn members(&self) -> Vec<MemberId> {
        self.others.iter().copied().chain([self.me]).collect()
    }
}

/// The group that was started with this client key, and its first message. The same key for a different group is
/// refused.
async fn started_before(db: &impl ConnectionTrait, viewer: &Viewer, plan: &Plan) -> Result<Option<Started>> {
    let Some(key) = &plan.key else { return Ok(None) };
    let Some(group) = store::by_direct_key(db, key).await? else {
        return Ok(None);
    };
    if group.start_hash.as_deref() != Some(plan.hash.as_str()) {
        let message = "you started another group under this key: use a new key for a new group";
        return Err(Error::field("clientKey", FieldCode::Conflict, message));
    }
    let conversation = store::find(db, viewer, group.id).await.at("clientKey")?;
    let message = store::first_words(db, group.id, plan.me).await?;
    let message = message.filter(|_| plan.draft.is_some());
    Ok(Some(Started { conversation, message }))
}

/// Stores the conversation. If a group is started several times at once, the unique key lets one win.
async fn insert(tx: &Tx, plan: &Plan, id: ConversationId) -> Result<bool> {
    let row = conversation::ActiveModel {
        id: Set(id),
        kind: Set(ConversationKind::Group),
        direct_key: Set(plan.key.clone()),
        start_hash: Set(Some(plan.hash.clone())),
        pet_id: Set(None),
        shelter_id: Set(None),
        title: Set(Some(plan.title.clone())),
        created_by: Set(plan.me),
        assigned_to: Set(None),
        last_sequence: Set(0),
        last_revision: Set(0),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    let inserted = conversation::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

async fn open(deps: &Deps, tx: &Tx, viewer: &Viewer, plan: &Plan, id: ConversationId) -> Result<Started> {
    let group = store::by_id(tx, id).await?;
    insert_participants(tx, &group, &plan.members()).await?;
    let_run(tx, id, plan.me).await?;
    tx.announce(ChatEvent::ConversationStarted {
        conversation_id: id,
        member_ids: store::member_ids(tx, id).await?,
    });
    let note = SystemNote {
        kind: SystemMessageKind::GroupStarted,
        actor: plan.me,
        members: plan.others.iter().copied().collect(),
        title: Some(plan.title.clone()),
    };
    let group = tell(deps, tx, group, note).await?;
    let message = match &plan.draft {
        Some(draft) => Some(post(deps, tx, plan.me, group, draft).await?),
        None => None,
    };
    let conversation = store::find(tx, viewer, id).await?;
    Ok(Started { conversation, message })
}
