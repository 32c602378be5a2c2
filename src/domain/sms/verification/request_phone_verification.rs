//! Sends a code to a phone number.

use std::time::Duration;

use entity::{
    id::{MemberId, SmsMessageId},
    sms_message,
    vocabulary::{SmsDirection, SmsStatus},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, Statement};

use super::{
    code::{code, code_hash},
    verify_phone::refuse_another,
};
use crate::{
    deps::{DAY, Deps, IdempotencyKey, Limit, Remembered, Tx, is_repeat, once},
    domain::{
        accounts,
        sms::{
            Settings, budget,
            model::{Account, VERIFICATION},
            phone::phone as checked,
            store,
        },
    },
    events::SmsEvent,
    kernel::{Error, FieldCode, FieldError, Result, Viewer, viewer::Origin},
};

/// How long a code is valid.
pub(super) const CODE_FOR: Duration = Duration::from_secs(10 * 60);
/// Maximum number of codes per member, and per number, within [`CODE_FOR`].
const SENDS: i32 = 5;
/// Maximum number of codes per member, and per number, within a day.
const SENDS_PER_DAY: u32 = 20;

pub const CODES_OF_MEMBER: Limit = Limit::new("phone-code:member", SENDS_PER_DAY, "codes", DAY);
pub const CODES_TO_NUMBER: Limit =
    Limit::new("phone-code:number", SENDS.unsigned_abs(), "codes", CODE_FOR).of("to one number");
pub const CODES_TO_NUMBER_A_DAY: Limit =
    Limit::new("phone-code:number-day", SENDS_PER_DAY, "codes", DAY).of("to one number");

/// Which number to verify.
pub struct RequestPhoneVerification {
    /// In any notation that the member uses.
    pub phone: String,
    /// A repeat with the same key and number within 24 hours sends no second code.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Sends a code to a number; it costs no credits. A number verified by another member stays theirs until this member
/// verifies it. Refuses members whose e-mail address is unverified, numbers that said STOP, and requests for too many
/// codes.
pub async fn request_phone_verification(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: RequestPhoneVerification,
) -> Result<Account> {
    let RequestPhoneVerification { phone, idempotency_key } = input;
    let member = viewer.require_member()?;
    let phone = checked("phone", &phone, &deps.settings::<Settings>().countries)
        .map_err(|fault| Error::Invalid(vec![fault]))?;
    if !accounts::member_by_id(deps.db.read(), member).await?.email_verified {
        return Err(unproved());
    }
    refuse_another(deps.db.read(), member, &phone).await?;
    if store::is_opted_out(deps.db.read(), &phone).await? {
        let message = format!(
            "this phone answered STOP: text START from it to {}, then ask again",
            deps.sms.sender()
        );
        return Err(Error::field("phone", FieldCode::NotAllowed, message));
    }
    let key = idempotency_key.as_ref();
    if !is_repeat(deps, viewer, "requestPhoneVerification", key).await? {
        count_sends(deps, member, origin, &phone).await?;
    }
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "requestPhoneVerification", key).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(_) => return store::account_of(tx, member, tx.now()).await,
        };
        let sms = SmsMessageId(deps.ids.uuid(tx.now()));
        let hash = code_hash(&deps.secret, member, &phone, &code(&deps.secret, sms));
        if !remember(tx, member, &phone, &hash).await? {
            return Err(too_many(CODE_FOR));
        }
        queue(tx, sms, member, &phone).await?;
        reservation.fulfil(tx, sms).await?;
        store::account_of(tx, member, tx.now()).await
    })
    .await
}

fn unproved() -> Error {
    let message = "verify your e-mail address first (requestEmailVerification), then ask again";
    Error::Invalid(vec![FieldError {
        path: Vec::new(),
        code: FieldCode::Unverified,
        message: message.to_owned(),
    }])
}

/// Counts the member's requests, then messages to the number, then what several members or IP addresses could cause
/// together.
async fn count_sends(deps: &Deps, member: MemberId, origin: &Origin, phone: &str) -> Result<()> {
    let number = budget::hidden(deps, phone);
    deps.hit(&CODES_OF_MEMBER, member).await.map_err(too_many)?;
    deps.hit(&CODES_TO_NUMBER, number.as_str()).await.map_err(too_many)?;
    deps.hit(&CODES_TO_NUMBER_A_DAY, number).await.map_err(too_many)?;
    budget::spend_of(deps, origin).await.map_err(too_many_of_all)?;
    budget::spend(deps, phone).await.map_err(too_many_of_all)
}

fn too_many(after: Duration) -> Error {
    let message = format!(
        "at most {SENDS} codes within {} minutes and {SENDS_PER_DAY} a day: try again in {} minutes",
        CODE_FOR.as_secs() / 60,
        minutes(after)
    );
    Error::field("phone", FieldCode::LimitReached, message)
}

fn too_many_of_all(after: Duration) -> Error {
    let message = format!(
        "too many codes were requested from this network or for numbers in this area: try again in {} minutes",
        minutes(after)
    );
    Error::field("phone", FieldCode::LimitReached, message)
}

pub fn minutes(after: Duration) -> u64 {
    after.as_secs().div_ceil(60).max(1)
}

/// Replaces the member's last code, unless there were too many; returns whether it did. It is a single statement, so
/// that concurrent requests are counted one after the other.
async fn remember(tx: &Tx, member: MemberId, phone: &str, hash: &str) -> Result<bool> {
    let sql = "INSERT INTO phone_verifications (member_id, phone, code_hash, sends, tries, window_started_at, expires_at) \
         VALUES ($1, $2, $3, 1, 0, $4, $5) ON CONFLICT (member_id) DO UPDATE SET phone = excluded.phone, \
         code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at, \
         sends = CASE WHEN phone_verifications.window_started_at <= $6 THEN 1 ELSE phone_verifications.sends + 1 END, \
         window_started_at = CASE WHEN phone_verifications.window_started_at <= $6 THEN excluded.window_started_at \
         ELSE phone_verifications.window_started_at END \
         WHERE phone_verifications.window_started_at <= $6 OR phone_verifications.sends < $7";
    let values = [
        member.into(),
        phone.into(),
        hash.into(),
        tx.now().into(),
        tx.now().plus(CODE_FOR).into(),
        tx.now().minus(CODE_FOR).into(),
        SENDS.into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected() == 1)
}

/// The code itself is in no column: the job computes it.
async fn queue(tx: &Tx, id: SmsMessageId, member: MemberId, phone: &str) -> Result<()> {
    let row = sms_message::ActiveModel {
        id: Set(id),
        member_id: Set(Some(member)),
        conversation_id: Set(None),
        direction: Set(SmsDirection::Outbound),
        purpose: Set(VERIFICATION.to_owned()),
        to_phone: Set(phone.to_owned()),
        from_phone: Set(None),
        body: Set("Your code was sent.".to_owned()),
        segments: Set(1),
        credits: Set(0),
        status: Set(SmsStatus::Queued),
        error: Set(None),
        provider_id: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        delivered_at: Set(None),
    };
    sms_message::Entity::insert(row).exec_without_returning(tx).await?;
    metrics::counter!("sweetie_phone_codes_total", "outcome" => "asked").increment(1);
    tx.announce(SmsEvent::SmsQueued { sms_message_id: id });
    Ok(())
}
