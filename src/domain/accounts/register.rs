//! Makes an account.

use std::time::Duration;

use entity::{id::MemberId, member, vocabulary::Role};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{log_in::open_session, model::LoggedIn, password};
use crate::{
    deps::{Deps, OrTaken},
    events::Event,
    kernel::{Error, FieldError, Result, text, viewer::Origin},
};

/// Most accounts that one address makes in an hour: a school or a shelter behind one router still gets through.
const PER_HOUR: u32 = 300;

/// What somebody gives to get an account.
pub struct Register {
    /// E-mail address.
    pub email: String,
    /// Password, 8 to 200 characters.
    pub password: String,
    /// What others see, 1 to 50 characters.
    pub display_name: String,
}

/// Makes an account and logs it in; the verification mail follows.
pub async fn register(deps: &Deps, origin: &Origin, input: Register) -> Result<LoggedIn> {
    let Register {
        email,
        password,
        display_name,
    } = input;
    let (email, display_name) = checked(&email, &display_name)?;
    password::check(&password, &email)?;
    let key = format!("register:{}", origin.address);
    deps.limiter
        .hit(&key, PER_HOUR, Duration::from_secs(3600), deps.clock.now())
        .await
        .map_err(|after| Error::RateLimited {
            what: format!("at most {PER_HOUR} accounts an hour from one address").into(),
            after,
        })?;
    let password_hash = password::hash(password).await?;
    deps.write(async |tx| {
        let member = member::ActiveModel {
            id: Set(MemberId(deps.ids.uuid(tx.now()))),
            email: Set(email),
            email_verified: Set(false),
            password_hash: Set(password_hash),
            display_name: Set(display_name),
            role: Set(Role::Member),
            avatar_photo_id: Set(None),
            created_at: Set(tx.now()),
        };
        let member = member::Entity::insert(member)
            .exec_with_returning(tx)
            .await
            .or_taken("email", "there is an account with this address: log in instead")?;
        tx.announce(Event::MemberRegistered { member_id: member.id });
        open_session(deps, tx, origin, member).await
    })
    .await
}

fn checked(email: &str, display_name: &str) -> Result<(String, String)> {
    let mut faults: Vec<FieldError> = Vec::new();
    let email = text::email("email", email).map_err(|fault| faults.push(fault));
    let display_name = text::line("displayName", display_name, 50).map_err(|fault| faults.push(fault));
    match (email, display_name) {
        (Ok(email), Ok(display_name)) => Ok((email, display_name)),
        _ => Err(Error::Invalid(faults)),
    }
}
