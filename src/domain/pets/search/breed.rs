//! The breed in a filter.

use entity::vocabulary::Species;
use sea_orm::Iterable;

use super::{filter::Filter, index_filter::MOST_VALUES, text::MOST_WORDS};
use crate::kernel::{Error, Result, text};
use pet_vocabulary::{normalise_breed, wanted_words};

/// The breed in a filter, after parsing. Both fields are empty if the filter names none.
pub(super) struct Breed {
    /// Names that breeds are stored by.
    pub names: Option<Vec<String>>,
    /// Words that name no known breed; they are looked for in the text.
    pub words: Option<Vec<String>>,
}

impl Breed {
    /// The breed under its stored names, or the words if it is not a known breed.
    pub fn of(filter: &Filter) -> Result<Self> {
        let line = text::optional_line("filter.breed", filter.breed.as_deref(), 100);
        let Some(line) = line.map_err(|fault| Error::BadInput(fault.message.into()))? else {
            return Ok(Self {
                names: None,
                words: None,
            });
        };
        let species: Vec<Species> = match &filter.species {
            Some(species) => species.iter().copied().take(MOST_VALUES).collect(),
            None => Species::iter().collect(),
        };
        let names: Vec<String> = species
            .into_iter()
            .filter_map(|species| normalise_breed(species, &line).primary)
            .collect();
        let is_known = !names.is_empty();
        Ok(Self {
            names: is_known.then_some(names),
            words: (!is_known).then(|| wanted_words(&line).into_iter().take(MOST_WORDS).collect()),
        })
    }
}
