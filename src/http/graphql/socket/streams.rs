//! How many subscriptions somebody may have open on all of their sockets together.

use super::{
    super::{Admitted, Code, Problem},
    SocketSettings,
};
use crate::{
    http::connection::{ConnectionLimit, ConnectionPermit},
    kernel::network::subscriber_network,
};

/// The subscriptions of the process.
pub(super) struct Streams {
    of_visitors: ConnectionLimit,
    of_accounts: ConnectionLimit,
}

impl Streams {
    pub(super) fn new(settings: &SocketSettings) -> Self {
        Self {
            of_visitors: ConnectionLimit::new(settings.streams_per_visitor),
            of_accounts: ConnectionLimit::new(settings.streams_per_account),
        }
    }

    /// A place for one more, of the account or, for a visitor, of the address.
    pub(super) fn take(&self, admitted: &Admitted, settings: &SocketSettings) -> Result<ConnectionPermit, Problem> {
        let (permit, most, whose) = match &admitted.account {
            Some(account) => (self.of_accounts.take(account), settings.streams_per_account, "account"),
            None => {
                let network = subscriber_network(admitted.address).to_string();
                let permit = self.of_visitors.take(&network);
                (permit, settings.streams_per_visitor, "address without an account")
            }
        };
        permit.ok_or_else(|| {
            let message =
                format!("more than {most} subscriptions of one {whose} at once: end those that are not on the screen");
            Problem::new(Code::RateLimited, message).with("limit", most as u64)
        })
    }
}
