//! Suggests breeds from a picture.

use entity::{id::UploadId, vocabulary::Species};

use crate::{
    deps::Deps,
    domain::photos,
    kernel::{Error, Result, Viewer},
};
use pet_vocabulary::{normalise_breed, species_of_breed};

/// Maximum number of suggestions.
const MOST: i32 = 20;

/// A breed that the animal in a picture looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct BreedSuggestion {
    /// The label as the model returns it.
    pub label: String,
    /// The breed's name in the vocabulary, if it is known there.
    pub breed: Option<String>,
    /// The species that has this breed.
    pub species: Option<Species>,
    /// The model's share for it, 0 to 1; all of its labels add up to 1.
    pub confidence: f64,
}

/// What the animal looks like in a picture that the viewer has uploaded, the greatest share first; `None` if no model is
/// configured. The answer is for a person to confirm: a model takes a breed that it does not know for another one. Nothing
/// of it is stored, so no search and no match can use it.
#[tracing::instrument(skip_all)]
pub async fn suggest_breed(
    deps: &Deps,
    viewer: &Viewer,
    upload_id: UploadId,
    first: i32,
) -> Result<Option<Vec<BreedSuggestion>>> {
    viewer.require_member()?;
    let within = usize::try_from(first).ok().filter(|_| (1..=MOST).contains(&first));
    let most =
        within.ok_or_else(|| Error::BadInput(format!("first is {first}; it must be from 1 to {MOST}").into()))?;
    let Some(breeds) = &deps.vision.breeds else {
        return Ok(None);
    };
    let output = photos::ask_about_upload(deps, viewer, upload_id, &breeds.model).await?;
    let sure = confidences(&output);
    let mut suggestions: Vec<(&String, f64)> = breeds.labels.iter().zip(sure).collect();
    suggestions.sort_by(|one, two| two.1.total_cmp(&one.1));
    suggestions.truncate(most);
    Ok(Some(
        suggestions
            .into_iter()
            .map(|(label, sure)| suggestion(label, sure))
            .collect(),
    ))
}

fn suggestion(label: &str, confidence: f64) -> BreedSuggestion {
    let words = words(label);
    let species = species_of_breed(&words);
    let breed = species.and_then(|species| normalise_breed(species, &words).primary);
    BreedSuggestion {
        label: label.to_owned(),
        breed,
        species,
        confidence,
    }
}

/// Rewrites a label the way people write breeds: data sets use `n02088364-beagle` and `german_shorthaired`.
fn words(label: &str) -> String {
    let is_number = |text: &str| {
        let digits = text.strip_prefix('n').unwrap_or_default();
        digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let name = match label.split_once(['-', ' ']) {
        Some((number, name)) if is_number(number) => name,
        _ => label,
    };
    name.replace('_', " ")
}

/// Converts the model's output to probabilities: unchanged if it already is a distribution, otherwise by softmax.
fn confidences(output: &[f32]) -> Vec<f64> {
    let values: Vec<f64> = output.iter().map(|value| f64::from(*value)).collect();
    let sum: f64 = values.iter().sum();
    if values.iter().all(|value| 0.0 <= *value) && (sum - 1.0).abs() < 1e-3 {
        return values;
    }
    let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = values.iter().map(|value| (value - greatest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_of_data_sets_are_read_as_breeds() {
        let read = |label| {
            let suggestion = suggestion(label, 0.5);
            (suggestion.breed.unwrap_or_default(), suggestion.species)
        };
        assert_eq!(read("n02088364-beagle"), ("Beagle".to_owned(), Some(Species::Dog)));
        assert_eq!(read("German_Shepherd_Dog").1, Some(Species::Dog));
        assert_eq!(read("Maine_Coon"), ("Maine Coon".to_owned(), Some(Species::Cat)));
        assert_eq!(read("teapot"), (String::new(), None));
    }

    /// `scripts/models/labels.py` renames classes so that they are read; what it leaves alone are names of breeds.
    #[test]
    fn labels_of_our_own_models_are_read_as_animals() {
        let script = include_str!("../../../scripts/models/labels.py");
        let lines = script.lines().filter_map(|line| line.strip_prefix("    \""));
        let labels: Vec<&str> = lines
            .filter_map(|line| line.split_once("\": ["))
            .map(|(label, _)| label)
            .collect();
        assert_eq!(labels.len(), 40);
        for label in labels {
            assert!(suggestion(label, 0.5).species.is_some(), "{label}");
        }
        assert_eq!(suggestion("something else", 0.5).species, None);
        assert_eq!(
            suggestion("Siberian Husky", 0.5).breed.as_deref(),
            Some("Siberian Husky")
        );
    }

    #[test]
    fn what_is_a_distribution_already_stays() {
        assert_eq!(confidences(&[0.25, 0.75]), [0.25, 0.75]);
    }

    proptest! {
        #[test]
        fn confidences_are_shares_of_one_in_the_order_of_the_output(output in proptest::collection::vec(-50.0..50.0_f32, 2..30)) {
            let shares = confidences(&output);

            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-2);
            for (one, share) in output.iter().zip(&shares) {
                for (other, less) in output.iter().zip(&shares) {
                    prop_assert!(one < other || less <= share);
                }
            }
        }
    }
}
