//! Gives a member a role; only the command line does it.

use entity::{member, vocabulary::Role};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{audit::audit, store};
use crate::{
    deps::Deps,
    events::Event,
    kernel::{Error, Result},
};

/// Sets the role of the account with that address; its sockets are closed, so that nobody continues with the old role.
/// Anybody can give an address without verifying it, so if several accounts have given this one, none gets a role until
/// one has verified it.
pub async fn grant_role(deps: &Deps, email: &str, role: Role) -> Result<member::Model> {
    deps.write(async |tx| {
        let accounts = store::lock_accounts_of(tx, &email.trim().to_lowercase()).await?;
        let proved = accounts.iter().find(|account| account.email_verified);
        let member = match (proved, accounts.as_slice()) {
            (Some(account), _) | (None, [account]) => account,
            (None, []) => return Err(Error::NotFound("member")),
            (None, _) => {
                let message = "several accounts use this address: verify it first, with the token from the mail";
                return Err(Error::Conflict(message.into()));
            }
        };
        let row = member::ActiveModel {
            id: Set(member.id),
            role: Set(role),
            ..Default::default()
        };
        let member = member::Entity::update(row).exec(tx).await?;
        audit(
            deps,
            tx,
            "system".to_owned(),
            "role_granted",
            Some(member.id.to_string()),
            None,
        )
        .await?;
        tx.announce(Event::RoleChanged { member_id: member.id });
        Ok(member)
    })
    .await
}
