//! Reviews a message text, taking its author into account.

use entity::{conversation, id::MemberId};
use sea_orm::ConnectionTrait;

use crate::{
    domain::{safety::Review, shelters},
    kernel::Result,
};

/// Reviews a text in the context of its conversation. Staff of a verified shelter may speak for the shelter in its
/// inbox.
pub(super) async fn review_for_sender(
    db: &impl ConnectionTrait,
    conversation: &conversation::Model,
    sender: MemberId,
    review: Review,
) -> Result<Review> {
    match conversation.shelter_id.filter(|_| sender != conversation.created_by) {
        Some(shelter) if !review.rules.is_empty() && shelters::find(db, shelter).await?.verified => {
            Ok(review.of_known_organisation())
        }
        _ => Ok(review),
    }
}
