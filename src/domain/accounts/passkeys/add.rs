//! Adds a passkey to an account.

use base64ct::{Base64UrlUnpadded, Encoding};
use entity::{id::PasskeyId, passkey};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use webauthn_rs::prelude::{CredentialID, Passkey, PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    challenges::{read, remember, take},
    manage::label,
    relying_party::{as_json, refused, relying_party},
    store::{count, find_by_credential, passkeys_of},
};
use crate::{
    deps::{Deps, Tx},
    domain::accounts::{audit::audit, limits::PASSKEYS_STARTED, password::confirm_recent, sessions::device, store},
    events::{AccountEvent, SecurityChange},
    kernel::{Error, FieldCode, Result, Viewer, viewer::Origin},
};

/// Most passkeys of one member.
const MOST: u64 = 20;

/// Input for adding a passkey.
pub struct AddPasskey {
    /// What the member's device answered, as JSON.
    pub credential_json: String,
    /// What the member calls it, 1 to 50 characters; without it, it is named after the device.
    pub name: Option<String>,
}

/// What the member's device is asked, as JSON. The password is needed only if the member logged in more than 15 minutes
/// ago. The address must be verified.
pub async fn start_passkey_registration(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    password: Option<String>,
) -> Result<String> {
    let member = confirm_recent(deps, viewer, origin, password).await?;
    deps.limit(&PASSKEYS_STARTED, origin.address).await?;
    store::require_verified(&member)?;
    let known = passkeys_of(deps.db.read(), member.id).await?;
    let known: Vec<CredentialID> = known
        .iter()
        .filter_map(|row| Base64UrlUnpadded::decode_vec(&row.credential_id).ok())
        .collect();
    let (asked, state) = relying_party(deps)?
        .start_passkey_registration(member.id.0, &member.email, &member.display_name, Some(known))
        .map_err(Error::internal)?;
    remember(deps, &asked.public_key.challenge, Some(member.id), &state).await?;
    // The device has to keep whose account it is, as a log-in begins without a name.
    let mut options = serde_json::to_value(&asked.public_key).map_err(Error::internal)?;
    let wanted = &mut options["authenticatorSelection"];
    wanted["residentKey"] = json!("required");
    wanted["requireResidentKey"] = json!(true);
    as_json(&options)
}

/// Adds the passkey with which the member's device answered. A mail tells the member.
pub async fn add_passkey(deps: &Deps, viewer: &Viewer, origin: &Origin, input: AddPasskey) -> Result<passkey::Model> {
    let member_id = viewer.require_member()?;
    let name = match input.name {
        Some(name) => label(&name)?,
        None => device(origin.user_agent.as_deref()),
    };
    let credential: RegisterPublicKeyCredential = read(&input.credential_json)?;
    let state: PasskeyRegistration = take(deps, &credential.response.client_data_json, Some(member_id)).await?;
    let made = relying_party(deps)?
        .finish_passkey_registration(&credential, &state)
        .map_err(|error| {
            tracing::debug!(%error, "a passkey was not taken");
            refused(
                FieldCode::Invalid,
                "this passkey cannot be used here: try another device",
            )
        })?;
    deps.write(async |tx| {
        store::lock_logged_in(tx, viewer).await?;
        refuse_known(tx, &made).await?;
        if MOST <= count(tx, member_id).await? {
            let message = format!("an account has at most {MOST} passkeys: remove one first");
            return Err(Error::field("credentialJson", FieldCode::TooMany, message));
        }
        let row = passkey::ActiveModel {
            id: Set(PasskeyId(deps.ids.uuid(tx.now()))),
            member_id: Set(member_id),
            credential_id: Set(Base64UrlUnpadded::encode_string(made.cred_id())),
            credential: Set(as_json(&made)?),
            uses: Set(0),
            name: Set(name),
            created_at: Set(tx.now()),
            last_used_at: Set(None),
        };
        let row = passkey::Entity::insert(row).exec_with_returning(tx).await?;
        let address = Some(origin.address.to_string());
        let subject = Some(row.id.to_string());
        audit(
            deps,
            tx,
            viewer.actor(),
            SecurityChange::PasskeyAdded.name(),
            subject,
            address,
        )
        .await?;
        tx.announce(AccountEvent::SecurityChanged {
            member_id,
            change: SecurityChange::PasskeyAdded,
        });
        Ok(row)
    })
    .await
}

async fn refuse_known(tx: &Tx, made: &Passkey) -> Result<()> {
    match find_by_credential(tx, &Base64UrlUnpadded::encode_string(made.cred_id())).await? {
        None => Ok(()),
        Some(_) => Err(refused(FieldCode::Taken, "this passkey belongs to an account already")),
    }
}
