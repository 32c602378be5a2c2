//! Connections for protocols other than HTTP, judged like requests.

use std::net::{IpAddr, SocketAddr};

use tokio::{
    net::TcpStream,
    time::{Duration, timeout},
};
use url::Host;

use super::{
    error::OutboundError,
    lookup::{PrivateName, checked_addresses},
    requests::Outbound,
    target::is_service_port,
    turns::Turn,
};

/// For each address of the host. Those that take longer rarely come at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Addresses of a host that are tried: it has one or two, or a name server of an attacker says that it has thousands.
const MOST_ADDRESSES: usize = 4;

/// A connection to what was judged.
pub(super) struct Connected {
    /// The connection.
    pub(super) stream: TcpStream,
    /// The right to use it; others wait for it.
    pub(super) turn: Turn,
}

impl Outbound {
    /// Connects to a service whose usual port is `own_port`. The name is looked up once, each of its addresses is judged, and
    /// the connection goes to one of them. `host` may be written in any way in which addresses of the web are.
    ///
    /// # Errors
    ///
    /// If it may not be reached, or nobody answers there.
    pub(super) async fn connect(&self, host: &str, port: u16, own_port: u16) -> Result<Connected, OutboundError> {
        if !is_service_port(port, own_port) {
            return Err(OutboundError::ServicePort { port, own_port });
        }
        let host = Host::parse(host).map_err(|_| OutboundError::NotAnAddress)?;
        let turn = self.0.turns.take(host.to_string().trim_end_matches('.')).await?;
        let mut failure = None;
        for address in self.addresses(&host).await?.into_iter().take(MOST_ADDRESSES) {
            match timeout(CONNECT_TIMEOUT, TcpStream::connect(SocketAddr::new(address, port))).await {
                Ok(Ok(stream)) => return Ok(Connected { stream, turn }),
                Ok(Err(error)) => failure = Some(OutboundError::Unreachable(error.into())),
                Err(late) => failure = Some(OutboundError::Unreachable(late.into())),
            }
        }
        Err(failure.unwrap_or_else(|| OutboundError::UnknownName("the name has no address".into())))
    }

    async fn addresses(&self, host: &Host<String>) -> Result<Vec<IpAddr>, OutboundError> {
        let literal: IpAddr = match host {
            Host::Domain(name) => {
                let found = timeout(
                    CONNECT_TIMEOUT,
                    checked_addresses(&*self.0.lookup, &self.0.policy, name),
                )
                .await;
                return match found {
                    Ok(Err(error)) if error.is::<PrivateName>() => Err(OutboundError::Private),
                    Ok(found) => found.map_err(OutboundError::UnknownName),
                    Err(late) => Err(OutboundError::UnknownName(late.into())),
                };
            }
            Host::Ipv4(address) => (*address).into(),
            Host::Ipv6(address) => (*address).into(),
        };
        match self.0.policy.permits(literal) {
            true => Ok(vec![literal]),
            false => Err(OutboundError::Private),
        }
    }
}
