//! The visual features of photos as a read model.

use entity::{
    id::{PetId, PhotoId},
    pet_photo,
};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::load::{Shown, load_all, load_for};
use crate::{
    deps::{Deps, FollowsLog},
    events::{Event, PetEvent, PhotoEvent, ShelterEvent, Topic},
    kernel::Result,
};

use ::visual_similarity::SimilarityIndex;

/// Reports that are read and taken in at once; databases take a limited number of values in a statement.
const PIECE: usize = 200;

/// The current photos of some reports.
pub struct News {
    ids: Vec<PetId>,
    /// The photos of those that are open.
    shown: Vec<Shown>,
}

impl FollowsLog for SimilarityIndex {
    type News = News;

    const NAME: &'static str = "photos";

    /// Nobody waits for photos.
    const TOPIC: Option<Topic> = None;

    async fn build(deps: &Deps) -> Result<Self> {
        let mut index = Self::default();
        let mut pages = std::pin::pin!(load_all(deps));
        while let Some(page) = pages.try_next().await? {
            page.iter()
                .for_each(|photo| index.put(photo.pet_id, photo.species, &photo.look));
            tracing::debug!(photos = index.len(), "photos are read for searching");
        }
        tracing::info!(photos = index.len(), "photos can be searched");
        Ok(index)
    }

    async fn read(deps: &Deps, events: &[Event]) -> Result<Vec<News>> {
        let ids = concerned(deps, events).await?;
        let mut news = Vec::new();
        for ids in ids.chunks(PIECE) {
            let shown = load_for(deps, ids).await?;
            news.push(News {
                ids: ids.to_vec(),
                shown,
            });
        }
        Ok(news)
    }

    fn apply(&mut self, news: News) -> Vec<Topic> {
        news.ids.iter().for_each(|id| self.remove(*id));
        for photo in &news.shown {
            self.put(photo.pet_id, photo.species, &photo.look);
        }
        Vec::new()
    }

    fn succeed(&mut self, _old: &Self) {}

    fn renewed(&self) -> Option<Self> {
        None
    }
}

/// The reports whose photos, species or status may have changed, each once.
async fn concerned(deps: &Deps, events: &[Event]) -> Result<Vec<PetId>> {
    let (mut pets, mut photos) = (Vec::new(), Vec::new());
    for event in events {
        match event {
            Event::Pets(
                PetEvent::PetReported { pet_id } | PetEvent::PetChanged { pet_id } | PetEvent::PetClosed { pet_id },
            ) => {
                pets.push(*pet_id);
            }
            Event::Shelters(ShelterEvent::PetsImported { pet_ids, .. }) => pets.extend(pet_ids),
            Event::Photos(PhotoEvent::PhotosLearned { photo_ids }) => photos.extend(photo_ids),
            _ => {}
        }
    }
    for photos in photos.chunks(PIECE) {
        pets.extend(showing(deps, photos).await?);
    }
    pets.sort_unstable();
    pets.dedup();
    Ok(pets)
}

/// The reports that show these photos.
async fn showing(deps: &Deps, photos: &[PhotoId]) -> Result<Vec<PetId>> {
    let shown = pet_photo::Entity::find().filter(pet_photo::COLUMN.photo_id.is_in(photos.iter().copied()));
    let shown = shown.all(deps.db.read()).await?;
    Ok(shown.into_iter().map(|row| row.pet_id).collect())
}
