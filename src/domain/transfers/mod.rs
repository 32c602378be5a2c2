//! Transfers: an animal is handed over to a shelter, by another shelter that has it or by the member who found it.
//!
//! An offer changes nothing but itself until the receiving shelter accepts it. Then, in one transaction, the stay or the
//! member's report ends as transferred, and the receiving shelter has an animal of its own, a stay and a report that points
//! to the former one. Until then that shelter sees what the report and the offer say and nothing else. An animal is offered
//! to one shelter at a time, and only to verified ones, because they learn chips and exact places. Rows are locked in one
//! order: reports, animals, stays, transfers.

mod answer_transfer;
mod hand_over;
mod model;
mod offer_transfer;
mod store;
mod transfer_pet;
mod withdraw_transfer;

pub use answer_transfer::{AnswerTransfer, answer_transfer};
pub use model::{Left, may_see_offering_side};
pub use offer_transfer::{OfferTransfer, offer_transfer};
pub use store::{TransferDirection, Which, count_transfers, find, transfers_of, with_id};
pub use transfer_pet::transfer_pet;
pub use withdraw_transfer::{withdraw_offers, withdraw_transfer};

use crate::deps::Limit;

/// Rate limits for transfers.
pub const LIMITS: &[Limit] = &[model::OFFERS];
