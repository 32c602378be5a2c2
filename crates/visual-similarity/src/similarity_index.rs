//! Visual features of the photos of open reports, searchable by similarity.

use std::collections::HashMap;

use entity::{id::PetId, vocabulary::Species};

use super::{HashIndex, PhotoHash, PhotoVector, SAME_PICTURE, VectorIndex, similarity};

/// The visual features of one photo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhotoFeatures {
    /// Perceptual hash; `None` if the picture is too plain.
    pub hash: Option<PhotoHash>,
    /// Embedding from the configured model; `None` without a model, or until the model has processed the photo.
    pub vector: Option<PhotoVector>,
}

/// Restricts which reports a search returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimilarityQuery {
    /// Only reports about this species.
    pub species: Option<Species>,
    /// Leaves out this report.
    pub except: Option<PetId>,
    /// Maximum number of results.
    pub most: usize,
}

/// The reason why two photos count as similar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// They are copies of the same picture.
    SamePicture,
    /// The model considers the animals similar.
    AlikeAnimals,
}

/// A report with a photo similar to a given one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// The report.
    pub pet_id: PetId,
    /// 0 to 1: the greater of the hash similarity (see [`similarity`]) and the cosine of the embeddings.
    pub similarity: f64,
    /// The measure that gave this similarity.
    pub reason: Reason,
}

/// What the photos of two reports say about whether they show the same animal: the best over all pairs of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The greatest cosine of their embeddings; `None` without a model, or until it has processed photos of both.
    pub cosine: Option<f32>,
    /// Whether a picture of one is a copy of a picture of the other.
    pub is_copy: bool,
}

/// Visual features of the photos of open reports. The same data is in the database tables, from which the index can be
/// rebuilt at any time.
#[derive(Debug, Clone, Default)]
pub struct SimilarityIndex {
    hashes: HashIndex<PetId, Species>,
    vectors: VectorIndex<PetId, Species>,
}

impl SimilarityIndex {
    /// Adds a photo of a report.
    pub fn put(&mut self, pet_id: PetId, species: Species, look: &PhotoFeatures) {
        if let Some(hash) = look.hash {
            self.hashes.put(pet_id, species, hash);
        }
        if let Some(vector) = &look.vector {
            self.vectors.put(pet_id, species, vector);
        }
    }

    /// Removes all photos of a report.
    pub fn remove(&mut self, pet_id: PetId) {
        self.hashes.remove(&pet_id);
        self.vectors.remove(&pet_id);
    }

    /// Number of photos with a perceptual hash.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether the index has no photo with a perceptual hash.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reports with a copy of one of these pictures, best match first.
    pub fn same_pictures(&self, looks: &[PhotoFeatures], query: SimilarityQuery) -> Vec<Alike> {
        let mut found = HashMap::new();
        self.add_same_pictures(&mut found, looks, query);
        ranked(found, query.most)
    }

    /// Reports with a copy of one of these pictures and, where the model has processed the photos, those with the most
    /// similar animals; most similar first.
    pub fn most_alike(&self, looks: &[PhotoFeatures], query: SimilarityQuery) -> Vec<Alike> {
        let mut found = HashMap::new();
        for vector in looks.iter().filter_map(|look| look.vector.as_ref()) {
            let near = self
                .vectors
                .nearest(vector, query.most, |id, species| query.takes(id, species));
            for (pet_id, cosine) in near {
                add(&mut found, pet_id, f64::from(cosine).max(0.0), Reason::AlikeAnimals);
            }
        }
        self.add_same_pictures(&mut found, looks, query);
        ranked(found, query.most)
    }

    /// What the photos of two reports say; `None` if the features of one of them are not known.
    pub fn evidence(&self, one: PetId, other: PetId) -> Option<Evidence> {
        let hashes = self
            .hashes
            .of(&one)
            .flat_map(|one| self.hashes.of(&other).map(|other| one.bits_apart(other)));
        let least_apart = hashes.min();
        let cosine = self.vectors.greatest_cosine(&one, &other);
        (least_apart.is_some() || cosine.is_some()).then(|| Evidence {
            cosine,
            is_copy: least_apart.is_some_and(|bits| bits <= SAME_PICTURE),
        })
    }

    fn add_same_pictures(&self, found: &mut HashMap<PetId, Alike>, looks: &[PhotoFeatures], query: SimilarityQuery) {
        for hash in looks.iter().filter_map(|look| look.hash.as_ref()) {
            let takes = |id, species| query.takes(id, species);
            for (pet_id, apart) in self.hashes.nearest(hash, SAME_PICTURE, query.most, takes) {
                add(found, pet_id, similarity(apart), Reason::SamePicture);
            }
        }
    }
}

impl SimilarityQuery {
    fn takes(&self, id: PetId, species: Species) -> bool {
        self.except != Some(id) && self.species.is_none_or(|query| query == species)
    }
}

/// Keeps the greater similarity. At a tie, `SamePicture` wins.
fn add(found: &mut HashMap<PetId, Alike>, pet_id: PetId, similarity: f64, reason: Reason) {
    let new = Alike {
        pet_id,
        similarity,
        reason,
    };
    found
        .entry(pet_id)
        .and_modify(|known| {
            if known.similarity < similarity || (known.similarity == similarity && reason == Reason::SamePicture) {
                *known = new;
            }
        })
        .or_insert(new);
}

/// Most similar first; ties go to the newest report.
fn ranked(found: HashMap<PetId, Alike>, most: usize) -> Vec<Alike> {
    let mut ranked: Vec<Alike> = found.into_values().collect();
    ranked.sort_by(|one, two| {
        two.similarity
            .total_cmp(&one.similarity)
            .then(two.pet_id.cmp(&one.pet_id))
    });
    ranked.truncate(most);
    ranked
}
