//! The columns, each with its title and the function that fills it.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use entity::{
    Timestamp,
    vocabulary::{IntakeKind, PetKind},
};

use super::{
    listed::{FoundAt, Listed, ListedStay},
    stay_words,
};
use crate::words;

/// A column.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) cell: fn(&Line<'_>) -> String,
}

/// A row before it is written.
pub(super) struct Line<'a> {
    pub(super) listed: &'a Listed<'a>,
    /// `None` for an animal without any.
    pub(super) stay: Option<&'a ListedStay<'a>>,
    pub(super) zone: Tz,
    pub(super) intake_kind: fn(&str) -> IntakeKind,
}

/// Title of the column that not every reader of a file may see.
pub(super) const MICROCHIP: &str = "Microchip";

/// The columns of every file.
///
/// The reader takes no column with the titles Collar Worn and ID Source: they are for people, and together with Last Changed
/// they tell it whose file this is. It would take Collar for further marks, and Location for the place where the animal was
/// found.
pub(super) static COLUMNS: [Column; 38] = [
    column("Animal ID", id),
    column("ID Source", |line| line.listed.animal.source.clone()),
    column("Name", |line| text(&line.listed.animal.name)),
    column("Species", |line| words::species(line.listed.animal.species).to_owned()),
    column("Primary Breed", primary_breed),
    column("Secondary Breed", |line| text(&line.listed.animal.breed_secondary)),
    column("Mixed", mixed),
    column("Sex", |line| words::sex(line.listed.animal.sex).to_owned()),
    column("Altered", |line| words::altered(line.listed.animal.altered).to_owned()),
    column("Date Of Birth", birth_date),
    column("Age Group", |line| words::age(line.listed.animal.age_group).to_owned()),
    column("Size", |line| words::size(line.listed.animal.size).to_owned()),
    column("Weight", |line| number(line.listed.animal.weight_grams)),
    column("Weight Unit", weight_unit),
    column("Coat", |line| words::coat(line.listed.animal.coat).to_owned()),
    column("Color", colors),
    column("Pattern", |line| words::pattern(line.listed.animal.pattern).to_owned()),
    column("Markings", |line| text(&line.listed.animal.markings)),
    column("Collar Worn", |line| text(&line.listed.animal.collar)),
    column(MICROCHIP, microchip),
    column("Description", |line| text(&line.listed.animal.description)),
    column("Intake Date", intake_date),
    column("Intake Type", intake_type),
    column("Status", status),
    column("Kennel", kennel),
    column("Outcome Type", outcome_type),
    column("Outcome Date", outcome_date),
    column("Last Changed", |line| time(line, line.listed.animal.updated_at)),
    column("Photo1", |line| photo(line, 0)),
    column("Photo2", |line| photo(line, 1)),
    column("Photo3", |line| photo(line, 2)),
    column("Photo4", |line| photo(line, 3)),
    column("Photo5", |line| photo(line, 4)),
    column("Photo6", |line| photo(line, 5)),
    column("Photo7", |line| photo(line, 6)),
    column("Photo8", |line| photo(line, 7)),
    column("Photo9", |line| photo(line, 8)),
    column("Photo10", |line| photo(line, 9)),
];

/// The columns of files that tell places.
pub(super) static PLACES: [Column; 4] = [
    column("Found Location", |line| {
        found_at(line).address.unwrap_or_default().to_owned()
    }),
    column("Found Zipcode", |line| {
        found_at(line).postal_code.unwrap_or_default().to_owned()
    }),
    column("Latitude", |line| number(found_at(line).point.map(|point| point.0))),
    column("Longitude", |line| number(found_at(line).point.map(|point| point.1))),
];

const fn column(title: &'static str, cell: fn(&Line<'_>) -> String) -> Column {
    Column { title, cell }
}

/// The shelter's id, or ours if it has none.
fn id(line: &Line<'_>) -> String {
    let animal = line.listed.animal;
    animal.external_id.clone().unwrap_or_else(|| animal.id.to_string())
}

/// The breed, or the words that name none that is known.
fn primary_breed(line: &Line<'_>) -> String {
    let animal = line.listed.animal;
    text(if animal.breed_primary.is_some() {
        &animal.breed_primary
    } else {
        &animal.breed_raw
    })
}

fn mixed(line: &Line<'_>) -> String {
    if line.listed.animal.breed_mixed { "Yes" } else { "No" }.to_owned()
}

fn birth_date(line: &Line<'_>) -> String {
    let day = |at: Timestamp| at.to_utc().with_timezone(&line.zone).format("%Y-%m-%d").to_string();
    line.listed.animal.birth_date.map(day).unwrap_or_default()
}

fn weight_unit(line: &Line<'_>) -> String {
    line.listed.animal.weight_grams.map_or("", |_| "g").to_owned()
}

/// The colours with blanks between them: with any other sign, two of them would be read as a pattern of two colours.
fn colors(line: &Line<'_>) -> String {
    let colors = line.listed.animal.colors.colors();
    colors.into_iter().map(words::color).collect::<Vec<_>>().join(" ")
}

/// The numbers, or whether there is a chip. Hyphens keep spreadsheets from showing a number as 9.85E+14, or from dropping
/// the zeros in front.
fn microchip(line: &Line<'_>) -> String {
    let animal = line.listed.animal;
    let numbers = [&animal.microchip, &animal.second_microchip].into_iter().flatten();
    let numbers: Vec<String> = numbers.map(|number| in_groups(number)).collect();
    match (numbers.is_empty(), animal.microchipped) {
        (false, _) => numbers.join(" / "),
        (true, Some(true)) => "Yes".to_owned(),
        (true, Some(false)) => "No".to_owned(),
        (true, None) => String::new(),
    }
}

/// `985112003456789` as `985-112-003-456-789`.
fn in_groups(number: &str) -> String {
    let letters = number.chars().enumerate();
    letters.fold(String::new(), |mut grouped, (index, letter)| {
        if 0 < index && index % 3 == 0 {
            grouped.push('-');
        }
        grouped.push(letter);
        grouped
    })
}

/// When the animal came, or when it was lost or found.
fn intake_date(line: &Line<'_>) -> String {
    let taken_in = line.stay.map(|listed| listed.stay.intake_at);
    let reported = || line.listed.report.map(|report| report.seen_at);
    taken_in.or_else(reported).map(|at| time(line, at)).unwrap_or_default()
}

/// The shelter's word if it is read as the kind that is stored.
fn intake_type(line: &Line<'_>) -> String {
    let Some(ListedStay { stay, .. }) = line.stay else {
        return String::new();
    };
    let own = stay.intake_type.as_deref();
    let word = own.filter(|word| (line.intake_kind)(word) == stay.intake_kind);
    word.unwrap_or(stay_words::intake(stay.intake_kind)).to_owned()
}

/// What is done with an animal that is there; empty for one that has left.
fn status(line: &Line<'_>) -> String {
    match line.stay {
        Some(listed) if listed.stay.outcome.is_some() => "",
        Some(listed) => stay_words::stage(listed.stay.stage),
        None => stay_words::report(line.listed.report.map_or(PetKind::Sheltered, |report| report.kind)),
    }
    .to_owned()
}

fn kennel(line: &Line<'_>) -> String {
    line.stay.map(|listed| text(&listed.stay.kennel)).unwrap_or_default()
}

fn outcome_type(line: &Line<'_>) -> String {
    let outcome = line.stay.and_then(|listed| listed.stay.outcome);
    outcome.map_or("", stay_words::outcome).to_owned()
}

fn outcome_date(line: &Line<'_>) -> String {
    let ended = line.stay.filter(|listed| listed.stay.outcome.is_some());
    let at = ended.map(|listed| listed.stay.outcome_at.unwrap_or(listed.stay.intake_at));
    at.map(|at| time(line, at)).unwrap_or_default()
}

fn photo(line: &Line<'_>, index: usize) -> String {
    line.listed.photo_urls.get(index).cloned().unwrap_or_default()
}

fn found_at<'a>(line: &Line<'a>) -> FoundAt<'a> {
    let reported = || line.listed.report.map(|report| report.found_at);
    let taken_in = line.stay.map(|listed| listed.found_at);
    taken_in.or_else(reported).unwrap_or_default()
}

/// An instant by the shelter's clocks with their offset, such as `2026-11-02 16:15:00-06:00`: exact to the second in the
/// hour that occurs twice, too.
fn time(line: &Line<'_>, at: Timestamp) -> String {
    let local = at.to_utc().with_timezone(&line.zone);
    local.to_rfc3339_opts(SecondsFormat::Secs, false).replacen('T', " ", 1)
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn number(value: Option<impl ToString>) -> String {
    value.map(|number| number.to_string()).unwrap_or_default()
}
