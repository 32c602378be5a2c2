//! Writes to the other side of a conversation by SMS.

use entity::{
    Timestamp, conversation,
    id::{ConversationId, MemberId, SmsMessageId},
    sms_message,
    vocabulary::{SmsDirection, SmsStatus},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait};

use crate::{
    deps::{DAY, Deps, IdempotencyKey, Remembered, Tx, is_repeat, once},
    domain::{
        chat,
        sms::{
            Settings, budget, credits,
            model::{Account, CHAT, plain},
            phone::is_accepted,
            store,
            verification::minutes,
        },
    },
    events::SmsEvent,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
    ports::sms::segments,
};

/// Maximum length of a text, in characters: two or three segments.
const MAX: usize = 320;
/// Maximum number of messages per member and day.
const PER_DAY: u64 = 10;

/// Input for sending a message.
pub struct SendSms {
    /// The conversation whose other side gets the message.
    pub conversation_id: ConversationId,
    /// 1 to 320 characters.
    pub text: String,
    /// Ids of the rules that the sender has confirmed.
    pub acknowledged: Vec<String>,
    /// A repeat with the same key and input within 24 hours returns the first message.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Sends a text to the other side's phone, whose number stays hidden, and adds it to the conversation. It costs one
/// credit per segment. Refused if the other side cannot be reached by SMS, without saying why.
pub async fn send_sms(deps: &Deps, viewer: &Viewer, input: SendSms) -> Result<sms_message::Model> {
    let SendSms {
        conversation_id,
        text,
        acknowledged,
        idempotency_key,
    } = input;
    let member = viewer.require_member()?;
    let text = text::prose("text", &text, MAX).map_err(|fault| Error::Invalid(vec![fault]))?;
    let body = text::prose("text", &plain(&text), MAX).map_err(|fault| Error::Invalid(vec![fault]))?;
    let found = chat::find(deps.db.read(), viewer, conversation_id).await;
    let conversation = found.at("conversationId")?;
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "sendSms", key).await? {
        count(deps, &conversation, member, price(&body)).await?;
    }
    let sent = deps
        .write(async |tx| {
            let reservation = match once(tx, viewer, "sendSms", key).await? {
                Remembered::New(reservation) => reservation,
                Remembered::Done(first) => {
                    return store::find(tx, viewer, first.parse().map_err(Error::internal)?).await;
                }
            };
            let to = reachable(deps, tx, &conversation, member, tx.now()).await?;
            let sms = queued(deps, tx, member, &to, conversation_id, body);
            pay(deps, tx, member, &sms).await?;
            let row: sms_message::ActiveModel = sms.clone().into();
            sms_message::Entity::insert(row.reset_all())
                .exec_without_returning(tx)
                .await?;
            let message = chat::SendMessage {
                conversation_id,
                words: chat::Words {
                    text: Some(text),
                    acknowledged,
                    ..chat::Words::default()
                },
            };
            chat::send_message_within(deps, tx, viewer, message).await?;
            tx.announce(SmsEvent::SmsQueued { sms_message_id: sms.id });
            reservation.fulfil(tx, sms.id).await?;
            Ok(sms)
        })
        .await?;
    chat::end_typing(deps, conversation_id, member)?;
    Ok(sent)
}

/// The other member's number, if it is verified, opted in, has not sent STOP, and is in a country that messages go to.
async fn reachable(
    deps: &Deps,
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    me: MemberId,
    now: Timestamp,
) -> Result<String> {
    let account = match chat::other_member(db, conversation, me).await? {
        Some(other) => Some(store::account_of(db, other, now).await?),
        None => None,
    };
    let phone = account.filter(may_receive).and_then(|account| account.phone);
    let phone = phone.filter(|phone| is_accepted(phone, &deps.settings::<Settings>().countries));
    phone.ok_or_else(|| {
        let message = "the other side cannot be reached by SMS: write in the conversation instead";
        Error::field("conversationId", FieldCode::NotAllowed, message)
    })
}

fn may_receive(account: &Account) -> bool {
    account.verified && account.opted_in
}

/// Counts a message towards the limits shared by all members. A message that would be refused anyway is not counted.
async fn count(deps: &Deps, conversation: &conversation::Model, member: MemberId, price: i32) -> Result<()> {
    let (db, now) = (deps.db.read(), deps.clock.now());
    let to = reachable(deps, db, conversation, member, now).await?;
    let account = store::account_of(db, member, now).await?;
    if !account.verified || account.credits < price {
        return Err(unpaid(&account, price));
    }
    refuse_beyond_day(db, member, now).await?;
    budget::spend(deps, &to).await.map_err(|after| {
        let message = format!(
            "too many text messages are being sent to that area right now: write in the conversation instead, or try again in {} minutes",
            minutes(after)
        );
        Error::field("text", FieldCode::LimitReached, message)
    })
}

/// Charges the credits, which locks the account, and then counts today's messages.
async fn pay(deps: &Deps, tx: &Tx, member: MemberId, sms: &sms_message::Model) -> Result<()> {
    if !credits::take(deps, tx, member, sms.credits, sms.id).await? {
        return Err(unpaid(&store::account_of(tx, member, tx.now()).await?, sms.credits));
    }
    refuse_beyond_day(tx, member, tx.now()).await
}

async fn refuse_beyond_day(db: &impl ConnectionTrait, member: MemberId, now: Timestamp) -> Result<()> {
    if store::chat_messages_since(db, member, now.minus(DAY)).await? < PER_DAY {
        return Ok(());
    }
    let message = format!("at most {PER_DAY} text messages within 24 hours: write in the conversation instead");
    Err(Error::field("text", FieldCode::LimitReached, message))
}

fn unpaid(account: &Account, price: i32) -> Error {
    if !account.verified {
        let message = "verify your own phone number first (requestPhoneVerification): the first verification comes with free credits";
        return Error::Invalid(vec![crate::kernel::FieldError {
            path: Vec::new(),
            code: FieldCode::Unverified,
            message: message.to_owned(),
        }]);
    }
    let message = format!(
        "this text takes {price} credits and you have {}: shorten it, or write in the conversation, which is free",
        account.credits
    );
    Error::field("text", FieldCode::LimitReached, message)
}

/// One credit per segment; 320 characters are only a few segments.
fn price(body: &str) -> i32 {
    i32::try_from(segments(body).count).unwrap_or(i32::MAX)
}

fn queued(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    to: &str,
    conversation: ConversationId,
    body: String,
) -> sms_message::Model {
    let count = price(&body);
    sms_message::Model {
        id: SmsMessageId(deps.ids.uuid(tx.now())),
        member_id: Some(member),
        conversation_id: Some(conversation),
        direction: SmsDirection::Outbound,
        purpose: CHAT.to_owned(),
        to_phone: to.to_owned(),
        from_phone: None,
        body,
        segments: count,
        credits: count,
        status: SmsStatus::Queued,
        error: None,
        provider_id: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        delivered_at: None,
    }
}
