//! The end of an account: asked for, taken back by logging in, and made.

use entity::{Timestamp, email_change, email_token, id::MemberId, member, password_reset, refresh_token, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    audit::audit, model::DELETED_AFTER, password::confirm_password, second_factor::check_code, sessions::revoke, store,
    ways_in::forget_ways_in,
};
use crate::{
    deps::{Deps, Tx},
    events::{AccountEvent, SecurityChange},
    kernel::{Result, Viewer, viewer::Origin},
};

/// What others see instead of a deleted member's name.
pub const DELETED_MEMBER: &str = "Deleted member";

/// Input for deleting one's account.
pub struct DeleteAccount {
    /// The account's password.
    pub password: String,
    /// Code of the second factor, if the account has one.
    pub code: Option<String>,
}

/// Marks the viewer's account for deletion and returns when it is made. All sessions end; logging in before takes it back.
/// A mail tells the member. Asking again keeps the first time.
pub async fn schedule_deletion(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: DeleteAccount,
) -> Result<Timestamp> {
    let id = viewer.require_member()?;
    let DeleteAccount { password, code } = input;
    let member = confirm_password(deps, origin, id, "password", password).await?;
    check_code(deps, origin, &member, code.as_deref()).await?;
    deps.write(async |tx| {
        store::lock_member(tx, id).await?;
        let member = store::member_by_id(tx, id).await?;
        if let Some(deletes_at) = member.deletes_at {
            return Ok(deletes_at);
        }
        let deletes_at = tx.now().plus(DELETED_AFTER);
        set_deletes_at(tx, id, Some(deletes_at)).await?;
        revoke(tx, &store::live_sessions_of(tx, id, tx.now()).await?).await?;
        let address = Some(origin.address.to_string());
        audit(
            deps,
            tx,
            viewer.actor(),
            SecurityChange::DeletionScheduled.name(),
            None,
            address,
        )
        .await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id: id,
            change: SecurityChange::DeletionScheduled,
        });
        Ok(deletes_at)
    })
    .await
}

/// Takes the deletion back, because the member logs in. The caller has locked the row and read it since.
pub(super) async fn take_back(deps: &Deps, tx: &Tx, origin: &Origin, member: member::Model) -> Result<member::Model> {
    if member.deletes_at.is_none() {
        return Ok(member);
    }
    let kept = set_deletes_at(tx, member.id, None).await?;
    let address = Some(origin.address.to_string());
    audit(
        deps,
        tx,
        kept.id.to_string(),
        SecurityChange::DeletionTakenBack.name(),
        None,
        address,
    )
    .await?;
    tx.announce(AccountEvent::SecurityChanged {
        member_id: kept.id,
        change: SecurityChange::DeletionTakenBack,
    });
    Ok(kept)
}

async fn set_deletes_at(tx: &Tx, id: MemberId, deletes_at: Option<Timestamp>) -> Result<member::Model> {
    let row = member::ActiveModel {
        id: Set(id),
        deletes_at: Set(deletes_at),
        ..Default::default()
    };
    Ok(member::Entity::update(row).exec(tx).await?)
}

/// Members whose time is over, at most `most`, with that time.
pub async fn members_to_delete(
    db: &impl ConnectionTrait,
    now: Timestamp,
    most: u64,
) -> Result<Vec<(MemberId, Timestamp)>> {
    let due = member::Entity::find()
        .filter(member::COLUMN.deletes_at.lte(now))
        .filter(member::COLUMN.deleted_at.is_null())
        .order_by_asc(member::Column::DeletesAt)
        .limit(most)
        .all(db)
        .await?;
    Ok(due
        .into_iter()
        .filter_map(|member| Some((member.id, member.deletes_at?)))
        .collect())
}

/// Empties an account whose time is over: nobody can log in with it any more, and nothing in it tells who it was. False if
/// the member took the deletion back. What others need of it stays under [`DELETED_MEMBER`].
pub async fn empty_account(deps: &Deps, id: MemberId) -> Result<bool> {
    deps.write(async |tx| {
        store::lock_member(tx, id).await?;
        let member = store::member_by_id(tx, id).await?;
        if member.deleted_at.is_some() {
            return Ok(true);
        }
        if member.deletes_at.is_none_or(|time| tx.now() < time) {
            return Ok(false);
        }
        let row = member::ActiveModel {
            id: Set(id),
            email: Set(String::new()),
            email_verified: Set(false),
            password_hash: Set(String::new()),
            display_name: Set(DELETED_MEMBER.to_owned()),
            role: Set(entity::vocabulary::Role::Member),
            avatar_photo_id: Set(None),
            locale: Set(None),
            time_zone: Set(None),
            deleted_at: Set(Some(tx.now())),
            ..Default::default()
        };
        member::Entity::update(row).exec(tx).await?;
        forget(tx, id).await?;
        audit(
            deps,
            tx,
            "system".to_owned(),
            "account_deleted",
            Some(id.to_string()),
            None,
        )
        .await?;
        Ok(true)
    })
    .await
}

/// Removes sessions, tokens, passkeys, second factors and identities.
async fn forget(tx: &Tx, id: MemberId) -> Result<()> {
    let sessions = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::COLUMN.member_id.eq(id));
    let sessions: Vec<entity::id::SessionId> = sessions.into_tuple().all(tx).await?;
    for part in sessions.chunks(500) {
        refresh_token::Entity::delete_many()
            .filter(refresh_token::COLUMN.session_id.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    session::Entity::delete_many()
        .filter(session::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    email_token::Entity::delete_many()
        .filter(email_token::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    email_change::Entity::delete_many()
        .filter(email_change::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    password_reset::Entity::delete_many()
        .filter(password_reset::COLUMN.member_id.eq(id))
        .exec(tx)
        .await?;
    forget_ways_in(tx, id).await
}
