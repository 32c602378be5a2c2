//! Measures the search by picture with photos of known animals, without a database: for `sweetie evaluate-photos`.
//!
//! Each photo of an animal is searched for among all others, as `photoSearch` would; copies of its picture are left out,
//! since they are found by the perceptual hash. A result is right if it shows the same animal.

mod ranking;

use std::time::{Duration, Instant};

use bytes::Bytes;
use entity::{id::PetId, vocabulary::Species};
use ranking::{Ranking, mean, measured};

use crate::{
    domain::photos::{self, image::ImageError},
    kernel::Result,
    ports::vision::Vision,
};
use ::visual_similarity::{PhotoFeatures, SAME_PICTURE, SimilarityIndex, SimilarityQuery};

/// Results that a search is asked for while it is timed; as many as `photoSearch` gives by default.
const RESULTS: usize = 10;

/// Photos of known animals, which are searched for among each other.
pub struct Evaluation<'a> {
    vision: &'a Vision,
    photos: Vec<Photo>,
}

struct Photo {
    /// `None` for a photo that only distracts.
    animal: Option<String>,
    look: PhotoFeatures,
    /// What a searching person waits for before the index is asked.
    looked_for: Duration,
}

/// What came of the searches.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Photos that were searched for: those of animals with another photo that is no copy.
    pub searches: usize,
    /// Photos among which they were searched.
    pub photos: usize,
    /// Share of searches whose first result is right.
    pub recall_at_1: f64,
    /// Share of searches with a right one among the first five.
    pub recall_at_5: f64,
    /// Mean over the searches of the average precision.
    pub mean_average_precision: f64,
    /// Median time of a search: opening the picture, running the models, asking the index.
    pub median: Duration,
    /// Time within which 95 of 100 searches were done.
    pub within_95: Duration,
}

impl<'a> Evaluation<'a> {
    /// An evaluation with these models.
    pub fn new(vision: &'a Vision) -> Self {
        Self {
            vision,
            photos: Vec::new(),
        }
    }

    /// Adds a photo of an animal, or of none that is searched for. The inner error is about the file.
    pub async fn add(&mut self, animal: Option<String>, bytes: Bytes) -> Result<Result<(), ImageError>> {
        let start = Instant::now();
        let look = match photos::look_at_file(bytes, self.vision.embedding.as_ref()).await? {
            Ok(look) => look,
            Err(refused) => return Ok(Err(refused)),
        };
        self.photos.push(Photo {
            animal,
            look,
            looked_for: start.elapsed(),
        });
        Ok(Ok(()))
    }

    /// Searches for each photo; `None` if no animal has two different photos.
    pub fn figures(&self) -> Option<Figures> {
        let index = self.index();
        let mut times = Vec::new();
        let mut rankings: Vec<Ranking> = Vec::new();
        for query in &self.photos {
            let Some(ranking) = self.ranking(query) else { continue };
            rankings.push(ranking);
            times.push(query.looked_for + asked(&index, &query.look));
        }
        times.sort_unstable();
        let share = |is_good: fn(&Ranking) -> bool| mean(rankings.iter().map(|one| f64::from(u8::from(is_good(one)))));
        Some(Figures {
            searches: rankings.len(),
            photos: self.photos.len(),
            recall_at_1: share(|one| one.first)?,
            recall_at_5: share(|one| one.among_five)?,
            mean_average_precision: mean(rankings.iter().map(|one| one.average_precision))?,
            median: percentile(&times, 50)?,
            within_95: percentile(&times, 95)?,
        })
    }

    /// Ranks all photos but the query and its copies by their similarity to it; `None` if none is of the same animal.
    fn ranking(&self, query: &Photo) -> Option<Ranking> {
        let animal = query.animal.as_ref()?;
        let others = self.photos.iter().filter(|other| !std::ptr::eq(*other, query));
        let mut ranked: Vec<(f32, bool)> = others
            .filter(|other| !is_copy(&query.look, &other.look))
            .map(|other| (cosine(&query.look, &other.look), other.animal.as_ref() == Some(animal)))
            .collect();
        // Where nothing tells photos apart, the wrong ones come first.
        ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let is_right: Vec<bool> = ranked.into_iter().map(|(_, right)| right).collect();
        measured(&is_right)
    }

    fn index(&self) -> SimilarityIndex {
        let mut index = SimilarityIndex::default();
        for (photo, number) in self.photos.iter().zip(0..) {
            index.put(PetId(uuid::Uuid::from_u128(number)), Species::Other, &photo.look);
        }
        index
    }
}

fn asked(index: &SimilarityIndex, look: &PhotoFeatures) -> Duration {
    let query = SimilarityQuery {
        species: None,
        except: None,
        most: RESULTS,
    };
    let start = Instant::now();
    std::hint::black_box(index.most_alike(std::slice::from_ref(look), query));
    start.elapsed()
}

fn is_copy(one: &PhotoFeatures, other: &PhotoFeatures) -> bool {
    let hashes = one.hash.zip(other.hash);
    hashes.is_some_and(|(one, other)| one.bits_apart(&other) <= SAME_PICTURE)
}

fn cosine(one: &PhotoFeatures, other: &PhotoFeatures) -> f32 {
    let vectors = one.vector.as_ref().zip(other.vector.as_ref());
    vectors.map_or(0.0, |(one, other)| one.cosine(other))
}

/// The least of the sorted times that is not below `percent` of them.
fn percentile(times: &[Duration], percent: usize) -> Option<Duration> {
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).copied()
}
