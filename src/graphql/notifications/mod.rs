//! Notifications in the schema.

mod mutation;
mod object;
mod subscription;
mod viewer;

pub use mutation::NotificationMutation;
pub use object::Notification;
pub use subscription::NotificationSubscription;
pub use viewer::NotificationViewer;
