//! Turns two-step verification on and off.

use entity::{member, second_factor, vocabulary::SecondFactorMethod};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait,
    sea_query::{Expr, OnConflict},
};
use totp_rs::Totp;

use super::{
    check_code, recovery_codes,
    store::{confirmed, find, remove},
    totp::{generator, new_secret, qr_svg, sealed, step_of, unsealed},
};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        limits::PASSWORDS_CONFIRMED,
        password::{confirm_password, confirm_recent},
        store,
    },
    events::{AccountEvent, SecurityChange},
    kernel::{Error, FieldCode, Result, Viewer, viewer::Origin},
};

/// Input for making a secret.
pub struct StartTotp {
    /// The account's password; needed only if the member logged in more than 15 minutes ago.
    pub password: Option<String>,
}

/// What an authenticator app needs. It is shown only now.
pub struct TotpSecret {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// `otpauth://…`, as apps read it.
    pub otpauth_url: String,
    /// The same as a QR code.
    pub qr_svg: String,
}

/// Input for turning it off.
pub struct DisableSecondFactor {
    /// The account's password.
    pub password: String,
    /// A code of the app or of a text message, or a recovery code; without it a text message is sent, if codes come by
    /// those.
    pub code: Option<String>,
}

/// Makes a secret for an authenticator app, for an account whose address is verified. Codes are asked for only once one was
/// confirmed; until then, starting again replaces the secret.
pub async fn start_totp(deps: &Deps, viewer: &Viewer, origin: &Origin, input: StartTotp) -> Result<TotpSecret> {
    let member = confirm_recent(deps, viewer, origin, input.password).await?;
    store::require_verified(&member)?;
    let secret = new_secret(deps);
    deps.write(async |tx| {
        store::lock_member(tx, member.id).await?;
        refuse_second(confirmed(tx, member.id).await?.is_some())?;
        let row = second_factor::ActiveModel {
            member_id: Set(member.id),
            method: Set(SecondFactorMethod::Totp),
            sealed_secret: Set(sealed(deps, member.id, &secret)),
            created_at: Set(tx.now()),
            confirmed_at: Set(None),
            last_step: Set(None),
        };
        let replace = OnConflict::column(second_factor::Column::MemberId)
            .update_columns([second_factor::Column::SealedSecret, second_factor::Column::CreatedAt])
            .value(second_factor::Column::LastStep, Expr::value(None::<i64>))
            .to_owned();
        second_factor::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(tx)
            .await?;
        Ok(())
    })
    .await?;
    let generator: Totp = generator(secret, &member.email)?;
    let otpauth_url = generator
        .to_url()
        .map_err(|error| Error::broken(format!("{error:?}")))?;
    Ok(TotpSecret {
        secret: generator.secret().to_base32(),
        qr_svg: qr_svg(&otpauth_url)?,
        otpauth_url,
    })
}

/// Turns two-step verification on with a code that proves that the app has the secret; returns the recovery codes, which
/// are shown only now. A mail tells the member.
pub async fn confirm_totp(deps: &Deps, viewer: &Viewer, origin: &Origin, code: &str) -> Result<Vec<String>> {
    let id = viewer.require_member()?;
    deps.limit(&PASSWORDS_CONFIRMED, id).await?;
    let member = store::member_by_id(deps.db.read(), id).await?;
    let code: String = code.split_whitespace().collect();
    deps.write(async |tx| {
        store::lock_logged_in(tx, viewer).await?;
        let found = find(tx, id).await?;
        let factor =
            found.ok_or_else(|| Error::Conflict("start first: startTotp makes a secret for the app".into()))?;
        refuse_second(factor.confirmed_at.is_some())?;
        let (secret, _) = unsealed(deps, &factor)?;
        let step = step_of(&generator(secret, &member.email)?, &code, tx.now()).ok_or_else(|| {
            let message = "this is not the code that your app shows now: see whether the phone's clock is right";
            Error::field("code", FieldCode::Invalid, message)
        })?;
        let row = second_factor::ActiveModel {
            member_id: Set(id),
            confirmed_at: Set(Some(tx.now())),
            last_step: Set(Some(step)),
            ..Default::default()
        };
        second_factor::Entity::update(row).exec(tx).await?;
        note(deps, tx, viewer, origin, SecurityChange::TotpEnabled).await?;
        recovery_codes::replace(deps, tx, id).await
    })
    .await
}

/// Turns two-step verification off, with the password and a code. A mail tells the member.
pub async fn disable_second_factor(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: DisableSecondFactor,
) -> Result<member::Model> {
    let id = viewer.require_member()?;
    let member = confirm_password(deps, origin, id, "password", input.password).await?;
    check_code(deps, origin, &member, input.code.as_deref()).await?;
    deps.write(async |tx| {
        store::lock_member(tx, id).await?;
        if confirmed(tx, id).await?.is_some() {
            remove(tx, id).await?;
            note(deps, tx, viewer, origin, SecurityChange::SecondFactorDisabled).await?;
        }
        Ok(member)
    })
    .await
}

fn refuse_second(is_on: bool) -> Result<()> {
    match is_on {
        true => Err(Error::Conflict(
            "two-step verification is on already: turn it off first to use another app".into(),
        )),
        false => Ok(()),
    }
}

async fn note(deps: &Deps, tx: &Tx, viewer: &Viewer, origin: &Origin, change: SecurityChange) -> Result<()> {
    let member_id = viewer.require_member()?;
    let address = Some(origin.address.to_string());
    audit(deps, tx, viewer.actor(), change.name(), None, address).await?;
    tx.announce(AccountEvent::SecurityChanged { member_id, change });
    Ok(())
}
