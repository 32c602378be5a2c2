//! Who asks for passkeys: the site on which members use them, called the relying party in the standard.

use serde::Serialize;
use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::{
    deps::Deps,
    kernel::{Error, FieldCode, Result},
};

/// How members' devices name it.
const NAME: &str = "Finding Sweetie";
/// Devices know this machine by its name only, whatever address it listens on.
const THIS_MACHINE: &str = "localhost";

/// The relying party: the host of the app's address. On a developer's own machine any port will do.
pub fn relying_party(deps: &Deps) -> Result<Webauthn> {
    let mut origin = Url::parse(&deps.app_url).map_err(Error::internal)?;
    let is_this_machine = match origin.host() {
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Domain(name)) => name == THIS_MACHINE,
        None => false,
    };
    if is_this_machine {
        origin.set_host(Some(THIS_MACHINE)).map_err(Error::internal)?;
    }
    let Some(Host::Domain(name)) = origin.host() else {
        return Err(Error::Conflict(
            "passkeys need a host name, and this server is reached by a number: its operator sets SWEETIE_APP_URL"
                .into(),
        ));
    };
    WebauthnBuilder::new(name, &origin)
        .and_then(|builder| builder.rp_name(NAME).allow_any_port(is_this_machine).build())
        .map_err(Error::internal)
}

/// What a device is asked, as JSON for `PublicKeyCredential.parse…OptionsFromJSON`.
pub fn as_json(options: &impl Serialize) -> Result<String> {
    serde_json::to_string(options).map_err(Error::internal)
}

/// Says what is wrong with the answer of a device.
pub fn refused(code: FieldCode, message: impl Into<String>) -> Error {
    Error::field("credentialJson", code, message)
}
