//! Requests to addresses that users name: photos in the files of shelters, webhooks to their systems, animals in them.
//!
//! Whoever may name an address could make this server ask what only it can reach: services on this machine, the networks
//! around it, the metadata of a cloud. So [`Outbound`] promises that
//! - it connects to public addresses alone, and to those that the settings permit. Names are looked up once, each of
//!   their addresses is judged, and the connection goes to what was judged; a name with even one refused address is
//!   refused as a whole, as no public service needs one and the choice between them would be the attacker's;
//! - redirects are judged like the first address, and never lead from `https` to `http`;
//! - neither an endless nor a slow answer holds it up for longer, or takes more memory, than the caller's [`Limits`];
//! - it sends no cookies, no referer and no credentials but those that the caller gives, and these over `https` to the host
//!   alone for which they are meant; it uses no proxy, and unpacks nothing;
//! - files of servers of SFTP are read only from a server that shows the key that the caller knows;
//! - it is polite: few requests to a host at once, with a pause between them, and few overall.
//!
//! Errors never contain the address, which may carry a secret; their words may be shown to whoever named it.

mod address;
mod answer;
mod client;
mod confidential;
mod connection;
mod error;
mod limits;
mod lookup;
mod requests;
mod sftp;
mod target;
mod turns;

pub use error::OutboundError;
pub use limits::{Answer, Fetched, Limits, Pace};
pub use lookup::NameLookup;
pub use requests::{Outbound, OutboundSettings};
/// Headers of requests, under the names that callers use who know no HTTP library.
pub use reqwest::header::{HeaderName, HeaderValue};
pub use sftp::{SftpError, SftpFile, SftpSecret, host_key};
