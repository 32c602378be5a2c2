//! Finishes linking an account at another service to the viewer's.

use entity::identity;

use super::{account::link, attempt, prove::prove, start::linker, store};
use crate::{
    deps::Deps,
    domain::accounts::{limits::IDENTITY_FINISHES, store::lock_logged_in},
    kernel::{Error, FieldCode, Result, Viewer, viewer::Origin},
};

/// Input for finishing.
pub struct FinishIdentityLink {
    /// From the provider, by way of the browser.
    pub state: String,
    /// As the state.
    pub code: String,
    /// What the browser kept.
    pub secret: String,
}

/// Links the identity that the provider proves, in the log-in in which it was begun. An identity of the member's own stays as
/// it is; one of another member is refused.
pub async fn finish_identity_link(
    deps: &Deps,
    viewer: &Viewer,
    origin: &Origin,
    input: FinishIdentityLink,
) -> Result<identity::Model> {
    let linker = linker(viewer)?;
    deps.limit(&IDENTITY_FINISHES, origin.address).await?;
    let attempt = attempt::find(deps, &input.state, &input.secret, Some(linker)).await?;
    let proved = prove(deps, origin, &attempt, &input.code).await?;
    deps.write(async |tx| {
        lock_logged_in(tx, viewer).await?;
        attempt::finish(tx, attempt.id).await?;
        match store::known(tx, &proved).await? {
            Some(identity) if identity.member_id == linker.0 => {
                store::touch(tx, identity.id, &attempt.provider, &proved).await
            }
            Some(_) => {
                let message = "this account is linked to another member: sign in with it to unlink it there first";
                Err(Error::field("code", FieldCode::Taken, message))
            }
            None => link(deps, tx, origin, linker.0, &attempt.provider, &proved).await,
        }
    })
    .await
}
