//! Applies one batch of rows in one transaction.

use std::collections::HashMap;

use entity::{id::PetId, vocabulary::PetKind};
use import_reader::{ImportedAnimal, Keeping, Row, RowWarning};

use super::{
    batch::{Group, Run, Told},
    findings::{self, Counters, Noted},
    known::{Known, Register},
    occasion::Occasion,
    step::{Step, adds, step},
    write,
};
use crate::{
    deps::{Deps, Tx},
    domain::shelters::{
        photo_fetching,
        run_import::{errors, stage},
    },
    events::ShelterEvent,
    kernel::Result,
};

/// The changes that a batch requires.
#[derive(Default)]
struct Sorted<'a> {
    groups: Vec<Group<'a>>,
    failed: Vec<&'a Row>,
    warnings: Vec<Noted>,
    counters: Counters,
}

/// Applies a batch. Returns false if the import was stopped, or if another runner has done these rows.
pub(in crate::domain::shelters::run_import) async fn apply(deps: &Deps, run: &mut Run, rows: &[Row]) -> Result<bool> {
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let id = run.import.id;
    let applied = deps
        .write(async |tx| {
            if !stage::advance(tx, id, run.processed, count).await? {
                return Ok(false);
            }
            let on = run.occasion(tx).await?;
            let animals: Vec<&ImportedAnimal> = rows.iter().filter_map(|row| row.result.as_ref().ok()).collect();
            let register = Register::of(tx, &on, &animals).await?;
            let mut sorted = sort(run, &on, rows, &register);
            sorted.warnings.extend(warnings_of(deps, tx, run, &on, &sorted).await?);
            sorted.warnings.sort_by_key(|(line, _)| *line);
            if !run.import.dry_run {
                let live = write::write(deps, tx, run, &on, &sorted.groups).await?;
                photo_fetching::want(tx, (id, run.import.shelter_id), &live).await?;
                let imported: Vec<PetId> = live.into_iter().map(|(id, _)| id).collect();
                if !imported.is_empty() {
                    tx.announce(ShelterEvent::PetsImported {
                        import_id: id,
                        shelter_id: Some(run.import.shelter_id),
                        pet_ids: imported,
                    });
                }
            }
            errors::record(tx, id, &sorted.failed).await?;
            findings::record(tx, id, &sorted.warnings).await?;
            sorted.counted().add(tx, id).await?;
            Ok(true)
        })
        .await?;
    run.processed += count;
    Ok(applied)
}

impl Sorted<'_> {
    fn counted(&self) -> Counters {
        let mut warned: Vec<u32> = self.warnings.iter().map(|(line, _)| *line).collect();
        warned.dedup();
        let count = |rows: usize| i32::try_from(rows).unwrap_or(i32::MAX);
        Counters {
            failed: count(self.failed.len()),
            warned: count(warned.len()),
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
                sorted.failed.push(row);
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
