//! Queries for accounts, messages and opted-out numbers.

use std::time::Duration;

use entity::{
    Timestamp,
    id::{ConversationId, MemberId, SmsMessageId},
    phone_verification, sms_account, sms_message, sms_opt_out,
    vocabulary::SmsDirection,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};

use super::model::{Account, CHAT};
use crate::{
    deps::{Direction, Keyset},
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// How long a reply still belongs to the conversation of the last message to that phone.
const REPLIES_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// All reads of messages start here: a member sees those of their own account.
fn visible_to(viewer: &Viewer) -> Result<Select<sms_message::Entity>> {
    let member = viewer.require_member()?;
    Ok(sms_message::Entity::find().filter(sms_message::COLUMN.member_id.eq(member)))
}

/// A message in the viewer's account.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: SmsMessageId) -> Result<sms_message::Model> {
    let mine = visible_to(viewer)?.filter(sms_message::COLUMN.id.eq(id));
    mine.one(db).await?.ok_or(Error::NotFound("SMS"))
}

/// The viewer's messages, newest first.
pub async fn messages_of(db: &impl ConnectionTrait, viewer: &Viewer, page: &Page) -> Result<Slice<sms_message::Model>> {
    let list = Keyset {
        list: "sms",
        columns: vec![
            Expr::col((sms_message::Entity, sms_message::Column::CreatedAt)),
            Expr::col((sms_message::Entity, sms_message::Column::Id)),
        ],
        direction: Direction::Descending,
    };
    let key = |sms: &sms_message::Model| vec![KeyValue::Int(sms.created_at.0), KeyValue::Id(sms.id.0)];
    list.page(db, visible_to(viewer)?, page, key).await
}

/// Number of messages that the viewer has.
pub async fn count_messages(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64> {
    Ok(visible_to(viewer)?.count(db).await?)
}

/// A member's account; without number and credits if there is none yet.
pub async fn account_of(db: &impl ConnectionTrait, member: MemberId, now: Timestamp) -> Result<Account> {
    let row = sms_account::Entity::find_by_id(member).one(db).await?;
    let credits = row.as_ref().map_or(0, |row| row.credits);
    if let Some((phone, agreed)) = row.and_then(|row| Some((row.phone?, row.opted_in))) {
        let opted_in = agreed && !is_opted_out(db, &phone).await?;
        return Ok(Account {
            member_id: member,
            phone: Some(phone),
            verified: true,
            opted_in,
            credits,
        });
    }
    let pending = verification_of(db, member)
        .await?
        .filter(|verification| now < verification.expires_at);
    Ok(Account {
        member_id: member,
        phone: pending.map(|verification| verification.phone),
        verified: false,
        opted_in: false,
        credits,
    })
}

/// The number that a member has verified.
pub async fn verified_phone(db: &impl ConnectionTrait, member: MemberId, now: Timestamp) -> Result<Option<String>> {
    let account = account_of(db, member, now).await?;
    Ok(account.phone.filter(|_| account.verified))
}

/// The member's latest code, whether or not it is still valid.
pub(super) async fn verification_of(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Result<Option<phone_verification::Model>> {
    Ok(phone_verification::Entity::find_by_id(member).one(db).await?)
}

/// A message by id, whoever it belongs to.
pub(super) async fn message_with_id(db: &impl ConnectionTrait, id: SmsMessageId) -> Result<sms_message::Model> {
    sms_message::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound("SMS"))
}

/// The message with that id at the carrier.
pub(super) async fn message_of_provider(db: &impl ConnectionTrait, id: &str) -> Result<Option<sms_message::Model>> {
    let known = sms_message::Entity::find().filter(sms_message::COLUMN.provider_id.eq(id));
    Ok(known.one(db).await?)
}

/// The member who has verified that number.
pub(super) async fn holder_of(db: &impl ConnectionTrait, phone: &str) -> Result<Option<MemberId>> {
    let held = sms_account::Entity::find()
        .filter(sms_account::COLUMN.phone.eq(phone))
        .filter(sms_account::COLUMN.verified_at.is_not_null());
    Ok(held.one(db).await?.map(|account| account.member_id))
}

/// Whether a number has said STOP.
pub(super) async fn is_opted_out(db: &impl ConnectionTrait, phone: &str) -> Result<bool> {
    Ok(sms_opt_out::Entity::find_by_id(phone.to_owned())
        .one(db)
        .await?
        .is_some())
}

/// Number of messages in conversations that a member has sent since then.
pub(super) async fn chat_messages_since(db: &impl ConnectionTrait, member: MemberId, since: Timestamp) -> Result<u64> {
    let sent = sms_message::Entity::find()
        .filter(sms_message::COLUMN.member_id.eq(member))
        .filter(sms_message::COLUMN.direction.eq(SmsDirection::Outbound))
        .filter(sms_message::COLUMN.purpose.eq(CHAT))
        .filter(sms_message::COLUMN.created_at.gt(since));
    Ok(sent.count(db).await?)
}

/// The conversation that replies from a phone go to: that of the last message sent to it.
pub(super) async fn last_conversation_with(
    db: &impl ConnectionTrait,
    phone: &str,
    now: Timestamp,
) -> Result<Option<ConversationId>> {
    let last = sms_message::Entity::find()
        .filter(sms_message::COLUMN.to_phone.eq(phone))
        .filter(sms_message::COLUMN.purpose.eq(CHAT))
        .filter(sms_message::COLUMN.created_at.gt(now.minus(REPLIES_FOR)))
        .order_by_desc(sms_message::Column::CreatedAt)
        .order_by_desc(sms_message::Column::Id)
        .limit(1);
    Ok(last.one(db).await?.and_then(|sms| sms.conversation_id))
}
