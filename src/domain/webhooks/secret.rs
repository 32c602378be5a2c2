//! The secrets that deliveries are signed with. They are kept encrypted: unlike a key that is only compared, a secret that
//! signs has to be read again.

use entity::{Timestamp, id::WebhookId, webhook};

use crate::{
    deps::Deps,
    kernel::{
        Error, Result,
        secret::{
            hex, keyed_hash,
            sealed::{open, seal},
        },
    },
};

const PURPOSE: &str = "webhook secrets";
/// How secrets begin. Programs that look for leaked secrets recognize it.
const BEGINNING: &str = "whsec_";

/// A new secret.
pub(super) fn new_secret(deps: &Deps) -> String {
    format!("{BEGINNING}{}", hex(&deps.ids.secret()))
}

/// The secret in the form that the database keeps.
pub(super) fn sealed(deps: &Deps, webhook: WebhookId, secret: &str) -> String {
    let about = webhook.to_string();
    seal(&deps.secret, PURPOSE, &about, deps.ids.secret(), secret.as_bytes())
}

/// The secret of a webhook.
pub(super) fn unsealed(deps: &Deps, webhook: &webhook::Model) -> Result<String> {
    read(deps, webhook.id, &webhook.sealed_secret)
}

/// A secret encrypted anew, if a former secret of the installation has encrypted it.
pub(super) fn resealed(deps: &Deps, webhook: WebhookId, sealed: &str) -> Option<String> {
    let about = webhook.to_string();
    let (plain, is_present) = open(&deps.secret, PURPOSE, &about, sealed)?;
    (!is_present).then(|| seal(&deps.secret, PURPOSE, &about, deps.ids.secret(), &plain))
}

/// The secrets that sign at that time: the present one first, then the former one for a day after a rotation.
pub(super) fn signing(deps: &Deps, webhook: &webhook::Model, now: Timestamp) -> Result<Vec<String>> {
    let mut secrets = vec![unsealed(deps, webhook)?];
    let former = webhook.former_until.filter(|until| now < *until);
    if let (Some(_), Some(sealed)) = (former, &webhook.former_secret) {
        secrets.push(read(deps, webhook.id, sealed)?);
    }
    Ok(secrets)
}

fn read(deps: &Deps, webhook: WebhookId, sealed: &str) -> Result<String> {
    let opened = open(&deps.secret, PURPOSE, &webhook.to_string(), sealed);
    let (plain, _) = opened.ok_or_else(|| Error::broken("the secret of a webhook cannot be decrypted"))?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// The value of the header that proves who sent a body and when: `t=<seconds>,v1=<HMAC>`, one `v1` for each secret.
pub(super) fn signature(secrets: &[String], at: Timestamp, body: &str) -> String {
    let seconds = at.0.div_euclid(1000);
    let message = format!("{seconds}.{body}");
    let mut value = format!("t={seconds}");
    for secret in secrets {
        value.push_str(",v1=");
        value.push_str(&hex(&keyed_hash(secret.as_bytes(), message.as_bytes())));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_time_and_body_by_each_secret() {
        let secrets = ["whsec_1".to_owned(), "whsec_2".to_owned()];

        let value = signature(&secrets, Timestamp(1_780_315_200_999), "{}");

        let by = |secret: &str| hex(&keyed_hash(secret.as_bytes(), b"1780315200.{}"));
        assert_eq!(value, format!("t=1780315200,v1={},v1={}", by("whsec_1"), by("whsec_2")));
    }
}
