//! The facts that the reader found about an animal, as words.

use std::fmt::Debug;

use entity::{ColorSet, Timestamp};
use import_reader::{ImportedAnimal, zone::Zone};

/// Every fact that is compared; an empty word means that nothing is known.
pub fn of(animal: &ImportedAnimal, zone: Zone) -> Vec<(&'static str, String)> {
    let breed = &animal.breed;
    let day = |at: Option<Timestamp>| at.map(|at| local(at, zone)).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let id = animal.external_id.clone();
    vec![
        ("id", if id.starts_with("content-") { String::new() } else { id }),
        ("also", animal.alternative_ids.join(" ")),
        ("name", text(&animal.name)),
        ("species", word(&animal.species)),
        ("breed", text(&breed.primary)),
        ("breed2", text(&breed.secondary)),
        ("mixed", if breed.mixed { "true".to_owned() } else { String::new() }),
        ("sex", word(&animal.sex)),
        ("altered", word(&animal.altered)),
        ("size", word(&animal.size)),
        ("age", word(&animal.age_group)),
        ("born", day(animal.birth_date)),
        ("coat", word(&animal.coat)),
        ("colors", colors(&animal.colors)),
        ("pattern", word(&animal.pattern)),
        ("marks", text(&animal.markings)),
        (
            "grams",
            animal.weight_grams.map(|grams| grams.to_string()).unwrap_or_default(),
        ),
        (
            "chipped",
            animal
                .microchipped
                .map(|chipped| chipped.to_string())
                .unwrap_or_default(),
        ),
        ("chip", animal.microchips.join(" ")),
        (
            "seen",
            if animal.dated {
                local(animal.seen_at, zone)
            } else {
                String::new()
            },
        ),
        ("intake", word(&animal.intake_kind)),
        (
            "outcome",
            animal.outcome.map(|outcome| word(&outcome)).unwrap_or_default(),
        ),
        ("stage", animal.stage.map(|stage| word(&stage)).unwrap_or_default()),
        ("left", day(animal.left_at)),
        ("hold", day(animal.hold_until)),
        ("kennel", text(&animal.kennel)),
        ("place", text(&animal.found_place)),
        (
            "point",
            animal
                .point
                .map(|point| format!("{},{}", point.0, point.1))
                .unwrap_or_default(),
        ),
        ("postal", text(&animal.postal_code)),
        ("says", text(&animal.description)),
        ("photos", some(animal.photo_urls.len())),
    ]
}

/// All words of an animal that everybody may see.
pub fn public_words(animal: &ImportedAnimal) -> String {
    let texts = [
        &animal.name,
        &animal.breed_raw,
        &animal.color_raw,
        &animal.markings,
        &animal.description,
        &animal.found_place,
        &animal.intake_type,
    ];
    texts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n")
}

fn word(value: &impl Debug) -> String {
    match format!("{value:?}").as_str() {
        "Unknown" => String::new(),
        word => word.to_owned(),
    }
}

fn colors(set: &ColorSet) -> String {
    let colors: Vec<String> = set.colors().iter().map(|color| format!("{color:?}")).collect();
    colors.join(" ")
}

fn local(at: Timestamp, zone: Zone) -> String {
    zone.clock(at.to_utc()).format("%Y-%m-%dT%H:%M").to_string()
}

fn some(count: usize) -> String {
    match count {
        0 => String::new(),
        count => count.to_string(),
    }
}
