//! Receives a message from a phone.

use entity::{
    id::{ConversationId, MemberId, SessionId, SmsMessageId},
    sms_message, sms_opt_out,
    vocabulary::{ConsentPurpose, Role, SmsDirection, SmsStatus},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::word::Word;
use crate::{
    deps::{DAY, Deps, Limit, Tx},
    domain::{
        chat,
        consents::{RecordConsent, note_consent},
        safety,
        sms::{
            model::INBOUND,
            phone::{canonical, may_be_a_person},
            sending::opt_out,
            store,
        },
    },
    kernel::{
        Error, Result, Viewer,
        secret::{hex, keyed_hash},
    },
    ports::sms::segments,
};

const STOPPED: &str = "Finding Sweetie: you will get no more text messages from us. Reply START to get them again.";
const STARTED: &str = "Finding Sweetie: you will get text messages about your pets and conversations again. Reply STOP \
     to end them, HELP for help.";
const HELP: &str = "Finding Sweetie brings lost pets home. Answer a text to reply in the conversation. Message and \
     data rates may apply. Reply STOP to end messages.";
const NOWHERE: &str = "Finding Sweetie: this text is not part of a conversation, so nobody has read it. Please open \
     Finding Sweetie to write. Reply STOP to end messages.";
const HELD: &str = "Finding Sweetie: this looks like a code for one of your accounts, so it was not passed on. Nobody \
     needs a code to bring a pet home. Reply STOP to end messages.";

/// An incoming message that has been verified as genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedSms {
    /// The carrier's id for it.
    pub provider_id: String,
    /// The sender as written by the carrier; a short code or a name if it is a machine.
    pub from: String,
    /// The number that it was sent to, which is ours.
    pub to: String,
    /// Text of the message.
    pub body: String,
}

/// Identical answers to one phone. An automatic responder gets only the first one.
pub const ANSWERS: Limit = Limit::new("sms-answer", 1, "answer", DAY).of("in the same words to one phone");

/// Receives a message and returns the answer, if any. STOP, START and HELP take effect at once; any other text goes
/// into the conversation that the last message to that phone came from. A message delivered twice is handled once.
pub async fn receive_sms(deps: &Deps, sms: &ReceivedSms) -> Result<Option<&'static str>> {
    let Some(from) = canonical(&sms.from) else {
        // A short code or a name: recorded, and nothing else.
        deps.write(async |tx| record(deps, tx, sms, None, None).await).await?;
        return Ok(None);
    };
    let sms = &ReceivedSms { from, ..sms.clone() };
    let answer = deps.write(async |tx| take(deps, tx, sms).await).await?;
    match answer {
        Some(text) if is_worth_sending(deps, sms, text).await => Ok(Some(text)),
        _ => Ok(None),
    }
}

/// Carries out what the message asks for and returns the answer.
async fn take(deps: &Deps, tx: &Tx, sms: &ReceivedSms) -> Result<Option<&'static str>> {
    let word = Word::of(&sms.body);
    let holder = store::holder_of(tx, &sms.from).await?;
    let conversation = match (word, holder) {
        (None, Some(_)) => store::last_conversation_with(tx, &sms.from, tx.now()).await?,
        _ => None,
    };
    if !record(deps, tx, sms, holder, conversation).await? {
        return Ok(None);
    }
    if let Some(word) = word {
        obey(deps, tx, word, sms).await?;
        return Ok(Some(answer(word)));
    }
    let answer = match holder.zip(conversation) {
        Some((member, conversation)) => pass_on(deps, tx, member, conversation, &sms.body).await?,
        None => Some(NOWHERE),
    };
    match answer {
        Some(_) if store::is_opted_out(tx, &sms.from).await? => Ok(None),
        answer => Ok(answer),
    }
}

/// Whether to send that answer: not to ourselves, not to a machine, and not a second time within a day.
async fn is_worth_sending(deps: &Deps, sms: &ReceivedSms, text: &str) -> bool {
    let is_ours = |own| canonical(own).as_ref() == Some(&sms.from);
    if is_ours(&sms.to) || is_ours(deps.sms.sender()) || !may_be_a_person(&sms.from) {
        return false;
    }
    let answer = format!("{} {text}", sms.from);
    let answer = hex(&keyed_hash(&deps.secret.key("SMS answer"), answer.as_bytes()));
    deps.hit(&ANSWERS, answer).await.is_ok()
}

async fn obey(deps: &Deps, tx: &Tx, word: Word, sms: &ReceivedSms) -> Result<()> {
    match word {
        Word::Stop => opt_out(tx, &sms.from).await?,
        Word::Start => {
            sms_opt_out::Entity::delete_by_id(sms.from.clone()).exec(tx).await?;
        }
        Word::Help => return Ok(()),
    }
    let Some(holder) = store::holder_of(tx, &sms.from).await? else {
        return Ok(());
    };
    let said = RecordConsent {
        purpose: ConsentPurpose::TextMessages,
        granted: word == Word::Start,
        wording: sms.body.trim().to_owned(),
    };
    note_consent(deps, tx, holder, said).await?;
    Ok(())
}

fn answer(word: Word) -> &'static str {
    match word {
        Word::Stop => STOPPED,
        Word::Start => STARTED,
        Word::Help => HELP,
    }
}

/// Posts a reply on behalf of the member who verified the phone. If the conversation refuses it, for example because
/// the member has left it, a polite answer says so; an account's code is held back, because a phone cannot be asked to
/// confirm it.
async fn pass_on(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    conversation_id: ConversationId,
    body: &str,
) -> Result<Option<&'static str>> {
    if safety::review(body).refuse_unconfirmed(&[]).is_err() {
        return Ok(Some(HELD));
    }
    match post(deps, tx, &by_phone(member), conversation_id, body).await {
        Ok(()) => Ok(None),
        Err(
            Error::NotFound(_)
            | Error::Forbidden(_)
            | Error::Invalid(_)
            | Error::Conflict(_)
            | Error::RateLimited { .. },
        ) => Ok(Some(NOWHERE)),
        Err(error) => Err(error),
    }
}

/// Posts the text; a long one becomes several messages.
async fn post(deps: &Deps, tx: &Tx, viewer: &Viewer, conversation_id: ConversationId, body: &str) -> Result<()> {
    let mut rest = body;
    loop {
        let end = rest
            .char_indices()
            .nth(chat::MAX_TEXT)
            .map_or(rest.len(), |(end, _)| end);
        let (piece, after) = rest.split_at(end);
        let words = chat::Words {
            text: Some(piece.to_owned()),
            ..chat::Words::default()
        };
        let message = chat::SendMessage { conversation_id, words };
        chat::send_message_within(deps, tx, viewer, message).await?;
        if after.trim().is_empty() {
            return Ok(());
        }
        rest = after;
    }
}

/// The member whose phone sent the message. There is no session behind it, and no rights beyond those of any member.
fn by_phone(id: MemberId) -> Viewer {
    Viewer::Member {
        id,
        role: Role::Member,
        session_id: SessionId(uuid::Uuid::nil()),
    }
}

/// Records the message; returns whether it is new.
async fn record(
    deps: &Deps,
    tx: &Tx,
    sms: &ReceivedSms,
    holder: Option<MemberId>,
    conversation: Option<ConversationId>,
) -> Result<bool> {
    let row = sms_message::ActiveModel {
        id: Set(SmsMessageId(deps.ids.uuid(tx.now()))),
        member_id: Set(holder),
        conversation_id: Set(conversation),
        direction: Set(SmsDirection::Inbound),
        purpose: Set(INBOUND.to_owned()),
        to_phone: Set(sms.to.clone()),
        from_phone: Set(Some(sms.from.clone())),
        body: Set(sms.body.clone()),
        segments: Set(i32::try_from(segments(&sms.body).count).unwrap_or(i32::MAX)),
        credits: Set(0),
        status: Set(SmsStatus::Received),
        error: Set(None),
        provider_id: Set(Some(sms.provider_id.clone())),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        delivered_at: Set(None),
    };
    let inserted = sms_message::Entity::insert(row)
        .on_conflict(
            OnConflict::column(sms_message::Column::ProviderId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::sms::Encoding;

    #[test]
    fn every_answer_is_one_segment() {
        for text in [STOPPED, STARTED, HELP, NOWHERE, HELD] {
            let measured = segments(text);
            assert_eq!((measured.encoding, measured.count), (Encoding::Gsm7, 1), "{text}");
        }
    }
}
