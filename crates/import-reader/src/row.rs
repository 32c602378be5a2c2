//! Converts the cells of one record to an animal, or to a list of errors.

use std::borrow::Cow;

use entity::vocabulary::{Altered, CoatLength, PetSize, Species};

use pet_vocabulary::{
    Age, ChipReading, MOST_CHIPS, NormalisedBreed, NormalisedColors, SpeciesWord, parse_altered, parse_microchip,
};

use self::basis::{Basis, Stay};

use super::{
    Aspect, CellError, Gist, ImportedAnimal, RowWarning,
    animal::moment,
    aspects::{Unread, says_nothing, silent},
    columns::{Header, check_shape},
    dates::Calendar,
    formats::Column,
    identity::{Seen, alternative_ids, withholds},
    memo::Memo,
    outcome::Meanings,
    place,
    public_words::{PublicWords, Shown, public_word},
    records::Record,
    text,
};

mod basis;
mod looks;

/// Reads the rows of one file.
pub(super) struct RowReader {
    pub(super) header: Header,
    calendar: Calendar,
    seen: Seen,
    known_species: Memo<(), Option<SpeciesWord>>,
    breeds: Memo<Species, NormalisedBreed>,
    colors: Memo<(), NormalisedColors>,
    ages: Memo<Option<u32>, Age>,
    meanings: Meanings,
    unread: Unread,
    public_words: Shown,
}

impl RowReader {
    pub(super) fn new(header: Header, calendar: Calendar) -> Self {
        Self {
            header,
            calendar,
            seen: Seen::default(),
            known_species: Memo::new(),
            breeds: Memo::new(),
            colors: Memo::new(),
            ages: Memo::new(),
            meanings: Meanings::new(),
            unread: Unread::new(),
            public_words: Shown::new(),
        }
    }

    /// Whether a record is blank, or says "N/A" in every cell.
    pub(super) fn is_blank(cells: &[String]) -> bool {
        let is_nothing = |cell: &String| matches!(cell.trim(), "" | "N/A" | "NULL" | "null");
        cells.iter().all(is_nothing)
    }

    /// Whether a record only adds to an animal above, or is an object that names an animal and withholds the rest.
    pub(super) fn is_further(&mut self, record: &Record) -> bool {
        self.header.width() <= record.cells.len()
            && (withholds(&self.header, record) || self.seen.is_further_row(&self.header, &record.cells))
    }

    /// The animal in a record, or all errors in it.
    pub(super) fn read(
        &self,
        record: &Record,
        warnings: &mut Vec<RowWarning>,
    ) -> Result<ImportedAnimal, Vec<CellError>> {
        let record = self.whole(record, warnings)?;
        let Some(cells) = self.header.in_english(&record.cells) else {
            return self.animal_in(&record, warnings);
        };
        let english = Record {
            cells,
            ..record.as_ref().clone()
        };
        let animal = self.animal_in(&english, warnings)?;
        Ok(self.in_words_of(&record.cells, animal).sealed())
    }

    /// The gist of the animal that [`Self::read`] finds in a record, or the same errors.
    pub(super) fn gist(&self, record: &Record) -> Result<Gist, Vec<CellError>> {
        let mut unused = Vec::new();
        let record = self.whole(record, &mut unused)?;
        let english = self.header.in_english(&record.cells);
        let cells = english.as_ref().unwrap_or(&record.cells);
        let Basis {
            external_id,
            seen_at,
            stay: Stay { outcome, .. },
            ..
        } = self.basis(cells, &mut unused)?;
        Ok(Gist {
            external_id,
            moment: moment(seen_at, outcome.left_at),
            event_at: outcome.event_at,
            status: outcome.status,
            keeping: outcome.keeping,
        })
    }

    /// A record with as many cells as the header, or why it cannot be read.
    fn whole<'a>(&self, record: &'a Record, warnings: &mut Vec<RowWarning>) -> Result<Cow<'a, Record>, Vec<CellError>> {
        let filled = self.filled_up(record, warnings);
        let record = filled.map_or(Cow::Borrowed(record), Cow::Owned);
        check_shape(&self.header, &record.cells, record.last)?;
        Ok(record)
    }

    /// A record whose last cells are missing, as spreadsheets leave them out if they are blank; `None` if it is whole, or
    /// if it does not say what it must.
    fn filled_up(&self, record: &Record, warnings: &mut Vec<RowWarning>) -> Option<Record> {
        let (found, width) = (record.cells.len(), self.header.width());
        let required = [Column::ExternalId, Column::Species, Column::IntakeDate];
        let is_told = |column| !self.header.has(column) || self.value(column, &record.cells).is_some();
        if record.last || width <= found || !required.into_iter().all(is_told) {
            return None;
        }
        let message =
            format!("the record has {found} cells, the header has {width}: the last ones were taken as missing");
        warnings.push(RowWarning::new(
            None,
            record.cells.last().map_or("", String::as_str),
            message,
        ));
        let mut filled = record.clone();
        filled.cells.resize(width, String::new());
        filled.absent.extend(found..width);
        Some(filled)
    }

    /// The animal in a record in English.
    fn animal_in(&self, record: &Record, warnings: &mut Vec<RowWarning>) -> Result<ImportedAnimal, Vec<CellError>> {
        let cells = record.cells.as_slice();
        let mut of_stay = Vec::new();
        let basis = self.basis(cells, &mut of_stay)?;
        let mut silent = silent(&self.header, record, &self.unread, warnings);
        let words = PublicWords::read(&self.header, cells, &basis.external_id, &self.public_words, warnings);
        warnings.append(&mut of_stay);
        let animal = self.animal(cells, basis, words);
        self.note_breed(cells, &animal.breed, warnings);
        self.note_birth_date(cells, warnings);
        // "Neutered Male" says it in the column for the sex.
        silent.retain(|aspect| *aspect != Aspect::Altered || animal.altered == Altered::Unknown);
        Ok(ImportedAnimal { silent, ..animal }.sealed())
    }

    /// The animal with the words that stand in the file.
    fn in_words_of(&self, cells: &[String], animal: ImportedAnimal) -> ImportedAnimal {
        let shown = |words: Option<String>| words.map(|words| public_word(&words, &self.public_words));
        let species = self.value(Column::Species, cells).map(str::to_owned);
        ImportedAnimal {
            species_raw: species.unwrap_or_default(),
            breed_raw: shown(join(self.breed_cells(cells))),
            color_raw: shown(join(self.header.values(Column::Color, cells))),
            microchip_raw: self.text(Column::Microchip, cells, 200),
            intake_type: self.intake_type(cells),
            ..animal
        }
    }

    fn error(&self, column: Column, value: Option<&str>, reason: impl Into<String>) -> CellError {
        CellError::new(self.header.title_of(column), value, reason)
    }

    fn value<'a>(&'a self, column: Column, cells: &'a [String]) -> Option<&'a str> {
        self.header.value(column, cells)
    }

    /// The chips in the columns; an invalid number counts as absent.
    fn microchip(&self, cells: &[String]) -> ChipReading {
        match parse_microchip(self.value(Column::Microchip, cells).unwrap_or_default()) {
            ChipReading::Refused(_) | ChipReading::Unknown => parse_chip_status(self.value(Column::ChipStatus, cells)),
            reading => reading,
        }
    }

    fn animal(&self, cells: &[String], basis: Basis, words: PublicWords) -> ImportedAnimal {
        let Basis {
            external_id,
            species: (species_word, species_raw),
            seen_at: (seen_at, dated),
            stay,
        } = basis;
        let shown = |words: Option<String>| words.map(|words| public_word(&words, &self.public_words));
        let species = species_word.species;
        let breed = self.breed(species, cells);
        let (colors, color_raw) = self.colors(cells);
        let (sex, altered) = self.sex(cells);
        let (microchipped, microchips) = chip_fields(self.microchip(cells));
        let found_at = place::found_at(&self.header, cells, self.calendar.is_metric);
        ImportedAnimal {
            alternative_ids: alternative_ids(&self.header, cells, &external_id),
            external_id,
            kind: stay.kind,
            status: stay.outcome.status,
            outcome: stay.outcome.outcome,
            stage: stay.outcome.stage,
            left_at: stay.outcome.left_at,
            event_at: stay.outcome.event_at,
            keeping: stay.outcome.keeping,
            name: words.name,
            species,
            species_raw,
            breed_raw: shown(join(self.breed_cells(cells))),
            sex,
            altered,
            size: self.size(cells).or(breed.size).unwrap_or(PetSize::Unknown),
            age_group: self.age_group(cells, species_word),
            birth_date: self.birth_date(cells),
            coat: self.coat(cells).or(breed.coat).unwrap_or(CoatLength::Unknown),
            colors: colors.colors,
            color_raw: shown(color_raw),
            pattern: self.pattern(species, cells, colors.pattern, breed.pattern),
            dilute: colors.dilute,
            breed,
            markings: words.markings,
            weight_grams: self.weight(cells),
            microchipped,
            microchips,
            microchip_raw: self.text(Column::Microchip, cells, 200),
            description: words.description,
            original_text: words.original,
            seen_at,
            dated,
            intake_kind: stay.intake_kind,
            hold_until: stay.hold_until,
            kennel: stay.kennel,
            intake_type: self.intake_type(cells),
            found_place: found_at.text,
            point: found_at.point,
            postal_code: found_at.postal_code,
            photo_urls: self.photo_urls(cells),
            silent: Vec::new(),
            fingerprint: 0,
        }
    }

    /// The first non-empty cell with that meaning, cut to this many characters.
    fn text(&self, column: Column, cells: &[String], letters: usize) -> Option<String> {
        self.value(column, cells)
            .map(|words| text::beginning(words, letters).to_owned())
    }

    /// The kind of intake, and the conditions on arrival and departure if they are different words; some condition
    /// columns only say yes or no.
    fn intake_type(&self, cells: &[String]) -> Option<String> {
        let columns = [Column::IntakeType, Column::IntakeSubtype, Column::Condition];
        let mut words: Vec<&str> = Vec::new();
        for word in columns.into_iter().flat_map(|column| self.header.values(column, cells)) {
            let says_more = parse_altered(word) == Altered::Unknown && !says_nothing(word);
            if says_more && !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                words.push(word);
            }
        }
        let joined = public_word(&join(words.into_iter())?, &self.public_words);
        Some(text::beginning(&joined, 100).to_owned())
    }

    fn photo_urls(&self, cells: &[String]) -> Vec<String> {
        let mut urls: Vec<String> = Vec::new();
        for url in self
            .header
            .values(Column::Photo, cells)
            .flat_map(text::addresses)
            .filter_map(text::photo_url)
        {
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        urls
    }
}

/// Whether there is a chip, and its numbers.
fn chip_fields(chip: ChipReading) -> (Option<bool>, Vec<String>) {
    match chip {
        ChipReading::Flag(flag) => (Some(flag), Vec::new()),
        ChipReading::Chips(chips) => {
            let numbers = chips.into_iter().map(|chip| chip.number);
            (Some(true), numbers.take(MOST_CHIPS).collect())
        }
        ChipReading::Unknown | ChipReading::Refused(_) => (None, Vec::new()),
    }
}

fn parse_chip_status(raw: Option<&str>) -> ChipReading {
    match parse_microchip(raw.unwrap_or_default()) {
        flag @ ChipReading::Flag(_) => flag,
        _ => ChipReading::Unknown,
    }
}

fn join<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let joined = values.collect::<Vec<_>>().join(" / ");
    (!joined.is_empty()).then_some(joined)
}
