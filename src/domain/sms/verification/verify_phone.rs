//! Verifies a phone number by the code that was sent to it.

use entity::{
    id::MemberId,
    phone_verification, sms_account,
    vocabulary::{ConsentPurpose, SecondFactorMethod},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use subtle::ConstantTimeEq;

use super::code::{DIGITS, code_hash};
use crate::{
    deps::{Deps, OrTaken, Tx},
    domain::{
        accounts::{self, audit},
        consents::{RecordConsent, note_consent},
        sms::{
            credits::{self, FREE_CREDITS},
            model::Account,
            store,
        },
    },
    events::{AccountEvent, SecurityChange},
    kernel::{Error, FieldCode, Result, Viewer},
};

/// Maximum number of attempts per code.
const TRIES: i32 = 5;

/// The consent that a member gives by entering the code; stored with the time.
pub const CONSENT: &str = "By giving the code you agree to receive text messages from Finding Sweetie about your \
     pets and conversations. Message and data rates may apply. Reply STOP to end them, HELP for help.";

/// Verifies a number with the code that was sent to it. The member agrees to text messages, and gets free credits with
/// the first verification. A member who had verified the number before loses it. Entering the same code again returns
/// the account.
pub async fn verify_phone(deps: &Deps, viewer: &Viewer, code: &str) -> Result<Account> {
    let member = viewer.require_member()?;
    let code = code.trim();
    if code.len() != DIGITS || !code.bytes().all(|b| b.is_ascii_digit()) {
        let message = format!("a code has {DIGITS} digits: copy it from the text message");
        return Err(Error::field("code", FieldCode::Invalid, message));
    }
    if let Some(account) = proved_by(deps, member, code).await? {
        return Ok(account);
    }
    // The attempt is counted in its own transaction, so that it counts even if the code is wrong.
    let pending = deps.write(async |tx| count_try(tx, member).await).await?;
    let mut given = deps
        .secret
        .each()
        .map(|secret| code_hash(secret, member, &pending.phone, code));
    if !given.any(|given| given.as_bytes().ct_eq(pending.code_hash.as_bytes()).into()) {
        let message = match TRIES - pending.tries {
            0 => "this is not the code, and that was the last attempt: ask for a new code".to_owned(),
            left => format!("this is not the code: {left} more attempts"),
        };
        return Err(Error::field("code", FieldCode::Invalid, message));
    }
    deps.write(async |tx| {
        refuse_another(tx, member, &pending.phone).await?;
        spend(tx, &pending).await?;
        hold(deps, tx, member, &pending.phone).await?;
        audit(
            deps,
            tx,
            viewer.actor(),
            "phone_verified",
            Some(member.to_string()),
            None,
        )
        .await?;
        metrics::counter!("sweetie_phone_codes_total", "outcome" => "proved").increment(1);
        store::account_of(tx, member, tx.now()).await
    })
    .await
}

/// While codes for log-ins go to a member's number, it stays: whoever has only a log-in must not lead them elsewhere.
pub async fn refuse_another(db: &impl ConnectionTrait, member: MemberId, phone: &str) -> Result<()> {
    let (factor, present) = (
        accounts::two_factor_of(db, member).await?,
        store::holder_of(db, phone).await?,
    );
    let is_by_text = factor.on.is_some_and(|(method, _)| method == SecondFactorMethod::Text);
    if !is_by_text || present == Some(member) {
        return Ok(());
    }
    let message = "the codes for your log-ins go to your present number: turn them off first (disableTextCodes), and on again \
                   with the new number";
    Err(Error::field("phone", FieldCode::NotAllowed, message))
}

/// The account, if its number was verified with this very code.
async fn proved_by(deps: &Deps, member: MemberId, code: &str) -> Result<Option<Account>> {
    let (db, now) = (deps.db.read(), deps.clock.now());
    let Some(spent) = store::verification_of(db, member).await? else {
        return Ok(None);
    };
    let given = code_hash(&deps.secret, member, &spent.phone, code);
    let is_it = bool::from(given.as_bytes().ct_eq(spent.code_hash.as_bytes()));
    let account = store::account_of(db, member, now).await?;
    let is_proved = account.verified && account.phone.as_ref() == Some(&spent.phone);
    Ok(Some(account).filter(|_| is_it && is_proved && spent.expires_at <= now))
}

/// Uses up one attempt at a valid code; however many requests arrive at once, at most [`TRIES`] succeed.
async fn count_try(tx: &Tx, member: MemberId) -> Result<phone_verification::Model> {
    let counted = phone_verification::Entity::update_many()
        .col_expr(
            phone_verification::Column::Tries,
            Expr::col(phone_verification::Column::Tries).add(1),
        )
        .filter(phone_verification::COLUMN.member_id.eq(member))
        .filter(phone_verification::COLUMN.tries.lt(TRIES))
        .filter(phone_verification::COLUMN.expires_at.gt(tx.now()))
        .exec(tx)
        .await?;
    let pending = store::verification_of(tx, member).await?;
    match pending {
        Some(pending) if counted.rows_affected == 1 => Ok(pending),
        Some(pending) if tx.now() < pending.expires_at => {
            let message = format!("this code was tried {TRIES} times: ask for a new code");
            Err(Error::field("code", FieldCode::LimitReached, message))
        }
        _ => Err(expired()),
    }
}

fn expired() -> Error {
    let message = "there is no valid code: ask for a new one";
    Error::field("code", FieldCode::Expired, message)
}

/// Invalidates the code; only one of two requests with it succeeds. The row stays, because it counts sent codes.
async fn spend(tx: &Tx, pending: &phone_verification::Model) -> Result<()> {
    let spent = phone_verification::Entity::update_many()
        .col_expr(phone_verification::Column::ExpiresAt, Expr::value(tx.now()))
        .filter(phone_verification::COLUMN.member_id.eq(pending.member_id))
        .filter(phone_verification::COLUMN.code_hash.eq(pending.code_hash.as_str()))
        .filter(phone_verification::COLUMN.expires_at.gt(tx.now()))
        .exec(tx)
        .await?;
    if spent.rows_affected == 1 {
        Ok(())
    } else {
        Err(expired())
    }
}

/// Gives the number to the member, and takes it from the previous holder.
async fn hold(deps: &Deps, tx: &Tx, member: MemberId, phone: &str) -> Result<()> {
    open_account(deps, tx, member).await?;
    if let Some(former) = store::holder_of(tx, phone).await?.filter(|former| *former != member) {
        tx.announce(AccountEvent::SecurityChanged {
            member_id: former,
            change: SecurityChange::PhoneLost,
        });
    }
    sms_account::Entity::update_many()
        .col_expr(sms_account::Column::Phone, Expr::value(None::<String>))
        .col_expr(sms_account::Column::VerifiedAt, Expr::value(None::<i64>))
        .col_expr(sms_account::Column::OptedIn, Expr::value(false))
        .filter(sms_account::COLUMN.phone.eq(phone))
        .filter(sms_account::COLUMN.member_id.ne(member))
        .exec(tx)
        .await?;
    let held = sms_account::ActiveModel {
        member_id: Set(member),
        phone: Set(Some(phone.to_owned())),
        verified_at: Set(Some(tx.now())),
        opted_in: Set(true),
        consent_at: Set(Some(tx.now())),
        consent_text: Set(Some(CONSENT.to_owned())),
        ..Default::default()
    };
    let update = sms_account::Entity::update(held).exec(tx).await;
    // Another member is verifying the same number at the same moment.
    update.or_taken("code", "someone else has just verified this number: ask for a new code")?;
    let said = RecordConsent {
        purpose: ConsentPurpose::TextMessages,
        granted: true,
        wording: CONSENT.to_owned(),
    };
    note_consent(deps, tx, member, said).await?;
    Ok(())
}

/// Creates the account with the free credits, unless it exists.
async fn open_account(deps: &Deps, tx: &Tx, member: MemberId) -> Result<()> {
    let row = sms_account::ActiveModel {
        member_id: Set(member),
        phone: Set(None),
        verified_at: Set(None),
        opted_in: Set(false),
        consent_at: Set(None),
        consent_text: Set(None),
        credits: Set(0),
    };
    let opened = sms_account::Entity::insert(row)
        .on_conflict(
            OnConflict::column(sms_account::Column::MemberId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    if opened == 1 {
        credits::give(deps, tx, member, FREE_CREDITS, "free", None).await?;
    }
    Ok(())
}
