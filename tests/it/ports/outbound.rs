//! Requests to addresses that users name, against small servers with hand-written answers.

mod answers;
mod names;
mod posts;
mod redirects;
mod server;

use std::{
    collections::VecDeque,
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use finding_sweetie::ports::outbound::{Fetched, Limits, NameLookup, Outbound, OutboundError, OutboundSettings, Pace};
use server::Server;

use crate::support::LIMIT;

const LIMITS: Limits = Limits {
    most_bytes: 100_000,
    timeout: LIMIT,
    redirects: 3,
};
/// For answers that never end in time.
const SHORT: Limits = Limits {
    timeout: Duration::from_millis(100),
    ..LIMITS
};

fn settings(networks: &[&str]) -> OutboundSettings {
    OutboundSettings {
        public_url: "https://sweetie.example.org".to_owned(),
        networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
        pace: Pace {
            pause: Duration::ZERO,
            ..Pace::default()
        },
    }
}

/// May ask this machine at its addresses of IPv4.
fn outbound() -> Outbound {
    Outbound::new(settings(&["127.0.0.0/8"]))
}

async fn get(server: &Server, limits: Limits) -> Result<Fetched, OutboundError> {
    outbound().get(&server.url("/"), limits).await
}

/// Gives each lookup the next answer, and counts them.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<Vec<IpAddr>>>,
    asked: Mutex<Vec<String>>,
}

impl Script {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let addresses = |list: &&[&str]| list.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Self {
            answers: Mutex::new(answers.iter().map(addresses).collect()),
            asked: Mutex::default(),
        })
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl NameLookup for Script {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.lock().unwrap().push(name.to_owned());
        let next = self.answers.lock().unwrap().pop_front();
        next.ok_or_else(|| io::Error::other("no such name"))
    }
}
