//! The daily file of the shelter, and what it does.

use chrono::NaiveDate;

use super::{
    animals::{House, Intake},
    calendar::{at, written},
};

const TITLES: &str = "Animal ID,Species,Name,Intake Date,Intake Type,Outcome Type,Outcome Date,Status,Microchip";

/// What a row is about; the number is the place of the animal in the list.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// It came.
    Came(usize, Intake),
    /// It left.
    Left(usize, i64, &'static str),
    /// Its stage was one and is another.
    Staged(usize, &'static str, &'static str),
}

/// The file with those rows. Each tells of a stay as the shelter knows it.
pub fn file(house: &House, rows: &[Row]) -> String {
    let lines = rows.iter().map(|row| line(house, row));
    std::iter::once(TITLES.to_owned())
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

fn line(house: &House, row: &Row) -> String {
    let place = match row {
        Row::Came(place, _) | Row::Left(place, ..) | Row::Staged(place, ..) => *place,
    };
    let animal = &house.animals[place];
    let told = || animal.stays.iter().rev().find(|stay| stay.is_real()).expect("a stay");
    let (came, kind, left, status) = match row {
        Row::Came(_, intake) => (intake.at, intake.kind, ",".to_owned(), status(intake.stage)),
        Row::Left(_, at, outcome) => {
            let left = format!("{},{}", outcome_word(outcome), local(*at));
            (told().came, told().kind, left, "")
        }
        Row::Staged(_, _, stage) => (told().came, told().kind, ",".to_owned(), status(stage)),
    };
    let species = capitalised(animal.species);
    let (came, kind) = (local(came), intake_word(kind));
    let (id, name) = (&animal.external_id, &animal.name);
    let chip = animal.chip.as_deref().unwrap_or_default();
    format!("{id},{species},{name},{came},{kind},{left},{status},{chip}")
}

/// What the rows do, at the time at which the server reads them.
pub fn apply(house: &mut House, rows: &[Row], now: i64) {
    for row in rows {
        match *row {
            Row::Came(place, intake) => house.animals[place].come(intake),
            Row::Left(place, at, outcome) => house.animals[place].last().end(at, outcome),
            Row::Staged(place, _, stage) => {
                let stay = house.animals[place].last();
                stay.listed.push(stage);
                stay.set_stage(now, stage);
            }
        }
    }
}

/// What becomes of that when the import is taken back.
pub fn take_back(house: &mut House, rows: &[Row], now: i64) {
    for row in rows {
        match *row {
            Row::Came(place, _) => house.animals[place].last().end(now, "UNDONE"),
            Row::Left(place, ..) => house.animals[place].last().go_on(),
            Row::Staged(place, former, _) => {
                let stay = house.animals[place].last();
                stay.listed.pop();
                stay.set_stage(now, former);
            }
        }
    }
}

/// An instant by the clocks of Texas, which a file writes without saying so: that of the day whose hours it is among.
fn local(instant: i64) -> String {
    let near: NaiveDate = written(instant)[..10].parse().unwrap();
    for day in [near, near.pred_opt().unwrap()] {
        let minutes = (instant - at(day, 0, 0)) / 60_000;
        if (0..24 * 60).contains(&minutes) {
            return format!("{day} {:02}:{:02}", minutes / 60, minutes % 60);
        }
    }
    panic!("{} is on no day", written(instant))
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{first}{}", rest.to_lowercase())
}

fn status(stage: &str) -> &'static str {
    match stage {
        "FOSTER" => "In Foster",
        "TREATMENT" => "In Care (Treatment)",
        "ADOPTABLE" => "Adoptable",
        _ => "",
    }
}

/// The shelter's word for a kind of intake.
pub fn intake_word(kind: &str) -> &'static str {
    match kind {
        "STRAY" => "Stray",
        "OWNER_SURRENDER" => "Owner Surrender",
        "OWNER_INTENDED_EUTHANASIA" => "Owner Intended Euthanasia",
        "TRANSFER_IN" => "Transfer In",
        "SEIZED" => "Seized",
        "RETURN" => "Return",
        "BORN_IN_CARE" => "Born in Care",
        _ => "Other",
    }
}

fn outcome_word(outcome: &str) -> &'static str {
    match outcome {
        "ADOPTED" => "Adoption",
        "RETURNED_TO_OWNER" => "Return to Owner",
        "TRANSFERRED" => "Transfer Out",
        "RELEASED" => "Returned to Field",
        "LOST_IN_CARE" => "Lost in Care",
        "DIED" => "Died",
        "EUTHANIZED" => "Euthanasia",
        "OWNER_INTENDED_EUTHANASIA" => "Owner Intended Euthanasia",
        _ => "Other (Closed)",
    }
}
