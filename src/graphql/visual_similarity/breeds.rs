//! Breeds that a picture may show.

use async_graphql::SimpleObject;

use crate::{domain::visual_similarity, graphql::vocabulary::Species};

/// A breed that the animal in a picture looks like.
#[derive(SimpleObject)]
pub struct BreedSuggestion {
    /// As the model names it.
    label: String,
    /// Its name in the list of breeds; null where the list does not have it.
    breed: Option<String>,
    /// The species that has such a breed; null when that is not known.
    species: Option<Species>,
    /// The model's share for it, 0 to 1; all that it knows together are 1. A breed that it does not know gets no share:
    /// it is taken for another one.
    confidence: f64,
}

/// What the configured model says of a picture.
#[derive(SimpleObject)]
pub struct BreedSuggestions {
    /// The surest first; null when there is no model. For a person to confirm: nothing is filled in or kept.
    suggestions: Option<Vec<BreedSuggestion>>,
    /// The suggestions in a sentence for people, such as `Looks like Beagle (72 %) or Whippet (9 %)`; null when the model
    /// sees none of the breeds and kinds of animals that it knows.
    looks_like: Option<String>,
    /// Why there are none; null when there are.
    reason: Option<&'static str>,
}

impl From<Option<Vec<visual_similarity::BreedSuggestion>>> for BreedSuggestions {
    fn from(found: Option<Vec<visual_similarity::BreedSuggestion>>) -> Self {
        let reason = "No model that knows breeds is configured on this server (SWEETIE_BREED_MODEL, or `make models`).";
        Self {
            reason: found.is_none().then_some(reason),
            looks_like: found.as_deref().and_then(looks_like),
            suggestions: found.map(|found| found.into_iter().map(BreedSuggestion::from).collect()),
        }
    }
}

/// The animals among the suggestions that have at least one share in a hundred; `None` if the first is no animal.
fn looks_like(found: &[visual_similarity::BreedSuggestion]) -> Option<String> {
    found.first()?.species?;
    let named = found
        .iter()
        .filter(|one| one.species.is_some() && 0.01 <= one.confidence);
    let named: Vec<String> = named
        .map(|one| {
            let name = one.breed.as_deref().unwrap_or(&one.label);
            format!("{name} ({:.0} %)", one.confidence * 100.0)
        })
        .collect();
    (!named.is_empty()).then(|| format!("Looks like {}", named.join(" or ")))
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
