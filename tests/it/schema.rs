//! The contract: what clients were promised stays, and the file of the schema says what the server does.

use std::{collections::BTreeSet, fs, path::PathBuf};

use apollo_compiler::{
    Schema,
    schema::{ExtendedType, FieldDefinition, InputValueDefinition},
};
use finding_sweetie::graphql::sdl;

/// Every promise on a line of its own: fields and their types, arguments, values of enums, members of unions.
const PROMISES: &str = "tests/it/promised.txt";

#[test]
fn the_file_of_the_schema_is_what_the_server_says() {
    let file = fs::read_to_string(in_project("schema.graphql")).unwrap_or_default();
    assert!(file == sdl(), "schema.graphql is stale: run `make schema`");
}

#[test]
fn nothing_that_was_promised_is_gone_or_changed() {
    let now = promises();
    let promised = promised();
    let broken: Vec<&String> = promised.difference(&now).collect();
    assert!(broken.is_empty(), "these promises are broken: {broken:#?}");
}

#[test]
fn nothing_that_was_optional_is_required_now() {
    let promised = promised();
    let is_promised = |owner: &str| promised.iter().any(|line| line.starts_with(owner));
    let new: Vec<String> = promises()
        .difference(&promised)
        .filter(|line| line.ends_with("! (required)"))
        .cloned()
        .collect();
    let broken: Vec<&String> = new
        .iter()
        .filter(|line| is_promised(&owner_of_argument(line)))
        .collect();
    assert!(broken.is_empty(), "clients of today do not send these: {broken:#?}");
}

/// What was promised as it is: `ReportPetInput.sex: Sex! = UNKNOWN` and its like.
const NOT_NULL_WITH_A_DEFAULT: &[&str] = &[
    "BreedInput.mixed",
    "CircleInput.unit",
    "ImportPetsInput.dryRun",
    "ImportPetsInput.mode",
    "Pet.distanceFrom(unit",
    "Pet.matches(minimumBand",
    "Photo.thumbnailUrl(width",
    "PlaceRadiusInput.unit",
    "Query.pets(sort",
    "ReportPetInput.ageGroup",
    "ReportPetInput.altered",
    "ReportPetInput.coat",
    "ReportPetInput.colors",
    "ReportPetInput.pattern",
    "ReportPetInput.photoIds",
    "ReportPetInput.privateMarks",
    "ReportPetInput.sex",
    "ReportPetInput.size",
    "ReportPetInput.urgent",
    "SendMessageInput.imageIds",
    "Shelter.matches(minimumBand",
    "Viewer.conversations(archived",
    "Viewer.matches(minimumBand",
    "Viewer.notifications(unreadOnly",
];

#[test]
fn what_has_a_default_may_be_null_so_that_typed_clients_can_leave_it_out() {
    let promises = promises();
    let strict = promises.iter().filter(|line| line.contains("! = "));
    let owners: Vec<&str> = strict.filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(owners, NOT_NULL_WITH_A_DEFAULT);
}

/// Writes the promises down; for `make promises`, after something was added.
#[test]
fn promises_are_written_down_when_asked() {
    #[allow(clippy::disallowed_methods, reason = "the suite is told in this way")]
    if std::env::var("SWEETIE_TEST_WRITE_PROMISES").is_ok() {
        let lines: Vec<String> = promises().into_iter().collect();
        fs::write(in_project(PROMISES), lines.join("\n") + "\n").unwrap();
    }
}

fn in_project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn promised() -> BTreeSet<String> {
    let text = fs::read_to_string(in_project(PROMISES)).unwrap();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `Pet.photos(first` of `Pet.photos(first: Int! (required)`, so that what is promised about the owner is found.
fn owner_of_argument(line: &str) -> String {
    let end = line.find(['(', ':']).unwrap_or(line.len());
    match line[..end].contains('.') && line[end..].starts_with('(') {
        true => format!("{}:", &line[..end]),
        false => format!("{}.", line.split('.').next().unwrap_or_default()),
    }
}

/// What the schema promises now.
fn promises() -> BTreeSet<String> {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let mut lines = BTreeSet::new();
    for (name, kind) in schema.types.iter().filter(|(_, kind)| !kind.is_built_in()) {
        match kind {
            ExtendedType::Object(object) => {
                object
                    .fields
                    .values()
                    .for_each(|field| add_field(&mut lines, name, field));
                lines.extend(
                    object
                        .implements_interfaces
                        .iter()
                        .map(|interface| format!("{name} is {}", interface.name)),
                );
            }
            ExtendedType::Interface(interface) => {
                interface
                    .fields
                    .values()
                    .for_each(|field| add_field(&mut lines, name, field));
            }
            ExtendedType::InputObject(input) => {
                lines.extend(
                    input
                        .fields
                        .values()
                        .map(|field| format!("{name}.{}: {}", field.name, accepted(field))),
                );
            }
            ExtendedType::Enum(closed) => lines.extend(closed.values.keys().map(|value| format!("{name}.{value}"))),
            ExtendedType::Union(union) => {
                lines.extend(union.members.iter().map(|member| format!("{} is {name}", member.name)));
            }
            ExtendedType::Scalar(_) => drop(lines.insert(format!("scalar {name}"))),
        }
    }
    lines
}

fn add_field(lines: &mut BTreeSet<String>, owner: &str, field: &FieldDefinition) {
    lines.insert(format!("{owner}.{}: {}", field.name, field.ty));
    let arguments = field.arguments.iter();
    lines.extend(arguments.map(|given| format!("{owner}.{}({}: {}", field.name, given.name, accepted(given))));
}

fn accepted(input: &InputValueDefinition) -> String {
    match &input.default_value {
        Some(default) => format!("{} = {}", input.ty, default.serialize().no_indent()),
        None if input.ty.is_non_null() => format!("{} (required)", input.ty),
        None => input.ty.to_string(),
    }
}
