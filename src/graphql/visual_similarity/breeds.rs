//! Breeds that a picture may show.

use async_graphql::SimpleObject;

use crate::{domain::visual_similarity, graphql::vocabulary::Species};

/// A breed that a picture may show.
#[derive(SimpleObject)]
pub struct BreedSuggestion {
    /// As the model names it.
    label: String,
    /// Its name in the list of breeds; null where the list does not have it.
    breed: Option<String>,
    /// The species that has such a breed; null when that is not known.
    species: Option<Species>,
    /// How sure the model is, 0 to 1; all that it knows together are 1.
    confidence: f64,
}

/// What the configured model says of a picture.
#[derive(SimpleObject)]
pub struct BreedSuggestions {
    /// The surest first; null when there is no model.
    suggestions: Option<Vec<BreedSuggestion>>,
    /// Why there are none; null when there are.
    reason: Option<&'static str>,
}

impl From<Option<Vec<visual_similarity::BreedSuggestion>>> for BreedSuggestions {
    fn from(found: Option<Vec<visual_similarity::BreedSuggestion>>) -> Self {
        let reason = "No model that knows breeds is configured on this server (SWEETIE_BREED_MODEL).";
        Self {
            reason: found.is_none().then_some(reason),
            suggestions: found.map(|found| found.into_iter().map(BreedSuggestion::from).collect()),
        }
    }
}

impl From<visual_similarity::BreedSuggestion> for BreedSuggestion {
    fn from(found: visual_similarity::BreedSuggestion) -> Self {
        Self {
            label: found.label,
            breed: found.breed,
            species: found.species.map(Species::from),
            confidence: found.confidence,
        }
    }
}
