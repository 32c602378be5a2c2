//! Forgets what has served its time.

use entity::{email_change, email_token, log_in_code, password_reset, sign_in_attempt};
use sea_orm::{EntityTrait, QueryFilter};

use super::passkeys::forget_challenges;
use crate::{
    deps::{DAY, Tx},
    kernel::Result,
};

/// Forgets tokens of mails, codes of text messages, and attempts to sign in, that expired more than a day ago; and challenges
/// that nobody has answered.
pub async fn forget_mailed_tokens(tx: &Tx) -> Result<()> {
    let day_ago = tx.now().minus(DAY);
    email_token::Entity::delete_many()
        .filter(email_token::COLUMN.expires_at.lt(day_ago))
        .exec(tx)
        .await?;
    log_in_code::Entity::delete_many()
        .filter(log_in_code::COLUMN.expires_at.lt(day_ago))
        .exec(tx)
        .await?;
    password_reset::Entity::delete_many()
        .filter(password_reset::COLUMN.expires_at.lt(day_ago))
        .exec(tx)
        .await?;
    sign_in_attempt::Entity::delete_many()
        .filter(sign_in_attempt::COLUMN.expires_at.lt(day_ago))
        .exec(tx)
        .await?;
    email_change::Entity::delete_many()
        .filter(email_change::COLUMN.expires_at.lt(day_ago))
        .exec(tx)
        .await?;
    forget_challenges(tx).await
}
