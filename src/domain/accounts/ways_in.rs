//! What opens an account besides its password.

use entity::id::MemberId;

use super::{identities, passkeys::forget_passkeys, second_factor};
use crate::{deps::Tx, kernel::Result};

/// Removes passkeys, identities elsewhere and the second factor.
pub async fn forget_ways_in(tx: &Tx, member: MemberId) -> Result<()> {
    forget_passkeys(tx, member).await?;
    identities::remove_all(tx, member).await?;
    second_factor::remove(tx, member).await
}
