//! Converts the cells of one record to an animal, or to a list of errors.

use entity::{
    Timestamp,
    vocabulary::{Altered, CoatLength, IntakeKind, PetKind, PetSize, PetStatus, Species},
};

use pet_vocabulary::{
    ChipReading, MOST_CHIPS, NormalisedBreed, NormalisedColors, SpeciesWord, parse_altered, parse_microchip,
    parse_species, species_of_breed,
};

use super::{
    Aspect, CellError, ImportedAnimal, RowWarning,
    aspects::{says_nothing, silent},
    columns::{Header, check_shape},
    dates::Calendar,
    formats::Column,
    identity::{Seen, alternative_ids, id_of_content, withholds},
    memo::Memo,
    outcome::{Cells, Meanings, Outcome, words_of},
    place,
    public_words::{PublicWords, public_word},
    records::Record,
    text,
};

mod looks;

/// Intakes before 2000-01-01 are refused: they are typing errors, or records of animals long gone.
const EARLIEST: Timestamp = Timestamp(946_684_800_000);

/// How far the clock of the machine that wrote a file may be ahead of ours, in milliseconds.
const CLOCKS_DIFFER: i64 = 60 * 60 * 1000;

/// What to do about a word for the species that is not known.
const UNKNOWN_SPECIES: &str = "this species is not known: write Dog, Cat, Rabbit, Bird, Small mammal, Reptile, Horse, \
                               Farm animal or Other; or, if the column does not tell the species, map the one that does \
                               to SPECIES";

/// Reads the rows of one file.
pub(super) struct RowReader {
    pub(super) header: Header,
    calendar: Calendar,
    seen: Seen,
    breeds: Memo<(Species, String), NormalisedBreed>,
    colors: Memo<String, NormalisedColors>,
    meanings: Meanings,
}

impl RowReader {
    pub(super) fn new(header: Header, calendar: Calendar) -> Self {
        Self {
            header,
            calendar,
            seen: Seen::default(),
            breeds: Memo::new(),
            colors: Memo::new(),
            meanings: Meanings::new(),
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
        &mut self,
        record: &Record,
        warnings: &mut Vec<RowWarning>,
    ) -> Result<ImportedAnimal, Vec<CellError>> {
        let whole = self.filled_up(record, warnings);
        let record = whole.as_ref().unwrap_or(record);
        check_shape(&self.header, &record.cells, record.last)?;
        let Some(cells) = self.header.in_english(&record.cells) else {
            return self.animal_in(record, warnings);
        };
        let english = Record {
            cells,
            ..record.clone()
        };
        let animal = self.animal_in(&english, warnings)?;
        Ok(self.in_words_of(&record.cells, animal).sealed())
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
    fn animal_in(&mut self, record: &Record, warnings: &mut Vec<RowWarning>) -> Result<ImportedAnimal, Vec<CellError>> {
        let cells = record.cells.as_slice();
        let mut errors = Vec::new();
        let external_id = keep(self.external_id(cells), &mut errors);
        let species = keep(self.species(cells), &mut errors);
        let seen_at = keep(self.seen_at(cells), &mut errors);
        match (external_id, species, seen_at) {
            (Some(id), Some(species), Some(seen_at)) if errors.is_empty() => {
                let mut silent = silent(&self.header, record, warnings);
                let words = PublicWords::read(&self.header, cells, &id, warnings);
                let stay = self.stay(cells, species.0.dead, seen_at, warnings);
                let animal = self.animal(cells, (id, words), species, seen_at, stay);
                self.note_breed(cells, &animal.breed, warnings);
                self.note_birth_date(cells, warnings);
                // "Neutered Male" says it in the column for the sex.
                silent.retain(|aspect| *aspect != Aspect::Altered || animal.altered == Altered::Unknown);
                Ok(ImportedAnimal { silent, ..animal }.sealed())
            }
            _ => Err(errors),
        }
    }

    /// The animal with the words that stand in the file.
    fn in_words_of(&self, cells: &[String], animal: ImportedAnimal) -> ImportedAnimal {
        let shown = |words: Option<String>| words.map(|words| public_word(&words));
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

    /// What the row says of its animal's stay.
    fn stay(
        &mut self,
        cells: &[String],
        dead: bool,
        (came_at, dated): (Timestamp, bool),
        warnings: &mut Vec<RowWarning>,
    ) -> Stay {
        let row = Cells {
            header: &self.header,
            cells,
            said: &words_of(&self.header, cells, &mut self.meanings),
            calendar: &self.calendar,
        };
        let outcome = row.outcome(dead, dated.then_some(came_at), warnings);
        row.note_intake(warnings);
        let in_care = outcome.status == PetStatus::Open && row.kind() == PetKind::Sheltered;
        Stay {
            kind: row.kind(),
            outcome,
            intake_kind: row.intake_kind(),
            kennel: row.kennel().filter(|_| in_care).or_else(|| row.kennel_name()),
            hold_until: row.hold_until(),
        }
    }

    fn error(&self, column: Column, value: Option<&str>, reason: impl Into<String>) -> CellError {
        CellError::new(self.header.title_of(column), value, reason)
    }

    fn value<'a>(&'a self, column: Column, cells: &'a [String]) -> Option<&'a str> {
        self.header.value(column, cells)
    }

    fn external_id(&self, cells: &[String]) -> Result<String, CellError> {
        if !self.header.has(Column::ExternalId) {
            let chip = parse_microchip(self.value(Column::Microchip, cells).unwrap_or_default());
            return Ok(id_of_content(&self.header, cells, &chip_fields(chip).1));
        }
        let id = self
            .value(Column::ExternalId, cells)
            .filter(|id| !matches!(*id, "N/A" | "NULL" | "null"));
        match id {
            None => Err(self.error(Column::ExternalId, None, "the animal has no id")),
            Some(id) if 100 < id.chars().count() => {
                Err(self.error(Column::ExternalId, Some(id), "the id is longer than 100 letters"))
            }
            Some(id) => Ok(id.to_owned()),
        }
    }

    fn species(&self, cells: &[String]) -> Result<(SpeciesWord, String), CellError> {
        let raw = self.value(Column::Species, cells);
        let Some(raw) = raw else {
            return Err(self.error(Column::Species, None, "the species is missing"));
        };
        let usual = || {
            self.header
                .format
                .usual_species
                .filter(|_| !says_nothing(raw))
                .and_then(parse_species)
        };
        let Some(mut word) = parse_species(raw).or_else(usual) else {
            return Err(self.error(Column::Species, Some(raw), UNKNOWN_SPECIES));
        };
        if matches!(word.species, Species::Other | Species::Farm)
            && let Some(species) = self.value(Column::Breed, cells).and_then(species_of_breed)
            && species != Species::Other
        {
            word.species = species;
        }
        Ok((word, raw.to_owned()))
    }

    /// The instant, and whether it comes from the file.
    fn seen_at(&self, cells: &[String]) -> Result<(Timestamp, bool), CellError> {
        let column = match self.header.has(Column::IntakeDate) {
            true => Column::IntakeDate,
            false if self.value(Column::Arrival, cells).is_some() => Column::Arrival,
            false => return Ok((self.calendar.today, false)),
        };
        let raw = self.value(column, cells);
        let refuse = |reason: &str| Err(self.error(column, raw, reason));
        let time = self.value(Column::IntakeTime, cells);
        let today = self.calendar.today;
        match self.calendar.parse(column, raw.unwrap_or_default(), time) {
            Err(reason) => refuse(reason),
            Ok(None) => refuse("the date is missing"),
            Ok(Some(seen_at)) if seen_at < EARLIEST => refuse("the date is before the year 2000"),
            Ok(Some(seen_at)) if today.0.saturating_add(CLOCKS_DIFFER) < seen_at.0 => {
                refuse("the date is in the future, read by the shelter's clock: see its timeZone")
            }
            Ok(Some(seen_at)) => Ok((seen_at.min(today), true)),
        }
    }

    /// The chips in the columns; an invalid number counts as absent.
    fn microchip(&self, cells: &[String]) -> ChipReading {
        match parse_microchip(self.value(Column::Microchip, cells).unwrap_or_default()) {
            ChipReading::Refused(_) | ChipReading::Unknown => parse_chip_status(self.value(Column::ChipStatus, cells)),
            reading => reading,
        }
    }

    fn animal(
        &mut self,
        cells: &[String],
        (external_id, words): (String, PublicWords),
        (species_word, species_raw): (SpeciesWord, String),
        (seen_at, dated): (Timestamp, bool),
        stay: Stay,
    ) -> ImportedAnimal {
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
            breed_raw: join(self.breed_cells(cells)).map(|words| public_word(&words)),
            sex,
            altered,
            size: self.size(cells).or(breed.size).unwrap_or(PetSize::Unknown),
            age_group: self.age_group(cells, species_word),
            birth_date: self.birth_date(cells),
            coat: self.coat(cells).or(breed.coat).unwrap_or(CoatLength::Unknown),
            colors: colors.colors,
            color_raw: color_raw.map(|words| public_word(&words)),
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
            .map(|text| text.chars().take(letters).collect())
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
        let joined = public_word(&join(words.into_iter())?);
        Some(joined.chars().take(100).collect())
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

/// What a row says of its animal's stay.
struct Stay {
    kind: PetKind,
    outcome: Outcome,
    intake_kind: IntakeKind,
    kennel: Option<String>,
    hold_until: Option<Timestamp>,
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

fn keep<T>(result: Result<T, CellError>, errors: &mut Vec<CellError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}
