//! Chat privacy settings.

use crate::{
    deps::Deps,
    domain::chat::store,
    kernel::{Result, Viewer},
};

/// Changes to the settings; omitted ones stay as they are.
#[derive(Debug, Clone, Copy, Default)]
pub struct UpdatePrivacy {
    /// Whether others see how far the member has read, from now on.
    pub read_receipts: Option<bool>,
}

/// Stores the viewer's choice. Read markers already shown to others stay where they are; while receipts are off, they
/// do not move.
pub async fn update_privacy(deps: &Deps, viewer: &Viewer, input: UpdatePrivacy) -> Result<()> {
    let me = viewer.require_member()?;
    let UpdatePrivacy { read_receipts } = input;
    deps.write(async |tx| match read_receipts {
        Some(chosen) => store::choose_reading(tx, me, chosen).await,
        None => Ok(()),
    })
    .await
}
