//! Loaders of one request: every reference of a page is read in one query.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{TokioSpawner, TokioTimer};
use entity::{
    id::{MemberId, PetId, PhotoId},
    member, photo,
};
use tokio::sync::OnceCell;

use super::chat::ChatLoaders;
use super::pets::{Favorites, Pets, PrivateViews};
use super::safety::SafetyLoaders;
use super::sharing::SharesOfPets;
use super::shelters::Shelters;
use crate::{
    deps::Deps,
    domain::{accounts, matching, photos, staff::Actor},
    kernel::{Error, Viewer},
};

/// The loaders of one request, with its viewer inside.
pub struct Loaders {
    /// Members by id.
    pub members: DataLoader<Members>,
    /// Conversations and messages.
    pub chat: ChatLoaders,
    /// Photos by id.
    pub photos: DataLoader<Photos>,
    /// Photos of pets in their order.
    pub photos_of_pets: DataLoader<PhotosOfPets>,
    /// Reports that the viewer may see, by id.
    pub pets: DataLoader<Pets>,
    /// Which reports the viewer keeps an eye on.
    pub favorites: DataLoader<Favorites>,
    /// Looks at what is private of a report.
    pub private_views: DataLoader<PrivateViews>,
    /// How often pets were shared.
    pub shares_of_pets: DataLoader<SharesOfPets>,
    /// Shelters by id.
    pub shelters: DataLoader<Shelters>,
    /// What members set about safety.
    pub safety: SafetyLoaders,
    /// Reports whose exact place their reporter has opened to the viewer, by id.
    pub revealed: DataLoader<Revealed>,
    viewer: Viewer,
    /// What the viewer is to shelters; nothing is kept for a stream, which may outlast it.
    actor: Option<OnceCell<Arc<Actor>>>,
    similar: AtomicU32,
}

/// Makes the loaders of a request when the first of them is needed: an idle subscription needs none.
pub struct LoadersOfRequest {
    deps: Deps,
    viewer: Viewer,
    made: OnceLock<Box<Loaders>>,
}

impl LoadersOfRequest {
    /// None made yet.
    pub fn new(deps: &Deps, viewer: &Viewer) -> Self {
        Self {
            deps: deps.clone(),
            viewer: viewer.clone(),
            made: OnceLock::new(),
        }
    }

    /// The loaders of a query or mutation.
    pub fn get(&self) -> &Loaders {
        let actor = Some(OnceCell::new());
        self.made
            .get_or_init(|| Box::new(Loaders::new(&self.deps, &self.viewer, actor)))
    }

    /// The loaders of a stream.
    pub fn of_stream(&self) -> &Loaders {
        self.made
            .get_or_init(|| Box::new(Loaders::new(&self.deps, &self.viewer, None)))
    }
}

/// Reports of one request that may be asked for similar ones: each of them is a search.
const MOST_SIMILAR: u32 = 10;

impl Loaders {
    fn new(deps: &Deps, viewer: &Viewer, actor: Option<OnceCell<Arc<Actor>>>) -> Self {
        Self {
            members: loader(Members(deps.clone())),
            chat: ChatLoaders::new(deps, viewer),
            photos: loader(Photos(deps.clone())),
            photos_of_pets: loader(PhotosOfPets(deps.clone())),
            pets: loader(Pets(deps.clone(), viewer.clone())),
            favorites: loader(Favorites(deps.clone(), viewer.clone())),
            private_views: loader(PrivateViews(deps.clone(), viewer.clone())),
            shares_of_pets: loader(SharesOfPets(deps.clone())),
            shelters: loader(Shelters(deps.clone())),
            safety: SafetyLoaders::new(deps, viewer),
            revealed: loader(Revealed(deps.clone(), viewer.member())),
            viewer: viewer.clone(),
            actor,
            similar: AtomicU32::new(0),
        }
    }

    /// Counts a search for similar reports, or refuses it.
    pub fn look_for_similar(&self) -> Result<(), Error> {
        if MOST_SIMILAR <= self.similar.fetch_add(1, Ordering::Relaxed) {
            let message =
                "similar can be queried for at most 10 reports in one request: split the query into several requests";
            return Err(Error::BadInput(message.into()));
        }
        Ok(())
    }

    /// What the viewer is to shelters: looked up once for a request, and each time for the events of a stream.
    pub async fn actor(&self, deps: &Deps) -> Result<Arc<Actor>, Error> {
        let look = async || Actor::of(deps.db.read(), &self.viewer).await.map(Arc::new);
        match &self.actor {
            Some(kept) => kept.get_or_try_init(look).await.cloned(),
            None => look().await,
        }
    }
}

/// A loader that gathers the keys of one turn of the executor and keeps nothing.
pub(super) fn loader<L: Loader<K>, K: Send + Sync + std::hash::Hash + Eq + Clone + 'static>(
    loader: L,
) -> DataLoader<L> {
    DataLoader::new(loader, TokioSpawner::current(), TokioTimer::default())
        .delay(Duration::ZERO)
        .max_batch_size(500)
}

/// Loads members.
pub struct Members(Deps);

impl Loader<MemberId> for Members {
    type Value = Arc<member::Model>;
    type Error = Error;

    async fn load(&self, ids: &[MemberId]) -> Result<HashMap<MemberId, Self::Value>, Error> {
        if let [id] = ids {
            // As in the events of streams, many of which come at the same moment.
            let member = accounts::member_batched(&self.0, *id).await?;
            return Ok(member.into_iter().map(|member| (member.id, member)).collect());
        }
        let members = accounts::members_by_ids(self.0.db.read(), ids).await?;
        Ok(members
            .into_iter()
            .map(|member| (member.id, Arc::new(member)))
            .collect())
    }
}

/// Loads photos, for references of what the viewer may see.
pub struct Photos(Deps);

impl Loader<PhotoId> for Photos {
    type Value = Arc<photo::Model>;
    type Error = Error;

    async fn load(&self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Self::Value>, Error> {
        let photos = photos::by_ids(self.0.db.read(), ids).await?;
        Ok(photos.into_iter().map(|photo| (photo.id, Arc::new(photo))).collect())
    }
}

/// Loads the photos of pets that the viewer may see.
pub struct PhotosOfPets(Deps);

impl Loader<PetId> for PhotosOfPets {
    type Value = Vec<Arc<photo::Model>>;
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, Self::Value>, Error> {
        let of_pets = photos::load_for(self.0.db.read(), ids).await?;
        Ok(of_pets
            .into_iter()
            .map(|(pet, photos)| (pet, photos.into_iter().map(Arc::new).collect()))
            .collect())
    }
}

/// Loads which reports were opened to a member by a confirmed match.
pub struct Revealed(Deps, Option<MemberId>);

impl Loader<PetId> for Revealed {
    type Value = ();
    type Error = Error;

    async fn load(&self, ids: &[PetId]) -> Result<HashMap<PetId, ()>, Error> {
        let Some(member) = self.1 else {
            return Ok(HashMap::new());
        };
        let revealed = matching::revealed_to(self.0.db.read(), member, ids).await?;
        Ok(revealed.into_iter().map(|id| (id, ())).collect())
    }
}
