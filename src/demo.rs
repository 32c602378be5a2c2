//! Demo data: a small town of pets for who tries the server out.

use crate::{deps::Deps, kernel::Result};

/// Adds demo data unless there are members already.
pub async fn add(_deps: &Deps) -> Result<()> {
    Ok(())
}
