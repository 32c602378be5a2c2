//! Converts the cells of one record to an animal, or to a list of errors.

use entity::{
    Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, IntakeKind, PetSize, Sex, Species},
};

use pet_vocabulary::{
    Age, ChipReading, MOST_CHIPS, NormalisedBreed, NormalisedColors, SpeciesWord, WeightUnit, fold, normalise_breed,
    normalise_colors, parse_age, parse_altered, parse_coat, parse_microchip, parse_pattern, parse_sex, parse_size,
    parse_species, parse_weight, species_of_breed,
};

use super::{
    CellError, ImportedAnimal, RowWarning,
    aspects::{says_nothing, silent, warning},
    columns::{Column, Header, check_shape},
    dates::Calendar,
    identity::{Seen, id_of_content},
    intake::intake_word,
    memo::Memo,
    outcome::{self, Cells, Outcome},
    place,
    public_words::{PublicWords, public_word},
    records::Record,
    text,
};

/// Intakes before 2000-01-01 are refused: they are typing errors, or records of animals long gone.
const EARLIEST: Timestamp = Timestamp(946_684_800_000);

/// How far the clock of the machine that wrote a file may be ahead of ours, in milliseconds.
const CLOCKS_DIFFER: i64 = 60 * 60 * 1000;

/// Reads the rows of one file.
pub(super) struct RowReader {
    pub(super) header: Header,
    calendar: Calendar,
    seen: Seen,
    breeds: Memo<(Species, String), NormalisedBreed>,
    colors: Memo<String, NormalisedColors>,
}

impl RowReader {
    pub(super) fn new(header: Header, calendar: Calendar) -> Self {
        Self {
            header,
            calendar,
            seen: Seen::default(),
            breeds: Memo::new(),
            colors: Memo::new(),
        }
    }

    /// Whether a record is blank.
    pub(super) fn is_blank(cells: &[String]) -> bool {
        cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Whether a record only adds to an animal above.
    pub(super) fn is_further(&mut self, cells: &[String]) -> bool {
        self.header.width() <= cells.len() && self.seen.is_further_row(&self.header, cells)
    }

    /// The animal in a record, or all errors in it.
    pub(super) fn read(
        &mut self,
        record: &Record,
        warnings: &mut Vec<RowWarning>,
    ) -> Result<ImportedAnimal, Vec<CellError>> {
        let cells = record.cells.as_slice();
        check_shape(&self.header, cells, record.last)?;
        let mut errors = Vec::new();
        let external_id = keep(self.external_id(cells), &mut errors);
        let species = keep(self.species(cells), &mut errors);
        let seen_at = keep(self.seen_at(cells), &mut errors);
        match (external_id, species, seen_at) {
            (Some(id), Some(species), Some(seen_at)) if errors.is_empty() => {
                let silent = silent(&self.header, record, warnings);
                let words = PublicWords::read(&self.header, cells, &id, warnings);
                let row = Cells {
                    header: &self.header,
                    cells,
                    calendar: &self.calendar,
                };
                let came_at = seen_at.1.then_some(seen_at.0);
                let outcome = row.outcome(species.0.dead, came_at, warnings);
                let animal = self.animal(cells, (id, words), species, seen_at, outcome);
                self.note_breed(cells, &animal.breed, warnings);
                Ok(ImportedAnimal { silent, ..animal }.sealed())
            }
            _ => Err(errors),
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
        let Some(mut word) = parse_species(raw) else {
            return Err(self.error(Column::Species, Some(raw), "this species is not known"));
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
        if !self.header.has(Column::IntakeDate) {
            return Ok((self.calendar.today, false));
        }
        let raw = self.value(Column::IntakeDate, cells);
        let refuse = |reason: &str| Err(self.error(Column::IntakeDate, raw, reason));
        let time = self.value(Column::IntakeTime, cells);
        let today = self.calendar.today;
        match self.calendar.parse(Column::IntakeDate, raw.unwrap_or_default(), time) {
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
        outcome: Outcome,
    ) -> ImportedAnimal {
        let species = species_word.species;
        let breed = self.breed(species, cells);
        let (colors, color_raw) = self.colors(cells);
        let (sex, altered) = self.sex(cells);
        let (microchipped, microchips) = chip_fields(self.microchip(cells));
        let found_at = place::found_at(&self.header, cells);
        ImportedAnimal {
            external_id,
            kind: outcome::kind(&self.header, cells),
            status: outcome.status,
            outcome: outcome.outcome,
            stage: outcome.stage,
            left_at: outcome.left_at,
            event_at: outcome.event_at,
            keeping: outcome.keeping,
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
            pattern: self.pattern(cells, colors.pattern, breed.pattern),
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
            intake_kind: self.intake_kind(cells),
            kennel: self.text(Column::Kennel, cells, 100),
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
            let says_more = parse_altered(word) == Altered::Unknown;
            if says_more && !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                words.push(word);
            }
        }
        let joined = public_word(&join(words.into_iter())?);
        Some(joined.chars().take(100).collect())
    }

    /// The first word for the kind of intake that is understood.
    fn intake_kind(&self, cells: &[String]) -> IntakeKind {
        let columns = [Column::IntakeType, Column::IntakeSubtype];
        let mut words = columns.into_iter().flat_map(|column| self.header.values(column, cells));
        words
            .find_map(|word| intake_word(&fold(word)))
            .unwrap_or(IntakeKind::Unknown)
    }

    fn size(&self, cells: &[String]) -> Option<PetSize> {
        self.value(Column::Size, cells).and_then(parse_size)
    }

    fn coat(&self, cells: &[String]) -> Option<CoatLength> {
        self.value(Column::Coat, cells).and_then(parse_coat)
    }

    fn breed_cells<'a>(&'a self, cells: &'a [String]) -> impl Iterator<Item = &'a str> {
        [Column::Breed, Column::SecondBreed]
            .into_iter()
            .filter_map(|column| self.value(column, cells))
    }

    fn breed(&mut self, species: Species, cells: &[String]) -> NormalisedBreed {
        let raw = self.breed_cells(cells).collect::<Vec<_>>().join("/");
        let says_mixed = self
            .value(Column::Mixed, cells)
            .is_some_and(|word| parse_altered(word) == Altered::Yes);
        let mut breed = self
            .breeds
            .recall((species, raw), |(species, raw)| normalise_breed(*species, raw));
        breed.mixed |= says_mixed;
        breed
    }

    /// Warns about a breed that is not understood at all. Many files repeat the species in that column.
    fn note_breed(&self, cells: &[String], breed: &NormalisedBreed, warnings: &mut Vec<RowWarning>) {
        if breed.mixed || breed.primary.is_some() || breed.pattern.is_some() || breed.coat.is_some() {
            return;
        }
        let value = self.value(Column::Breed, cells);
        if let Some(value) = value.filter(|word| !says_nothing(word) && parse_species(word).is_none()) {
            let message = "no breed is known by this name: only the words were kept";
            warnings.push(warning(&self.header, Column::Breed, value, message));
        }
    }

    fn colors(&mut self, cells: &[String]) -> (NormalisedColors, Option<String>) {
        let Some(raw) = join(self.header.values(Column::Color, cells)) else {
            return (NormalisedColors::default(), None);
        };
        (self.colors.recall(raw.clone(), |raw| normalise_colors(raw)), Some(raw))
    }

    /// A pattern column takes precedence over the colour, and the colour over the breed, except that a colour with
    /// merely two colours never overrides the breed's pattern.
    fn pattern(&self, cells: &[String], color: Option<CoatPattern>, breed: Option<CoatPattern>) -> CoatPattern {
        let own = self.value(Column::Pattern, cells).and_then(parse_pattern);
        let color = match (color, breed) {
            (Some(CoatPattern::Bicolor), Some(_)) => None,
            _ => color,
        };
        own.or(color).or(breed).unwrap_or(CoatPattern::Unknown)
    }

    fn sex(&self, cells: &[String]) -> (Sex, Altered) {
        let (sex, altered) = self
            .value(Column::Sex, cells)
            .map_or((Sex::Unknown, Altered::Unknown), parse_sex);
        let columns = self.header.values(Column::Altered, cells).map(parse_altered);
        let known = columns.into_iter().find(|altered| *altered != Altered::Unknown);
        (sex, known.unwrap_or(altered))
    }

    /// The day of birth; a date after the import is a mistake.
    fn birth_date(&self, cells: &[String]) -> Option<Timestamp> {
        let raw = self.value(Column::BirthDate, cells)?;
        let born = self.calendar.parse(Column::BirthDate, raw, None).ok().flatten()?;
        (born <= self.calendar.today).then_some(born)
    }

    fn age_group(&self, cells: &[String], word: SpeciesWord) -> AgeGroup {
        let age = |column, unit| {
            self.value(column, cells)
                .map_or(Age::Unknown, |raw| parse_age(raw, unit))
        };
        let ages = [
            age(Column::Age, None),
            age(Column::AgeYears, Some(365)),
            age(Column::AgeMonths, Some(30)),
        ];
        let told = ages
            .into_iter()
            .map(|age| age.group(word.species))
            .find(|group| *group != AgeGroup::Unknown);
        let sized = self
            .value(Column::Size, cells)
            .map(|raw| parse_age(raw, None).group(word.species));
        told.or(word.age).or(sized).unwrap_or(AgeGroup::Unknown)
    }

    fn weight(&self, cells: &[String]) -> Option<i32> {
        let unit = self
            .value(Column::WeightUnit, cells)
            .and_then(WeightUnit::parse)
            .unwrap_or(WeightUnit::Pound);
        parse_weight(self.value(Column::Weight, cells)?, unit)
    }

    fn photo_urls(&self, cells: &[String]) -> Vec<String> {
        let mut urls: Vec<String> = Vec::new();
        for url in self.header.values(Column::Photo, cells).filter_map(text::photo_url) {
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

fn keep<T>(result: Result<T, CellError>, errors: &mut Vec<CellError>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}
