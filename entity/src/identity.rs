//! Table `identities`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{IdentityId, MemberId},
};

/// Accounts at providers of OpenID Connect with which members sign in. Issuer and subject say who it is, never the address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    /// The member who signs in with it.
    pub member_id: MemberId,
    /// Id of the provider in the settings, through which it was used last.
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    /// The provider's address, as its tokens say it.
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    /// The account at the provider; unique there and never given to another.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Address that the provider knew at the last use; for the member to recognise the account by.
    #[sea_orm(column_type = "Text")]
    pub email: Option<String>,
    /// When it was linked to the member.
    pub linked_at: Timestamp,
    /// When the member last signed in with it.
    pub last_used_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
