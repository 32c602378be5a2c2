//! Networks as settings name them.

use std::net::IpAddr;

use ipnet::IpNet;

/// A network, or one address. Not the network of all addresses: whatever a setting grants to some, everybody would have.
pub fn network(text: &str) -> Option<IpNet> {
    let one = || {
        let address: Option<IpAddr> = text.parse().ok();
        address.map(|address| IpNet::from(address.to_canonical()))
    };
    let network: IpNet = text.parse().ok().or_else(one)?;
    (network.prefix_len() != 0).then_some(network)
}
