//! Gives a member a role; only the command line does it.

use entity::{member, vocabulary::Role};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{audit::audit, store};
use crate::{
    deps::Deps,
    events::Event,
    kernel::{Error, Result},
};

/// Sets the role of the account with that address; its sockets are closed, so that nobody goes on with the former one.
pub async fn grant_role(deps: &Deps, email: &str, role: Role) -> Result<member::Model> {
    deps.write(async |tx| {
        let found = store::member_by_email(tx, &email.trim().to_lowercase()).await?;
        let member = found.ok_or(Error::NotFound("member"))?;
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
