//! Finds reports similar to another.

use std::collections::HashMap;

use entity::{id::PetId, pet};

use super::checked_first;
use crate::{
    deps::Deps,
    domain::{
        matching,
        pets::{self, visual_similarity},
        photos,
    },
    kernel::{Result, Viewer},
};
use ::visual_similarity::{Alike, Reason, SimilarityQuery};

/// Minimum similarity of two descriptions: more than one in ten such pairs would be the same animal.
const LEAST: f64 = 0.15;

/// A report similar to another report or to a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The similar report.
    pub pet: pet::Model,
    /// Similarity, 0 to 1.
    pub similarity: f64,
    /// The measure that gave this similarity.
    pub basis: Basis,
}

/// The ways to measure similarity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Both show the same picture.
    Picture,
    /// The model considers the animals in the photos similar.
    VisualSimilarity,
    /// The descriptions are similar.
    Details,
}

impl From<(pet::Model, Alike)> for Similar {
    fn from((pet, alike): (pet::Model, Alike)) -> Self {
        Self {
            pet,
            similarity: alike.similarity,
            basis: match alike.reason {
                Reason::SamePicture => Basis::Picture,
                Reason::AlikeAnimals => Basis::VisualSimilarity,
            },
        }
    }
}

/// Open reports of the same species that are similar to this one, most similar first. Photos are compared worldwide,
/// descriptions only in the neighbourhood. The greater of the two similarities counts.
pub async fn similar(deps: &Deps, viewer: &Viewer, pet: &pet::Model, first: i32) -> Result<Vec<Similar>> {
    let most = checked_first(first)?;
    let mut found: HashMap<PetId, Similar> = HashMap::new();
    let mut add = |similar: Similar| match found.get(&similar.pet.id) {
        Some(known) if similar.similarity <= known.similarity => {}
        _ => drop(found.insert(similar.pet.id, similar)),
    };
    by_photos(deps, viewer, pet, most).await?.into_iter().for_each(&mut add);
    for other in pets::around(deps.db.read(), viewer, pet).await? {
        let similarity = matching::resemblance(pet, &other);
        if LEAST <= similarity {
            add(Similar {
                pet: other,
                similarity,
                basis: Basis::Details,
            });
        }
    }
    let mut found: Vec<Similar> = found.into_values().collect();
    found.sort_by(|one, two| {
        let order = two.similarity.total_cmp(&one.similarity);
        order.then(two.pet.id.cmp(&one.pet.id))
    });
    found.truncate(most);
    Ok(found)
}

async fn by_photos(deps: &Deps, viewer: &Viewer, pet: &pet::Model, most: usize) -> Result<Vec<Similar>> {
    let looks = photos::features_of(deps, pet.id).await?;
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let query = SimilarityQuery {
        species: Some(pet.species),
        except: Some(pet.id),
        most,
    };
    let alike = visual_similarity::most_alike(deps, viewer, looks, query).await?;
    Ok(alike.into_iter().map(Similar::from).collect())
}
