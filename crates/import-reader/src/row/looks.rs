//! What an animal looks like: breed, colours, size, sex, age and weight.

use std::borrow::Cow;

use entity::{
    Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, PetSize, Sex, Species},
};
use pet_vocabulary::{
    Age, NormalisedBreed, NormalisedColors, SpeciesWord, fold, normalise_breed, normalise_colors, parse_altered,
    parse_coat, parse_mixed, parse_pattern, parse_sex, parse_size, parse_species, parse_weight,
};

use super::{RowReader, join};
use crate::{
    RowWarning,
    aspects::{age_in, says_nothing, warning, weight_unit},
    formats::Column,
};

impl RowReader {
    pub(super) fn size(&self, cells: &[String]) -> Option<PetSize> {
        self.value(Column::Size, cells).and_then(parse_size)
    }

    pub(super) fn coat(&self, cells: &[String]) -> Option<CoatLength> {
        self.value(Column::Coat, cells).and_then(parse_coat)
    }

    pub(super) fn breed_cells<'a>(&'a self, cells: &'a [String]) -> impl Iterator<Item = &'a str> {
        [Column::Breed, Column::SecondBreed]
            .into_iter()
            .filter_map(|column| self.value(column, cells))
    }

    pub(super) fn breed(&self, species: Species, cells: &[String]) -> NormalisedBreed {
        let raw = self.breed_cells(cells).collect::<Vec<_>>().join("/");
        let says = |column, title: &str| {
            let flag = self.value(column, cells).map(|cell| format!("{title}{cell}"));
            flag.and_then(|flag| parse_mixed(&flag)) == Some(true)
        };
        let says_mixed = says(Column::Mixed, "") || says(Column::Purebred, "purebred ");
        let mut breed = self.breeds.recall(species, &raw, || normalise_breed(species, &raw));
        breed.mixed |= says_mixed;
        breed
    }

    /// Warns about a breed that is not understood at all. Many files repeat the species in that column.
    pub(super) fn note_breed(&self, cells: &[String], breed: &NormalisedBreed, warnings: &mut Vec<RowWarning>) {
        if breed.mixed || breed.primary.is_some() || breed.pattern.is_some() || breed.coat.is_some() {
            return;
        }
        let value = self.value(Column::Breed, cells);
        if let Some(value) = value.filter(|word| !says_nothing(word) && parse_species(word).is_none()) {
            let message = "no breed is known by this name: only the words were kept";
            warnings.push(warning(&self.header, Column::Breed, value, message));
        }
    }

    pub(super) fn colors(&self, cells: &[String]) -> (NormalisedColors, Option<String>) {
        let Some(raw) = join(self.header.values(Column::Color, cells)) else {
            return (NormalisedColors::default(), None);
        };
        // Petfinder lists `Dilute Calico` among the breeds of cats, and calico as its colour.
        let is_dilute = |cell: &str| fold(cell).split(' ').any(|word| word == "dilute");
        let words = match self.breed_cells(cells).any(is_dilute) {
            true => Cow::Owned(format!("dilute {raw}")),
            false => Cow::Borrowed(raw.as_str()),
        };
        let colors = self.colors.recall((), &words, || normalise_colors(&words));
        (colors, Some(raw))
    }

    /// A pattern column takes precedence over the colour, and the colour over the breed, except that a colour with
    /// merely two colours never overrides the breed's pattern.
    pub(super) fn pattern(
        &self,
        species: Species,
        cells: &[String],
        color: Option<CoatPattern>,
        breed: Option<CoatPattern>,
    ) -> CoatPattern {
        let own = self.value(Column::Pattern, cells).and_then(parse_pattern);
        let color = match (color, breed) {
            (Some(CoatPattern::Bicolor), Some(_)) => None,
            _ => color,
        };
        match own.or(color).or(breed).unwrap_or(CoatPattern::Unknown) {
            // The stripes of dogs have another name.
            CoatPattern::Tabby if species == Species::Dog && !self.header.format.verbatim => CoatPattern::Brindle,
            pattern => pattern,
        }
    }

    pub(super) fn sex(&self, cells: &[String]) -> (Sex, Altered) {
        let (sex, altered) = self
            .value(Column::Sex, cells)
            .map_or((Sex::Unknown, Altered::Unknown), parse_sex);
        let columns = self.header.values(Column::Altered, cells).map(parse_altered);
        let known = columns.into_iter().find(|altered| *altered != Altered::Unknown);
        let features = self
            .header
            .values(Column::Features, cells)
            .flat_map(|list| list.split(','));
        let is_listed = || features.map(str::trim).any(|word| word.eq_ignore_ascii_case("altered"));
        match known.unwrap_or(altered) {
            Altered::Unknown if is_listed() => (sex, Altered::Yes),
            altered => (sex, altered),
        }
    }

    /// The day of birth; a date after the import is a mistake.
    pub(super) fn birth_date(&self, cells: &[String]) -> Option<Timestamp> {
        let raw = self.value(Column::BirthDate, cells)?;
        let born = self.calendar.parse(Column::BirthDate, raw, None).ok().flatten()?;
        (born <= self.calendar.today).then(|| self.calendar.midnight(born))
    }

    /// Warns about a day of birth that was left out.
    pub(super) fn note_birth_date(&self, cells: &[String], warnings: &mut Vec<RowWarning>) {
        let Some(value) = self.value(Column::BirthDate, cells) else {
            return;
        };
        let message = match self.calendar.parse(Column::BirthDate, value, None) {
            Ok(born) if born.is_none_or(|born| born <= self.calendar.today) => return,
            Ok(_) => "the day of birth is in the future: it was left out".to_owned(),
            Err(fault) => format!("{fault}: it was left out"),
        };
        warnings.push(warning(&self.header, Column::BirthDate, value, message));
    }

    pub(super) fn age_group(&self, cells: &[String], word: SpeciesWord) -> AgeGroup {
        let known = |raw: &str, unit| self.ages.recall(unit, raw, || age_in(raw, unit));
        let age = |column, unit| self.value(column, cells).map_or(Age::Unknown, |raw| known(raw, unit));
        let ages = [
            age(Column::Age, None),
            sum(age(Column::AgeYears, Some(365)), age(Column::AgeMonths, Some(30))),
        ];
        let told = ages
            .into_iter()
            .map(|age| age.group(word.species))
            .find(|group| *group != AgeGroup::Unknown);
        let sized = self
            .value(Column::Size, cells)
            .map(|raw| known(raw, None).group(word.species));
        told.or(word.age).or(sized).unwrap_or(AgeGroup::Unknown)
    }

    pub(super) fn weight(&self, cells: &[String]) -> Option<i32> {
        parse_weight(self.value(Column::Weight, cells)?, weight_unit(&self.header, cells))
    }
}

/// Years and months together, if both are told.
fn sum(years: Age, months: Age) -> Age {
    match (years, months) {
        (Age::Days(years), Age::Days(months)) => Age::Days(years.saturating_add(months)),
        (Age::Unknown, months) => months,
        (years, _) => years,
    }
}
