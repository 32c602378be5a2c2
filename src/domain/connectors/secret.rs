//! The keys and passwords of shelters at their own software. They are kept encrypted, and leave the server only on the way
//! to that software.

use entity::{connector, id::ConnectorId};

use crate::{
    deps::Deps,
    kernel::{
        Error, Result,
        secret::sealed::{open, seal},
    },
};

const PURPOSE: &str = "connector secrets";

/// The secret in the form that the database keeps.
pub(super) fn sealed(deps: &Deps, connector: ConnectorId, secret: &str) -> String {
    let about = connector.to_string();
    seal(&deps.secret, PURPOSE, &about, deps.ids.secret(), secret.as_bytes())
}

/// The secret of a connector.
pub(super) fn unsealed(deps: &Deps, connector: &connector::Model) -> Result<String> {
    let opened = open(
        &deps.secret,
        PURPOSE,
        &connector.id.to_string(),
        &connector.sealed_secret,
    );
    let (plain, _) = opened.ok_or_else(|| Error::broken("the secret of a connector cannot be decrypted"))?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// A secret encrypted anew, if a former secret of the installation has encrypted it.
pub(super) fn resealed(deps: &Deps, connector: &connector::Model) -> Option<String> {
    let about = connector.id.to_string();
    let (plain, is_present) = open(&deps.secret, PURPOSE, &about, &connector.sealed_secret)?;
    (!is_present).then(|| seal(&deps.secret, PURPOSE, &about, deps.ids.secret(), &plain))
}
