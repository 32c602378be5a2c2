//! Which account an identity leads to.

use entity::{id::MemberId, identity, member};
use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        email::hold,
        register::create_member,
        store::{accounts_of, lock_accounts_of, member_by_id},
    },
    events::{AccountEvent, SecurityChange},
    kernel::{Error, FieldCode, Result, text, viewer::Origin},
    ports::identity_provider::ProvedIdentity,
};

const LONGEST_NAME: usize = 50;
/// For people whose provider tells no name; they can change it.
const NO_NAME: &str = "New member";

/// The account of an identity.
pub enum Account {
    /// Of the member who has linked it.
    Known(identity::Model, member::Model),
    /// Of the member who has verified the address that the provider has verified too.
    OfTheAddress(member::Model),
    /// None yet.
    New,
}

impl Account {
    /// The account that an identity leads to now.
    pub async fn of(db: &impl ConnectionTrait, proved: &ProvedIdentity) -> Result<Self> {
        if let Some(identity) = store::known(db, proved).await? {
            let member = member_by_id(db, identity.member_id).await?;
            return Ok(Self::Known(identity, member));
        }
        let Some(email) = proved.email.as_ref().filter(|_| proved.email_verified) else {
            return Ok(Self::New);
        };
        Ok(match accounts_of(db, email).await?.0 {
            Some(holder) => Self::OfTheAddress(holder),
            None => Self::New,
        })
    }

    /// Its member.
    pub fn member(&self) -> Option<&member::Model> {
        match self {
            Self::Known(_, member) | Self::OfTheAddress(member) => Some(member),
            Self::New => None,
        }
    }
}

/// What a new account begins with.
pub struct NewAccount {
    email: String,
    display_name: String,
    /// Of a password that nobody knows.
    password_hash: String,
}

impl NewAccount {
    /// For whoever has proved that identity.
    pub fn new(proved: &ProvedIdentity, password_hash: String) -> Result<Self> {
        let email = proved.email.clone();
        Ok(Self {
            email: email.ok_or_else(|| without_address(proved))?,
            display_name: display_name(proved.name.as_deref()),
            password_hash,
        })
    }
}

/// The refusal of an account without an address.
fn without_address(proved: &ProvedIdentity) -> Error {
    if proved.is_incomplete {
        let message =
            "this service could not tell your e-mail address just now, which a new account needs: start again";
        return Error::field("code", FieldCode::Invalid, message);
    }
    let message = "this service does not tell your e-mail address, which a new account needs: allow that there, or \
                   register with an address and a password";
    Error::field("code", FieldCode::Required, message)
}

/// The name as others may see it: cleaned, and cut to what fits.
fn display_name(name: Option<&str>) -> String {
    let whole = text::line("name", name.unwrap_or_default(), usize::MAX).unwrap_or_default();
    let cut: String = whole.chars().take(LONGEST_NAME).collect();
    text::line("name", &cut, LONGEST_NAME).unwrap_or_else(|_| NO_NAME.to_owned())
}

/// Makes an account with the identity. An address that the provider has verified is the account's own, and whoever merely
/// claims it loses it; another one is verified by mail.
pub async fn create(
    deps: &Deps,
    tx: &Tx,
    origin: &Origin,
    provider: &str,
    proved: &ProvedIdentity,
    account: NewAccount,
) -> Result<member::Model> {
    let claimants = lock_accounts_of(tx, &account.email).await?;
    let NewAccount {
        email,
        display_name,
        password_hash,
    } = account;
    let member = create_member(deps, tx, email, display_name, password_hash).await?;
    let identity = store::insert(deps, tx, member.id, provider, proved).await?;
    note(deps, tx, origin, &identity).await?;
    match proved.email_verified {
        true => hold(deps, tx, &member, &claimants).await.map_err(changed),
        false => Ok(member),
    }
}

/// Links the identity to a member, whom a mail tells.
pub async fn link(
    deps: &Deps,
    tx: &Tx,
    origin: &Origin,
    member: MemberId,
    provider: &str,
    proved: &ProvedIdentity,
) -> Result<identity::Model> {
    let identity = store::insert(deps, tx, member, provider, proved).await?;
    note(deps, tx, origin, &identity).await?;
    tx.announce(AccountEvent::SecurityChanged {
        member_id: member,
        change: SecurityChange::IdentityLinked,
    });
    Ok(identity)
}

async fn note(deps: &Deps, tx: &Tx, origin: &Origin, identity: &identity::Model) -> Result<()> {
    let address = Some(origin.address.to_string());
    let (actor, subject) = (identity.member_id.to_string(), Some(identity.id.to_string()));
    audit(deps, tx, actor, SecurityChange::IdentityLinked.name(), subject, address).await
}

/// The refusal of whoever meets another request about the same accounts.
pub fn changed(error: Error) -> Error {
    match error {
        Error::Invalid(_) => Error::Conflict("the account has changed meanwhile: try again".into()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_is_cleaned_and_cut() {
        assert_eq!(display_name(Some(" Ann\u{202e}\n  Example ")), "Ann Example");
        assert_eq!(display_name(Some(&"é".repeat(60))), "é".repeat(50));
        assert_eq!(display_name(Some(&format!("{} b", "a".repeat(49)))), "a".repeat(49));
        assert_eq!(display_name(Some("\u{200b}")), NO_NAME);
        assert_eq!(display_name(None), NO_NAME);
    }
}
