//! What the others see of a member's reading.

use super::store;
use crate::{
    deps::Deps,
    kernel::{Result, Viewer},
};

/// What a member lets the others see. What is left out stays as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct UpdatePrivacy {
    /// Whether the others see how far the member has read, from now on.
    pub read_receipts: Option<bool>,
}

/// Stores the viewer's choice. Markers that the others have seen stay; who reads privately leaves them where they are.
pub async fn update_privacy(deps: &Deps, viewer: &Viewer, input: UpdatePrivacy) -> Result<()> {
    let me = viewer.require_member()?;
    let UpdatePrivacy { read_receipts } = input;
    deps.write(async |tx| match read_receipts {
        Some(chosen) => store::choose_reading(tx, me, chosen).await,
        None => Ok(()),
    })
    .await
}
