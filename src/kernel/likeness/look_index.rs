//! The looks of the photos of open reports.

use std::collections::HashMap;

use entity::{id::PetId, vocabulary::Species};

use super::{HashIndex, PhotoHash, PhotoVector, SAME_PICTURE, VectorIndex, similarity};

/// What is known of how a photo looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Its fingerprint; none for a picture that is too plain.
    pub hash: Option<PhotoHash>,
    /// What the configured model makes of it; none without a model, and until it has looked.
    pub vector: Option<PhotoVector>,
}

/// Which reports are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Only of that species.
    pub species: Option<Species>,
    /// Not that one.
    pub except: Option<PetId>,
    /// At most so many.
    pub most: usize,
}

/// Why two photos count as alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// They are one picture.
    SamePicture,
    /// The model sees alike animals.
    AlikeAnimals,
}

/// A report with a photo that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// The report.
    pub pet_id: PetId,
    /// 0 to 1: by fingerprint as in [`similarity`], by the model the cosine, whichever is more.
    pub similarity: f64,
    /// Which of the two it was.
    pub reason: Reason,
}

/// The looks of the photos of reports. Both databases' tables hold the same; this can be built from them at any time.
#[derive(Debug, Clone, Default)]
pub struct LookIndex {
    hashes: HashIndex<PetId, Species>,
    vectors: VectorIndex<PetId, Species>,
}

impl LookIndex {
    /// Adds a photo of a report.
    pub fn put(&mut self, pet_id: PetId, species: Species, look: &Look) {
        if let Some(hash) = look.hash {
            self.hashes.put(pet_id, species, hash);
        }
        if let Some(vector) = &look.vector {
            self.vectors.put(pet_id, species, vector);
        }
    }

    /// Forgets the photos of a report.
    pub fn remove(&mut self, pet_id: PetId) {
        self.hashes.remove(&pet_id);
        self.vectors.remove(&pet_id);
    }

    /// How many photos with a fingerprint there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reports that show one of these pictures, the surest first.
    pub fn same_pictures(&self, looks: &[Look], wanted: Wanted) -> Vec<Alike> {
        let mut found = HashMap::new();
        self.add_same_pictures(&mut found, looks, wanted);
        ranked(found, wanted.most)
    }

    /// Reports that show one of these pictures, and where a model has looked, those whose animals are most alike; the most
    /// alike first.
    pub fn most_alike(&self, looks: &[Look], wanted: Wanted) -> Vec<Alike> {
        let mut found = HashMap::new();
        for vector in looks.iter().filter_map(|look| look.vector.as_ref()) {
            let near = self
                .vectors
                .nearest(vector, wanted.most, |id, species| wanted.takes(id, species));
            for (pet_id, cosine) in near {
                add(&mut found, pet_id, f64::from(cosine).max(0.0), Reason::AlikeAnimals);
            }
        }
        self.add_same_pictures(&mut found, looks, wanted);
        ranked(found, wanted.most)
    }

    fn add_same_pictures(&self, found: &mut HashMap<PetId, Alike>, looks: &[Look], wanted: Wanted) {
        for hash in looks.iter().filter_map(|look| look.hash.as_ref()) {
            let takes = |id, species| wanted.takes(id, species);
            for (pet_id, apart) in self.hashes.nearest(hash, SAME_PICTURE, wanted.most, takes) {
                add(found, pet_id, similarity(apart), Reason::SamePicture);
            }
        }
    }
}

impl Wanted {
    fn takes(&self, id: PetId, species: Species) -> bool {
        self.except != Some(id) && self.species.is_none_or(|wanted| wanted == species)
    }
}

/// Keeps what is more; of equals that one picture was recognised.
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

/// The most alike first; of equals the last reported.
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
