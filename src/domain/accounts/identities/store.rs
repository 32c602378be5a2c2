//! Queries for identities.

use entity::{
    id::{IdentityId, MemberId},
    identity, sign_in_attempt,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::{
    deps::{Deps, OrTaken, Tx},
    domain::accounts::store::lock_member,
    kernel::{Error, FieldCode, Result},
    ports::identity_provider::{IdentityProvider, ProvedIdentity},
};

/// Most identities of one member.
const MOST: u64 = 20;

/// A member's identities, in the order in which they were linked.
pub async fn identities_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<identity::Model>> {
    Ok(identity::Entity::find()
        .filter(identity::COLUMN.member_id.eq(member))
        .order_by_asc(identity::Column::LinkedAt)
        .order_by_asc(identity::Column::Id)
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

/// Gives the identity to a member, unless they have 20 already.
pub async fn insert(
    deps: &Deps,
    tx: &Tx,
    member: MemberId,
    provider: &str,
    proved: &ProvedIdentity,
) -> Result<identity::Model> {
    lock_member(tx, member).await?;
    if MOST <= count(tx, member).await? {
        let message = format!("an account is linked to at most {MOST} accounts at other services: unlink one first");
        return Err(Error::field("code", FieldCode::TooMany, message));
    }
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

async fn count(db: &impl ConnectionTrait, member: MemberId) -> Result<u64> {
    Ok(identity::Entity::find()
        .filter(identity::COLUMN.member_id.eq(member))
        .count(db)
        .await?)
}

/// Notes that somebody has proved the identity again. The address stays as it was if the provider could not tell it.
pub async fn touch(tx: &Tx, id: IdentityId, provider: &str, proved: &ProvedIdentity) -> Result<identity::Model> {
    let row = identity::ActiveModel {
        id: Set(id),
        provider: Set(provider.to_owned()),
        email: match proved.is_incomplete {
            true => NotSet,
            false => Set(proved.email.clone()),
        },
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
