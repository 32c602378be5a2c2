//! How many subscriptions somebody may have open on all of their sockets together.

use super::{
    super::{Admitted, Code, Problem},
    SocketSettings,
};
use crate::{
    http::seats::{Seat, Seats},
    kernel::network::subscriber_network,
};

/// The subscriptions of the process.
pub(super) struct Streams {
    of_visitors: Seats,
    of_accounts: Seats,
}

impl Streams {
    pub(super) fn new(settings: &SocketSettings) -> Self {
        Self {
            of_visitors: Seats::new(settings.streams_per_visitor),
            of_accounts: Seats::new(settings.streams_per_account),
        }
    }

    /// A place for one more, of the account or, for a visitor, of the address.
    pub(super) fn take(&self, admitted: &Admitted, settings: &SocketSettings) -> Result<Seat, Problem> {
        let (seat, most, whose) = match &admitted.account {
            Some(account) => (self.of_accounts.take(account), settings.streams_per_account, "account"),
            None => {
                let network = subscriber_network(admitted.address).to_string();
                let seat = self.of_visitors.take(&network);
                (seat, settings.streams_per_visitor, "address without an account")
            }
        };
        seat.ok_or_else(|| {
            let message =
                format!("more than {most} subscriptions of one {whose} at once: end those that are not on the screen");
            Problem::new(Code::RateLimited, message).with("limit", most as u64)
        })
    }
}
