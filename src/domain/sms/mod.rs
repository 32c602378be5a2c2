//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;

pub async fn deliver_sms(_deps: &Deps, _id: SmsMessageId) -> Result<()> {
    Ok(())
}
