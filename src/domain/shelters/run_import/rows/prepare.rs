//! Compares a batch of rows with the tables, and works out what it changes.

use std::collections::{HashMap, HashSet};

use entity::{id::PetId, vocabulary::PetKind};
use import_reader::{ImportedAnimal, Keeping, Row, RowWarning};

use super::{
    batch::{Group, Run, Told},
    findings::{self, Counters, Noted},
    known::{Known, Register},
    occasion::Occasion,
    step::{Step, adds, step},
    write::{self, Live},
};
use crate::{
    deps::{Deps, Inserts, Tx},
    domain::shelters::{photo_fetching, run_import::errors},
    events::ShelterEvent,
    kernel::Result,
};

/// A batch whose changes of known animals are written, and whose new ones can be.
pub(super) struct Prepared {
    rows: Vec<Row>,
    inserts: Inserts,
    live: Vec<Live>,
    warnings: Vec<Noted>,
    /// What becomes of its rows.
    pub(super) counters: Counters,
}

/// The changes that a batch requires.
#[derive(Default)]
struct Sorted<'a> {
    groups: Vec<Group<'a>>,
    warnings: Vec<Noted>,
    counters: Counters,
}

/// Works out what a batch changes. It must not list animals of another batch that is still to be written.
pub(super) async fn prepare(deps: &Deps, tx: &Tx, run: &mut Run, on: &Occasion, rows: Vec<Row>) -> Result<Prepared> {
    let register = Register::of(tx, on, &animals_in(&rows).collect::<Vec<_>>()).await?;
    let mut sorted = sort(run, on, &rows, &register);
    sorted.warnings.extend(warnings_of(deps, tx, run, on, &sorted).await?);
    sorted.warnings.sort_by_key(|(line, _)| *line);
    let (inserts, live) = match run.import.dry_run {
        true => Default::default(),
        false => write::write(deps, tx, run, on, &sorted.groups).await?,
    };
    let (counters, warnings) = (sorted.counted(), sorted.warnings);
    Ok(Prepared {
        rows,
        inserts,
        live,
        warnings,
        counters,
    })
}

impl Prepared {
    /// Whether it has rows about animals that those rows are about as well.
    pub(super) fn lists_any_of(&self, rows: &[Row]) -> bool {
        let own: HashSet<&str> = animals_in(&self.rows)
            .map(|animal| animal.external_id.as_str())
            .collect();
        animals_in(rows).any(|animal| own.contains(animal.external_id.as_str()))
    }

    /// Writes the new animals, and what there is to say about the rows.
    pub(super) async fn write(self, tx: &Tx, on: &Occasion) -> Result<()> {
        let Self {
            rows,
            inserts,
            live,
            warnings,
            ..
        } = self;
        inserts.run(tx).await?;
        photo_fetching::want(tx, (on.import_id, on.shelter_id), &live).await?;
        let imported: Vec<PetId> = live.into_iter().map(|(id, _)| id).collect();
        if !imported.is_empty() {
            tx.announce(ShelterEvent::PetsImported {
                import_id: on.import_id,
                shelter_id: Some(on.shelter_id),
                pet_ids: imported,
            });
        }
        let failed: Vec<&Row> = rows.iter().filter(|row| row.result.is_err()).collect();
        errors::record(tx, on.import_id, &failed).await?;
        findings::record(tx, on.import_id, &warnings).await
    }
}

fn animals_in(rows: &[Row]) -> impl Iterator<Item = &ImportedAnimal> {
    rows.iter().filter_map(|row| row.result.as_ref().ok())
}

impl Sorted<'_> {
    fn counted(&self) -> Counters {
        let mut warned: Vec<u32> = self.warnings.iter().map(|(line, _)| *line).collect();
        warned.dedup();
        Counters {
            warned: i32::try_from(warned.len()).unwrap_or(i32::MAX),
            ..self.counters
        }
    }
}

/// Compares the rows with the tables. If several rows of the file are about one stay of an animal, only one counts; the
/// others change nothing.
fn sort<'a>(run: &Run, on: &Occasion, rows: &'a [Row], register: &'a Register) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        let warnings = row.warnings.iter().map(|warning| (row.line, warning.clone()));
        sorted.warnings.extend(warnings);
        let animal = match &row.result {
            Err(_) => {
                sorted.counters.failed += 1;
                continue;
            }
            Ok(animal) => animal,
        };
        let known = register.find(on, animal);
        let told = Told {
            line: row.line,
            animal,
            is_past: run.plan.is_past(row.number),
        };
        let is_superseded = run.plan.is_superseded(row.number);
        if told.is_past && !is_superseded {
            sorted.counters.earlier_stays += 1;
        }
        if is_superseded || !is_news(on, known, told) {
            sorted.counters.unchanged += 1;
            continue;
        }
        // A row about an earlier stay leaves the animal as it is.
        match known {
            _ if told.is_past => sorted.counters.unchanged += 1,
            Some(known) if !known.is_of(on) => sorted.counters.updated += 1,
            _ => sorted.counters.created += 1,
        }
        let place = *places.entry(&animal.external_id).or_insert_with(|| {
            sorted.groups.push(Group {
                rows: Vec::new(),
                known,
            });
            sorted.groups.len() - 1
        });
        sorted.groups[place].rows.push(told);
    }
    for group in &mut sorted.groups {
        group.rows.sort_by_key(|told| (!told.is_past, told.animal.moment()));
    }
    sorted
}

/// Whether a row differs from what is known.
fn is_news(on: &Occasion, known: Option<&Known>, told: Told<'_>) -> bool {
    let row = told.animal;
    let Some(known) = known else {
        // Of an animal that people keep, only its owner and the shelter need to know.
        return row.keeping == Keeping::Shelter && (!told.is_past || row.kind == PetKind::Sheltered);
    };
    if row.keeping == Keeping::Visit {
        // The animal is here because of a stay, about which the visit says nothing.
        return false;
    }
    let is_listed = known.animal.import_hash == Some(row.fingerprint);
    match step(
        &known.stays,
        row,
        (told.is_past, known.animal.import_hash.is_none()),
        on.zone,
    ) {
        Step::Nothing => false,
        Step::Recall => true,
        Step::Tell(place) if told.is_past || place + 1 < known.stays.len() => {
            known.stays.get(place).is_some_and(|stay| adds(stay, row))
        }
        Step::Begin | Step::Tell(_) | Step::Report => !is_listed,
    }
}

/// The warnings that need the tables, or the places that are known.
async fn warnings_of(deps: &Deps, tx: &Tx, run: &mut Run, on: &Occasion, sorted: &Sorted<'_>) -> Result<Vec<Noted>> {
    let mut warnings = Vec::new();
    if run.may_have_copies {
        let new = sorted.groups.iter().filter(|group| group.known.is_none());
        let new: Vec<(u32, &ImportedAnimal)> = new.filter_map(Group::current).collect();
        warnings.extend(findings::copies_among(tx, &run.import, &new).await?);
    }
    for group in &sorted.groups {
        let Some((line, animal)) = group.current() else {
            continue;
        };
        let warning = run.places.warning(deps, animal)?;
        warnings.extend(warning.map(|warning| (line, warning)));
        warnings.extend(
            group
                .known
                .and_then(|known| came_anew(on, known, animal))
                .map(|warning| (line, warning)),
        );
    }
    Ok(warnings)
}

/// A warning for an animal that came again though nobody said that it had left.
fn came_anew(on: &Occasion, known: &Known, row: &ImportedAnimal) -> Option<RowWarning> {
    let stay = known.stays.last().filter(|stay| stay.outcome.is_none())?;
    let step = step(&known.stays, row, (false, known.animal.import_hash.is_none()), on.zone);
    (step == Step::Begin).then(|| RowWarning {
        column: String::new(),
        value: row.external_id.clone(),
        message: format!(
            "the animal was taken in again though nobody said how its stay since {} ended: that stay was ended with an \
             unknown outcome",
            on.zone.clock(stay.intake_at.to_utc()).date()
        ),
    })
}
