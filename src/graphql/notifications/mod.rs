//! Notifications in the schema.

mod mutation;
mod object;
mod subscription;

pub use mutation::NotificationMutation;
pub use object::{Notification, notifications_of_viewer, unread_notification_count};
pub use subscription::NotificationSubscription;
