//! The reading of a file as text: what people would be told of it.

use import_reader::{Column, ColumnMeaning, ImportedAnimal, Row};

use super::open;

/// Format, columns, and a block for each row.
pub fn told(file: &[u8]) -> String {
    let mut reader = match open(file) {
        Ok(reader) => reader,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut lines = vec![format!("format: {}", reader.format())];
    lines.extend(reader.columns().iter().map(column));
    lines.push(format!("ignored: {}", reader.ignored_columns().join(", ")));
    for row in reader.by_ref() {
        lines.extend(block(&row));
    }
    let skipped = reader.finish().expect("the source is whole");
    lines.push(String::new());
    lines.push(format!(
        "skipped: {} blank, {} headers and other lines of the report, {} further rows",
        skipped.blank, skipped.repeated_headers, skipped.further
    ));
    lines.join("\n") + "\n"
}

fn column(column: &ColumnMeaning) -> String {
    let samples = column.samples.join(" | ").replace('\n', "\\n");
    let meaning = match column.private {
        true => "private",
        false => column.meaning.map_or("-", Column::word),
    };
    format!("column {}: {meaning} [{samples}]", column.title)
}

fn block(row: &Row) -> Vec<String> {
    let mut lines = vec![String::new(), format!("row {} on line {}", row.number, row.line)];
    match &row.result {
        Ok(animal) => lines.extend(fields(animal)),
        Err(errors) => lines.extend(errors.iter().map(|error| {
            format!(
                "  ERROR {}: {} ({})",
                error.column.as_deref().unwrap_or("row"),
                error.reason,
                error.value.as_deref().unwrap_or("blank")
            )
        })),
    }
    let warnings = row.warnings.iter();
    lines.extend(
        warnings.map(|warning| format!("  WARNING {} ({}): {}", warning.column, warning.value, warning.message)),
    );
    lines
}

/// All fields about which something is told.
fn fields(animal: &ImportedAnimal) -> Vec<String> {
    let shown = |name: &str, value: String| format!("  {name}: {value}");
    let text = |name: &str, value: &Option<String>| value.as_ref().map(|value| shown(name, value.replace('\n', "\\n")));
    let mut lines = vec![
        shown("id", animal.external_id.clone()),
        shown(
            "is",
            format!("{:?} {:?}, kept by {:?}", animal.kind, animal.status, animal.keeping),
        ),
    ];
    let told = [
        (!animal.alternative_ids.is_empty()).then(|| shown("also", animal.alternative_ids.join(" | "))),
        animal.outcome.map(|outcome| shown("outcome", format!("{outcome:?}"))),
        animal.stage.map(|stage| shown("stage", format!("{stage:?}"))),
        Some(shown(
            "seen",
            if animal.dated {
                animal.seen_at.to_string()
            } else {
                "not told".to_owned()
            },
        )),
        animal.left_at.map(|left_at| shown("left", left_at.to_string())),
        animal
            .event_at
            .map(|event_at| shown("latest event", event_at.to_string())),
        animal
            .hold_until
            .map(|hold_until| shown("held until", hold_until.to_string())),
        Some(shown("intake", format!("{:?}", animal.intake_kind))),
        text("intake words", &animal.intake_type),
        text("kennel", &animal.kennel),
        text("name", &animal.name),
        Some(shown(
            "species",
            format!("{:?} ({})", animal.species, animal.species_raw),
        )),
        Some(shown("breed", breed(animal))),
        Some(shown(
            "looks",
            format!(
                "{:?}, altered {:?}, size {:?}, age {:?}, coat {:?}, {:?}",
                animal.sex, animal.altered, animal.size, animal.age_group, animal.coat, animal.pattern
            ),
        )),
        animal
            .birth_date
            .map(|birth_date| shown("born", birth_date.to_string())),
        text("colours", &animal.color_raw).map(|line| format!("{line} {:?}", animal.colors.colors())),
        text("marks", &animal.markings),
        animal.weight_grams.map(|grams| shown("grams", grams.to_string())),
        animal
            .microchipped
            .map(|chipped| shown("chipped", format!("{chipped} {:?}", animal.microchips))),
        text("description", &animal.description),
        text("kept for the staff", &animal.original_text),
        text("place", &animal.found_place),
        animal.point.map(|point| shown("point", format!("{point:?}"))),
        text("postal code", &animal.postal_code),
        (!animal.photo_urls.is_empty()).then(|| shown("photos", animal.photo_urls.join(" "))),
        Some(shown("says nothing about", format!("{:?}", animal.silent))),
    ];
    lines.extend(told.into_iter().flatten());
    lines
}

fn breed(animal: &ImportedAnimal) -> String {
    let breed = &animal.breed;
    let raw = animal.breed_raw.as_deref().unwrap_or("-");
    format!(
        "{:?} {:?} mixed {} ({raw})",
        breed.primary, breed.secondary, breed.mixed
    )
}
