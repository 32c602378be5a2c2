//! What is delivered to webhooks: written down when something happens, then posted until it is taken.

mod attempt;
mod deliver;
mod news;
mod pace;
mod post;
mod queue;
mod replay;
mod store;
mod test_webhook;
mod turned_off;

pub use deliver::deliver;
pub use news::{calls_for_deliveries, may_be_told, queue_deliveries};
pub use replay::replay_webhook_delivery;
pub use store::{count_deliveries, deliveries_of, find_delivery, forget_deliveries};
pub use test_webhook::{TestWebhook, test_webhook};
pub use turned_off::{TurnedOff, send_turned_off_mail, turned_off};

pub(super) use pace::BY_HAND;
pub(super) use queue::wake;
