//! Floor 3: facts announced by features, and the bells that ring for them on this node. Each feature has a file for its
//! facts; `event.rs` lists the features.

mod accounts;
mod bells;
mod chat;
mod event;
mod hibernation;
mod matching;
mod notifications;
mod pets;
mod photos;
mod places;
mod shelters;
mod sms;

pub use accounts::AccountEvent;
pub use bells::{Bells, Listener, Topic};
pub use chat::ChatEvent;
pub use event::Event;
pub use hibernation::{Hibernation, Left, Sleep};
pub use matching::MatchEvent;
pub use notifications::NotificationEvent;
pub use pets::PetEvent;
pub use photos::PhotoEvent;
pub use places::PlaceEvent;
pub use shelters::ShelterEvent;
pub use sms::SmsEvent;

use entity::id::MemberId;

fn of_members(ids: &[MemberId]) -> Vec<Topic> {
    ids.iter().copied().map(Topic::Member).collect()
}
