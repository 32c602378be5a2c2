//! Queries for identities.

use entity::{
    id::{IdentityId, MemberId},
    identity, sign_in_attempt,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    deps::{Deps, OrTaken, Tx},
    kernel::{Error, Result},
    ports::identity_provider::{IdentityProvider, ProvedIdentity},
};

/// Maximum number of identities that a member is shown.
const SHOWN: u64 = 100;

/// A member's identities, in the order in which they were linked, at most 100.
pub async fn identities_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<identity::Model>> {
    Ok(identity::Entity::find()
        .filter(identity::COLUMN.member_id.eq(member))
        .order_by_asc(identity::Column::LinkedAt)
        .order_by_asc(identity::Column::Id)
        .limit(SHOWN)
        .all(db)
        .await?)
}

/// An identity of that member.
pub async fn identity_of(db: &impl ConnectionTrait, member: MemberId, id: IdentityId) -> Result<identity::Model> {
    let found = identity::Entity::find_by_id(id).one(db).await?;
    found
        .filter(|identity| identity.member_id == member)
        .ok_or(Error::NotFound("identity"))
}

/// The provider's name for people; its address if the settings have it no more.
pub fn provider_name<'a>(deps: &'a Deps, identity: &'a identity::Model) -> &'a str {
    let provider = deps.identity_providers.iter().find(|one| one.id() == identity.provider);
    provider
        .filter(|provider| provider.issuer() == identity.issuer)
        .map_or(identity.issuer.as_str(), |provider| provider.name())
}

/// The provider of that id.
pub fn provider<'a>(deps: &'a Deps, id: &str) -> Option<&'a dyn IdentityProvider> {
    deps.identity_providers
        .iter()
        .find(|provider| provider.id() == id)
        .map(|provider| &**provider)
}

/// The identity that was proved, if a member has it.
pub async fn known(db: &impl ConnectionTrait, proved: &ProvedIdentity) -> Result<Option<identity::Model>> {
    Ok(identity::Entity::find()
        .filter(identity::COLUMN.issuer.eq(proved.issuer.as_str()))
        .filter(identity::COLUMN.subject.eq(proved.subject.as_str()))
        .one(db)
        .await?)
}

/// Gives the identity to a member.
pub async fn insert(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    provider: &str,
    proved: &ProvedIdentity,
) -> Result<identity::Model> {
    let row = identity::ActiveModel {
        id: Set(IdentityId(deps.ids.uuid(tx.now()))),
        member_id: Set(member),
        provider: Set(provider.to_owned()),
        issuer: Set(proved.issuer.clone()),
        subject: Set(proved.subject.clone()),
        email: Set(proved.email.clone()),
        linked_at: Set(tx.now()),
        last_used_at: Set(tx.now()),
    };
    identity::Entity::insert(row)
        .exec_with_returning(tx)
        .await
        .or_taken("state", "this account was linked to a member a moment ago: start again")
}

/// Notes that somebody has proved the identity again.
pub async fn touch(tx: &Tx, id: IdentityId, provider: &str, proved: &ProvedIdentity) -> Result<identity::Model> {
    let row = identity::ActiveModel {
        id: Set(id),
        provider: Set(provider.to_owned()),
        email: Set(proved.email.clone()),
        last_used_at: Set(tx.now()),
        ..Default::default()
    };
    Ok(identity::Entity::update(row).exec(tx).await?)
}

/// Takes all identities from a member, and ends what they are about to link.
pub async fn remove_all(tx: &Tx, member: MemberId) -> Result<()> {
    sign_in_attempt::Entity::delete_many()
        .filter(sign_in_attempt::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    identity::Entity::delete_many()
        .filter(identity::COLUMN.member_id.eq(member))
        .exec(tx)
        .await?;
    Ok(())
}
