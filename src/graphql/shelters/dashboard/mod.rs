//! A shelter's numbers, at once and as a stream.

mod board;
mod figures;
mod subscription;

pub use board::ShelterDashboard;
pub use subscription::DashboardSubscription;
