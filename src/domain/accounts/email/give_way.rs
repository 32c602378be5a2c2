//! Handles accounts whose address another account has verified.

use entity::member;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    deps::{Deps, Tx},
    domain::accounts::{audit::audit, sessions::revoke, store, ways_in::forget_ways_in},
    kernel::Result,
};

/// Removes the address of an account and all that opens it, and ends its sessions. Its published content stays.
pub async fn give_way(deps: &Deps, tx: &Tx, account: &member::Model) -> Result<()> {
    let row = member::ActiveModel {
        id: Set(account.id),
        email: Set(String::new()),
        password_hash: Set(String::new()),
        ..Default::default()
    };
    member::Entity::update(row).exec(tx).await?;
    forget_ways_in(tx, account.id).await?;
    revoke(tx, &store::live_sessions_of(tx, account.id, tx.now()).await?).await?;
    let subject = Some(account.id.to_string());
    audit(deps, tx, "system".to_owned(), "address_lost", subject, None).await
}
