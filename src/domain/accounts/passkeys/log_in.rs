//! Logs a member in with a passkey.

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::{id::MemberId, passkey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use webauthn_rs::prelude::{AuthenticationResult, DiscoverableAuthentication, Passkey, PublicKeyCredential};

use super::{
    challenges::{read, remember, take},
    relying_party::{as_json, refused, relying_party},
    store::find_by_credential,
};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{
        audit::audit,
        limits::{PASSKEYS_STARTED, TRIES},
        model::LoggedIn,
        sessions::open_session,
        store,
    },
    kernel::{Error, FieldCode, Result, viewer::Origin},
};

/// What a device is asked to log in somebody of whom nothing is known yet, as JSON.
pub async fn start_passkey_log_in(deps: &Deps, origin: &Origin) -> Result<String> {
    deps.limit(&PASSKEYS_STARTED, origin.address).await?;
    let (asked, state) = relying_party(deps)?
        .start_discoverable_authentication()
        .map_err(Error::internal)?;
    remember(deps, &asked.public_key.challenge, None, &state).await?;
    as_json(&asked.public_key)
}

/// Logs in the member whose passkey answered. It stands for the second factor as well, because the device has asked its
/// holder for a finger, a face or a PIN.
pub async fn log_in_with_passkey(deps: &Deps, origin: &Origin, credential_json: &str) -> Result<LoggedIn> {
    let credential: PublicKeyCredential = read(credential_json)?;
    deps.limit(&TRIES, origin.address).await?;
    let state: DiscoverableAuthentication = take(deps, &credential.response.client_data_json, None).await?;
    let Some((row, proved)) = proved(deps, &credential, state).await? else {
        return refuse(deps, origin).await;
    };
    deps.write(async |tx| {
        store::lock_member(tx, row.member_id).await?;
        note_use(tx, &row, &proved).await?;
        let member = store::member_by_id(tx, row.member_id).await?;
        open_session(deps, tx, origin, member).await
    })
    .await
}

/// The passkey and what its device has proved, if it is a known one and the signature is right.
async fn proved(
    deps: &Deps,
    credential: &PublicKeyCredential,
    state: DiscoverableAuthentication,
) -> Result<Option<(passkey::Model, AuthenticationResult)>> {
    let party = relying_party(deps)?;
    let Ok((member, credential_id)) = party.identify_discoverable_authentication(credential) else {
        return Ok(None);
    };
    let credential_id = Base64UrlUnpadded::encode_string(credential_id);
    let found = find_by_credential(deps.db.read(), &credential_id).await?;
    let Some(row) = found.filter(|row| row.member_id == MemberId(member)) else {
        return Ok(None);
    };
    let proved = party.finish_discoverable_authentication_v2(credential, state, &known(&row)?);
    Ok(proved
        .ok()
        .filter(AuthenticationResult::user_verified)
        .map(|proved| (row, proved)))
}

/// Writes down the use. A key on one device counts its uses: a number that is not above the last one means that the key was
/// copied, or that two log-ins crossed; neither is let in.
async fn note_use(tx: &Tx, row: &passkey::Model, proved: &AuthenticationResult) -> Result<()> {
    let mut key = known(row)?;
    key.update_credential(proved);
    let noted = passkey::Entity::update_many()
        .col_expr(passkey::Column::Credential, Expr::value(as_json(&key)?))
        .col_expr(passkey::Column::Uses, Expr::value(i64::from(proved.counter())))
        .col_expr(passkey::Column::LastUsedAt, Expr::value(tx.now()))
        .filter(passkey::COLUMN.id.eq(row.id))
        .filter(passkey::COLUMN.uses.eq(row.uses))
        .exec(tx)
        .await?;
    match noted.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict(
            "this passkey was used or removed at the same moment: try again".into(),
        )),
    }
}

fn known(row: &passkey::Model) -> Result<Passkey> {
    serde_json::from_str(&row.credential).map_err(Error::internal)
}

async fn refuse(deps: &Deps, origin: &Origin) -> Result<LoggedIn> {
    let address = Some(origin.address.to_string());
    deps.write(async |tx| audit(deps, tx, "visitor".to_owned(), "log_in_failed", None, address).await)
        .await?;
    let message = "this passkey opens no account here: it may have been removed, so log in with your password";
    Err(refused(FieldCode::Invalid, message))
}
