//! What was done: who is in which shelter, since when, with which hold, and what happened to them.

use chrono::NaiveDate;

use super::calendar::{hold_end, written};
use crate::support::Bearer;

/// Kind, before and after.
pub type Event = (&'static str, Option<String>, Option<String>);

/// A shelter.
pub struct House {
    pub id: String,
    pub who: Bearer,
    pub animals: Vec<Animal>,
    letter: char,
}

pub struct Animal {
    pub name: String,
    /// The shelter's own id, if files tell of it.
    pub external_id: String,
    pub species: &'static str,
    pub chip: Option<String>,
    /// The server's id, once it is known.
    pub id: Option<String>,
    /// In the order in which they were told.
    pub stays: Vec<Stay>,
}

pub struct Stay {
    /// The server's id, once it is known.
    pub id: Option<String>,
    pub came: i64,
    pub kind: &'static str,
    pub stage: &'static str,
    /// Since when it was in which stage, as it was told.
    pub stages: Vec<(i64, &'static str)>,
    /// The stages that files told, the last one last.
    pub listed: Vec<&'static str>,
    pub kennel: Option<String>,
    pub hold: Option<i64>,
    /// When and how it ended.
    pub left: Option<(i64, &'static str)>,
    /// Whether files tell of it.
    pub is_listed: bool,
    /// Whether it is offered to the other shelter.
    pub is_offered: bool,
    pub history: Vec<Event>,
    day: NaiveDate,
    is_identified: bool,
    is_released: bool,
}

/// How an animal comes.
#[derive(Debug, Clone, Copy)]
pub struct Intake {
    pub day: NaiveDate,
    pub at: i64,
    pub kind: &'static str,
    pub stage: &'static str,
    pub is_listed: bool,
}

impl House {
    pub fn new(id: String, who: Bearer, letter: char) -> Self {
        Self {
            id,
            who,
            animals: Vec::new(),
            letter,
        }
    }

    /// An animal that nobody has seen before; its place in the list.
    pub fn add(&mut self, species: &'static str, has_chip: bool) -> usize {
        let number = self.animals.len();
        let letter = self.letter;
        let maker = if letter == 'A' { 2 } else { 3 };
        let chip = format!("98511{maker}{:09}", 104_567_893 + number * 31);
        self.animals.push(Animal {
            name: format!("{letter}{}", spelled(number).to_lowercase()),
            external_id: format!("{letter}{number}"),
            species,
            chip: has_chip.then_some(chip),
            id: None,
            stays: Vec::new(),
        });
        number
    }

    /// Those who are there and about whom that is true.
    pub fn there(&self, is_it: impl Fn(&Animal, &Stay) -> bool) -> Vec<usize> {
        let there = |animal: &Animal| animal.present().is_some_and(|stay| is_it(animal, stay));
        (0..self.animals.len())
            .filter(|place| there(&self.animals[*place]))
            .collect()
    }

    pub fn real_stays(&self) -> impl Iterator<Item = (&Animal, &Stay)> {
        self.animals
            .iter()
            .flat_map(|animal| animal.stays.iter().map(move |stay| (animal, stay)))
            .filter(|(_, stay)| stay.is_real())
    }

    pub fn stays(&self) -> usize {
        self.animals.iter().map(|animal| animal.stays.len()).sum()
    }
}

/// A name without digits for each number.
fn spelled(number: usize) -> String {
    const PARTS: [&str; 10] = ["Ba", "Ko", "Li", "Mu", "Na", "Po", "Ri", "Su", "Ta", "Ve"];
    let digits = [number / 1000, number / 100, number / 10, number];
    digits.iter().map(|digit| PARTS[digit % 10]).collect()
}

impl Animal {
    pub fn present(&self) -> Option<&Stay> {
        self.stays.last().filter(|stay| stay.left.is_none())
    }

    /// The stay that was told last.
    pub fn last(&mut self) -> &mut Stay {
        self.stays.last_mut().expect("a stay")
    }

    /// How and when it left, if it is away.
    pub fn gone(&self) -> Option<(i64, &'static str)> {
        self.stays.iter().rev().find(|stay| stay.is_real())?.left
    }

    /// Comes; it is identified if it has a chip.
    pub fn come(&mut self, intake: Intake) {
        let is_identified = self.chip.is_some();
        let hold = hold_end(self.species, intake.kind, intake.day, is_identified);
        let mut history = vec![("TAKEN_IN", None, Some(intake.kind.to_lowercase()))];
        history.extend(hold.map(|end| ("HOLD_SET", None, Some(written(end)))));
        self.stays.push(Stay {
            id: None,
            came: intake.at,
            kind: intake.kind,
            stage: intake.stage,
            stages: vec![(intake.at, intake.stage)],
            listed: vec![intake.stage],
            kennel: None,
            hold,
            left: None,
            is_listed: intake.is_listed,
            is_offered: false,
            history,
            day: intake.day,
            is_identified,
            is_released: false,
        });
    }

    /// Somebody finds out whose it is.
    pub fn identify(&mut self, now: i64) {
        let species = self.species;
        let stay = self.last();
        stay.is_identified = true;
        stay.history.push(("IDENTIFIED", None, Some(written(now))));
        let hold = hold_end(species, stay.kind, stay.day, true);
        if hold != stay.hold {
            stay.history
                .push(("HOLD_SET", stay.hold.map(written), hold.map(written)));
            stay.hold = hold;
        }
    }
}

impl Stay {
    /// Whether the import that told of it was not taken back.
    pub fn is_real(&self) -> bool {
        self.left.is_none_or(|(_, outcome)| outcome != "UNDONE")
    }

    pub fn is_held(&self, now: i64) -> bool {
        self.left.is_none() && !self.is_released && self.hold.is_some_and(|end| now < end)
    }

    pub fn is_identified(&self) -> bool {
        self.is_identified
    }

    /// The stage that people see.
    pub fn shown_stage(&self, now: i64) -> &'static str {
        match self.stage {
            "INTAKE" if self.is_held(now) => "HOLD",
            stage => stage,
        }
    }

    pub fn set_stage(&mut self, now: i64, stage: &'static str) {
        if self.stage != stage {
            let stages = (Some(self.stage.to_lowercase()), Some(stage.to_lowercase()));
            self.history.push(("STAGE_CHANGED", stages.0, stages.1));
            self.stages.push((now, stage));
            self.stage = stage;
        }
    }

    pub fn set_kennel(&mut self, kennel: &str) {
        if self.kennel.as_deref() != Some(kennel) {
            self.history
                .push(("MOVED", self.kennel.take(), Some(kennel.to_owned())));
            self.kennel = Some(kennel.to_owned());
        }
    }

    pub fn release(&mut self, reason: &str) {
        self.history
            .push(("HOLD_RELEASED", self.hold.map(written), Some(reason.to_owned())));
        self.is_released = true;
    }

    pub fn end(&mut self, at: i64, outcome: &'static str) {
        self.history.push(("ENDED", None, Some(outcome.to_lowercase())));
        self.left = Some((at, outcome));
    }

    /// The import that told how it ended is taken back.
    pub fn go_on(&mut self) {
        let (_, outcome) = self.left.take().expect("it has ended");
        self.history
            .push(("OUTCOME_CORRECTED", Some(outcome.to_lowercase()), None));
    }
}
