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
    model::{Account, VERIFICATION},
    phone::phone,
    store,
};
use crate::{
    deps::{Deps, Tx},
    events::Event,
    kernel::{
        Error, FieldCode, Result, Viewer,
        secret::{hex, keyed_hash},
        viewer::Origin,
    },
};

/// How long a code is good.
pub(super) const CODE_FOR: Duration = Duration::from_secs(10 * 60);
/// Codes of one member, and to one number, within [`CODE_FOR`].
const SENDS: i32 = 5;
/// Codes of one member, and to one number, within a day.
const SENDS_PER_DAY: u32 = 20;
/// Codes asked for from one address within an hour: a shelter behind one router still gets through.
const SENDS_PER_ADDRESS: u32 = 50;
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Sends a code to a number, which costs no credits. A number that another member has proved is theirs until this
/// member proves it. Refuses a number that said STOP, and too many codes.
pub async fn request_phone_verification(deps: &Deps, viewer: &Viewer, origin: &Origin, raw: &str) -> Result<Account> {
    let member = viewer.require_member()?;
    let phone = phone("phone", raw).map_err(|fault| Error::Invalid(vec![fault]))?;
    if store::is_opted_out(deps.db.read(), &phone).await? {
        let message = format!(
            "this phone answered STOP: text START from it to {}, then ask again",
            deps.sms.sender()
        );
        return Err(Error::field("phone", FieldCode::NotAllowed, message));
    }
    count_sends(deps, member, origin, &phone).await?;
    deps.write(async |tx| {
        let sms = SmsMessageId(deps.ids.uuid(tx.now()));
        let hash = code_hash(&deps.secret, member, &phone, &code(&deps.secret, sms));
        if !remember(tx, member, &phone, &hash).await? {
            return Err(too_many(CODE_FOR));
        }
        queue(tx, sms, member, &phone).await?;
        store::account_of(tx, member, tx.now()).await
    })
    .await
}

/// Counts what several members or addresses could do together. Numbers are not written down.
async fn count_sends(deps: &Deps, member: MemberId, origin: &Origin, phone: &str) -> Result<()> {
    let number = hex(&keyed_hash(&deps.secret.key("phone limit"), phone.as_bytes()));
    let limits = [
        (
            format!("phone-code:address:{}", origin.address),
            SENDS_PER_ADDRESS,
            HOUR,
        ),
        (format!("phone-code:member:{member}"), SENDS_PER_DAY, DAY),
        (format!("phone-code:number:{number}"), SENDS.unsigned_abs(), CODE_FOR),
        (format!("phone-code:number-day:{number}"), SENDS_PER_DAY, DAY),
    ];
    for (key, limit, window) in limits {
        let hit = deps.limiter.hit(&key, limit, window, deps.clock.now()).await;
        hit.map_err(too_many)?;
    }
    Ok(())
}

fn too_many(after: Duration) -> Error {
    let message = format!(
        "at most {SENDS} codes within {} minutes and {SENDS_PER_DAY} a day: try again in {} minutes",
        CODE_FOR.as_secs() / 60,
        after.as_secs().div_ceil(60).max(1)
    );
    Error::field("phone", FieldCode::LimitReached, message)
}

/// Puts the new code in the place of the member's last one, unless there were too many; says whether it did. One
/// statement, so that requests at the same time are counted one after the other.
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
    tx.announce(Event::SmsQueued { sms_message_id: id });
    Ok(())
}
