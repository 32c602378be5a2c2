//! Creates an account.

use entity::{id::MemberId, member, vocabulary::Role};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    limits::{REGISTRATIONS, REGISTRATIONS_OF_ONE_ADDRESS},
    model::LoggedIn,
    password,
    sessions::open_session,
};
use crate::{
    deps::{Deps, Tx},
    events::AccountEvent,
    kernel::{Error, FieldError, Result, text, viewer::Origin},
};

/// Input for creating an account.
pub struct Register {
    /// E-mail address.
    pub email: String,
    /// Password, 8 to 200 characters; not a frequent one.
    pub password: String,
    /// Name shown to others, 1 to 50 characters.
    pub display_name: String,
}

/// Creates an account and logs it in; a mail follows. The address may be one that others have given already, and the
/// answer is the same whether they have verified it or not: only the mail tells its holder. The address will belong to
/// the account for which it is verified.
pub async fn register(deps: &Deps, origin: &Origin, input: Register) -> Result<LoggedIn> {
    let Register {
        email,
        password,
        display_name,
    } = input;
    let (email, display_name) = checked(&email, &password, &display_name)?;
    deps.limit(&REGISTRATIONS, origin.address).await?;
    deps.limit(&REGISTRATIONS_OF_ONE_ADDRESS, (origin.address, email.as_str()))
        .await?;
    let password_hash = password::hash(deps, password).await?;
    deps.write(async |tx| {
        let member = create_member(deps, tx, email, display_name, password_hash).await?;
        open_session(deps, tx, origin, member).await
    })
    .await
}

/// Makes an account whose address is not verified yet.
pub async fn create_member(
    deps: &Deps,
    tx: &Tx,
    email: String,
    display_name: String,
    password_hash: String,
) -> Result<member::Model> {
    let row = member::ActiveModel {
        id: Set(MemberId(deps.ids.uuid(tx.now()))),
        email: Set(email),
        email_verified: Set(false),
        password_hash: Set(password_hash),
        display_name: Set(display_name),
        role: Set(Role::Member),
        avatar_photo_id: Set(None),
        locale: Set(None),
        time_zone: Set(None),
        created_at: Set(tx.now()),
        deletes_at: Set(None),
        deleted_at: Set(None),
    };
    let member = member::Entity::insert(row).exec_with_returning(tx).await?;
    tx.announce(AccountEvent::MemberRegistered { member_id: member.id });
    Ok(member)
}

/// What is wrong is told all at once.
fn checked(email: &str, password: &str, display_name: &str) -> Result<(String, String)> {
    let mut faults: Vec<FieldError> = Vec::new();
    let email = text::email("email", email).map_err(|fault| faults.push(fault));
    match password::check("password", password, email.as_deref().unwrap_or_default(), display_name) {
        Ok(()) => {}
        Err(Error::Invalid(found)) => faults.extend(found),
        Err(other) => return Err(other),
    }
    let display_name = text::line("displayName", display_name, 50).map_err(|fault| faults.push(fault));
    match (email, display_name) {
        (Ok(email), Ok(display_name)) if faults.is_empty() => Ok((email, display_name)),
        _ => Err(Error::Invalid(faults)),
    }
}
