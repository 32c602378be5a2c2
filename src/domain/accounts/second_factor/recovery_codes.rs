//! Recovery codes: ten, each for one log-in without the authenticator app.

use entity::{id::MemberId, recovery_code};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::store::confirmed;
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{audit::audit, password::confirm_password, store},
    events::{AccountEvent, SecurityChange},
    kernel::{Error, Result, Viewer, secret::fingerprint, viewer::Origin},
};

/// How many there are.
const COUNT: usize = 10;
/// Characters of a code: 80 bits, so that nobody finds it from its hash.
const LENGTH: usize = 16;
/// They are shown in groups of so many.
const GROUP: usize = 4;
/// Crockford's base 32, without the letters that people take for digits when they copy from paper.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Input for making new recovery codes.
pub struct CreateRecoveryCodes {
    /// The account's password.
    pub password: String,
}

/// Makes new recovery codes; the old ones are void, and a mail tells the member.
pub async fn create_recovery_codes(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: CreateRecoveryCodes,
) -> Result<Vec<String>> {
    let id = viewer.require_member()?;
    confirm_password(deps, origin, id, "password", input.password).await?;
    deps.write(async |tx| {
        store::lock_member(tx, id).await?;
        if confirmed(tx, id).await?.is_none() {
            return Err(Error::Conflict(
                "two-step verification is off: turn it on first, which makes recovery codes".into(),
            ));
        }
        let address = Some(origin.address.to_string());
        audit(deps, tx, viewer.actor(), "recovery_codes_made", None, address).await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: id,
            change: SecurityChange::RecoveryCodesMade,
        });
        replace(deps, tx, id).await
    })
    .await
}

/// New codes instead of all former ones, as a person reads them.
pub async fn replace(deps: &Deps, tx: &Tx, member: MemberId) -> Result<Vec<String>> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    let codes: Vec<String> = (0..COUNT).map(|_| code(deps.ids.secret())).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        member_id: Set(member),
        hash: Set(hash(member, code)),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(codes.iter().map(|code| shown(code)).collect())
}

/// A code as a person reads it.
fn shown(code: &str) -> String {
    let groups = code.as_bytes().chunks(GROUP).map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join("-")
}

fn code(randomness: [u8; 32]) -> String {
    let letters = randomness.iter().take(LENGTH);
    letters
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// Uses up a code, without its hyphens; false if the member has none like it.
pub async fn spend_recovery_code(tx: &Tx, member: MemberId, code: &str) -> Result<bool> {
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(tx.now()))
        .filter(recovery_code::COLUMN.member_id.eq(member))
        .filter(recovery_code::COLUMN.hash.eq(hash(member, &as_written(code))))
        .filter(recovery_code::COLUMN.used_at.is_null())
        .exec(tx)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// The code as it was made, from what somebody has typed.
fn as_written(code: &str) -> String {
    let letter = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        c => c,
    };
    code.chars().map(letter).collect()
}

fn hash(member: MemberId, code: &str) -> String {
    fingerprint(format!("{member}:{code}"))
}
