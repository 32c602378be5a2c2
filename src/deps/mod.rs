//! Floor 3: what a use case may touch.

mod batched_query;
mod clock_sync;
mod database;
mod foreground;
mod idempotency;
mod limit;
mod log;
mod mail;
mod measure;
mod orphans;
mod presence;
mod same_secret;
mod settings;
mod suspended_work;

use std::{net::IpAddr, ops::Deref, sync::Arc, time::Duration};

use tokio::time::timeout;

pub use batched_query::{BatchedQueries, BatchedQuery};
pub use clock_sync::{skew, synchronize_clock};
pub use database::{
    Company, Database, DatabaseSettings, Direction, Inserts, Keyset, OrTaken, Reader, Tx, Writability, containing,
    next_number_of_each, next_numbers, sqlite_file, try_to_write,
};
pub use foreground::{Foreground, InForeground};
pub use idempotency::{IdempotencyKey, Remembered, is_repeat, note_done, once, unless_done};
pub use limit::{DAY, HOUR, Limit, MINUTE, Whom};
pub use log::{
    EVENTS_OF_A_LOOK, Fact, Follower, Following, FollowsLog, LogHead, OfAnotherHistory, ReadModel, ReadModels,
    events_after, follow, patiently,
};
pub use mail::{Button, Letter, is_written, send_mail};
pub use measure::{Lag, MOST_JOBS_COUNTED, NodeStatus, PoolUse, measure, oldest_due_of_others, pools};
pub use orphans::{YOUNGEST_ORPHAN, sweep_orphans};
pub use presence::{PresenceSignals, hear_presence, ring_presence};
pub use same_secret::is_same_secret;
pub use settings::Settings;
pub use suspended_work::SuspendedWork;

use crate::{
    events::{Bells, Hibernation},
    kernel::{
        Error, Result,
        secret::{Secret, signing_keys::SigningKeys},
    },
    ports::{
        blobs::Blobs,
        bus::{Bell, Bus},
        clock::SynchronizedClock,
        geocoder::{Geocoder, OnlineGeocoder},
        identity_provider::IdentityProviders,
        ids::Ids,
        limiter::Limiter,
        mail::Mailer,
        network_places::NetworkPlaces,
        outbound::Outbound,
        persisted_documents::PersistedDocuments,
        presence::Presence,
        sms::SmsGateway,
        vision::Vision,
    },
};

/// Everything that a use case may touch; cheap to clone.
#[derive(Clone)]
pub struct Deps {
    parts: Arc<Parts>,
    is_background: bool,
    hibernation: Hibernation,
    asked_from: Option<IpAddr>,
}

/// The parts of [`Deps`].
pub struct Parts {
    /// Tables.
    pub db: Database,
    /// What time it is, by the clock of the database once [`synchronize_clock`] has asked it.
    pub clock: Arc<SynchronizedClock>,
    /// New ids and random secrets.
    pub ids: Arc<dyn Ids>,
    /// The installation's secret.
    pub secret: Secret,
    /// Keys derived from it, for signatures that others can verify.
    pub signing_keys: SigningKeys,
    /// Where the server is seen from outside, without a slash at the end.
    pub public_url: String,
    /// Where people reach the app, without a slash at the end; mails lead to its pages.
    pub app_url: String,
    /// Outgoing e-mail; only [`send_mail`] uses it.
    pub mailer: Arc<dyn Mailer>,
    /// Outgoing SMS; only jobs use it.
    pub sms: Arc<dyn SmsGateway>,
    /// Stored bytes.
    pub blobs: Arc<dyn Blobs>,
    /// Hints between nodes.
    pub bus: Arc<dyn Bus>,
    /// Counters of what people do too often.
    pub limiter: Arc<dyn Limiter>,
    /// Who is online.
    pub presence: Arc<dyn Presence>,
    /// Documents that clients name by their hash; only the front door uses it.
    pub persisted_documents: Arc<dyn PersistedDocuments>,
    /// Words to points and back, at once.
    pub geocoder: Arc<dyn Geocoder>,
    /// The same for the whole world, if a service for it is configured; only `domain::places` asks it.
    pub online_geocoder: Option<Arc<dyn OnlineGeocoder>>,
    /// Roughly where networks are, if a file says so.
    pub network_places: NetworkPlaces,
    /// Requests to addresses that users name; nothing else may make them.
    pub outbound: Outbound,
    /// Who says who somebody is, besides us.
    pub identity_providers: IdentityProviders,
    /// Hints within this node.
    pub bells: Bells,
    /// What people wait for on this node.
    pub foreground: Foreground,
    /// How far this node knows the log to go.
    pub log_head: LogHead,
    /// Models that look at photos.
    pub vision: Vision,
    /// Questions to the tables that wait to be asked together.
    pub batched_queries: BatchedQueries,
    /// Data that this node keeps in memory; all of it can be rebuilt from the tables.
    pub read_models: ReadModels,
    /// What jobs keep between their turns on this node.
    pub suspended_work: SuspendedWork,
    /// The installation's settings for features.
    pub settings: Settings,
}

impl Deps {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self {
            parts: Arc::new(parts),
            is_background: false,
            hibernation: Hibernation::default(),
            asked_from: None,
        }
    }

    /// The same for a request from that address, which the audit log keeps.
    pub fn asked_from(&self, address: IpAddr) -> Self {
        Self {
            asked_from: Some(address),
            ..self.clone()
        }
    }

    /// Where the request comes from for which these are used; nowhere for the server's own work.
    pub fn asker(&self) -> Option<IpAddr> {
        self.asked_from
    }

    /// The same for work that nobody waits for: before each write it gives way to what people wait for.
    pub fn in_background(&self) -> Self {
        Self {
            is_background: true,
            ..self.clone()
        }
    }

    /// The same for a stream that is suspended there while it waits.
    pub fn with_hibernation(&self, hibernation: Hibernation) -> Self {
        Self {
            hibernation,
            ..self.clone()
        }
    }

    /// Where the stream is suspended for which these are used; nowhere if it is to stay awake.
    pub fn hibernation(&self) -> &Hibernation {
        &self.hibernation
    }

    /// Whether the database answers within that time and takes writes.
    pub async fn readiness(&self, within: Duration) -> Readiness {
        match timeout(within, self.db.read().ping()).await {
            Ok(Ok(())) if self.db.writability().is_given() => Readiness::Ready,
            Ok(Ok(())) => Readiness::ReadOnly,
            Ok(Err(_)) | Err(_) => Readiness::Away,
        }
    }

    /// Runs `work` in one write transaction: all of it is there afterwards, or nothing. Facts that it announced are in
    /// the log by then, and the bell rings after the commit.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let tx = self.begin(Company::Shared).await?;
        let done = work(&tx).await?;
        self.commit(tx).await?;
        Ok(done)
    }

    /// The same for a long write, which does not share the transaction of those who came before it. Tasks of its own may
    /// write in it as well; they must have ended when `work` returns.
    pub async fn write_alone<T>(&self, work: impl AsyncFnOnce(&Arc<Tx>) -> Result<T>) -> Result<T> {
        let tx = Arc::new(self.begin(Company::Alone).await?);
        let done = work(&tx).await?;
        let tx = Arc::into_inner(tx).ok_or_else(|| Error::broken("a part of a transaction outlives it"))?;
        self.commit(tx).await?;
        Ok(done)
    }

    async fn begin(&self, company: Company) -> Result<Tx> {
        if self.is_background {
            self.foreground.give_way().await;
        }
        Tx::begin(&self.db, self.clock.now(), company).await
    }

    async fn commit(&self, tx: Tx) -> Result<()> {
        if let Some(last) = tx.commit().await? {
            self.log_head.saw(last);
            self.bus.ring(Bell::Log);
        }
        Ok(())
    }
}

/// What the database is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// For everything.
    Ready,
    /// For reading.
    ReadOnly,
    /// For nothing.
    Away,
}

impl Deref for Deps {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}
