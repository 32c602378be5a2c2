//! Every private field, really asked for by everybody, through `node` and on the usual ways; the answers are written in
//! `tests/snapshots/private_fields.txt`. A field whose name or type says that it may be private fails the suite until it
//! is asked for here.

mod stage;

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::{
    Schema,
    schema::{ExtendedType, Type},
};
use finding_sweetie::graphql::sdl;
use serde_json::Value;

use super::{
    cast::{Cast, Who},
    written,
};
use crate::support::codes;
use stage::Stage;

/// Names of fields that may be private begin with these or hold them, in lower case.
const NAMES: &[&str] = &[
    "address",
    "answer",
    "apikeys",
    "auditlog",
    "collar",
    "connectors",
    "coordinates",
    "email",
    "exact",
    "expected",
    "intaketype",
    "invitations",
    "microchip",
    "originaltext",
    "password",
    "phone",
    "privatemarks",
    "reward",
    "secret",
    "sessions",
    "token",
    "useragent",
    "webhooks",
];

/// Types of values that may be private.
const SCALARS: &[&str] = &["EmailAddress", "PhoneNumber"];

/// A question for fields of one object.
struct Question {
    /// `Pet`: in front of the names of the fields.
    of: &'static str,
    /// On which way, in words.
    way: &'static str,
    /// The field, and where its value is in the answer.
    fields: Vec<(&'static str, &'static str)>,
    document: &'static str,
    variables: Value,
}

#[tokio::test]
async fn private_fields_are_shown_to_whom_the_table_says() {
    let cast = Cast::assemble().await;
    let stage = Stage::set(&cast).await;
    let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for question in stage.questions() {
        for who in Who::ALL {
            let answer = cast
                .app
                .run(&cast.caller(who), question.document, question.variables.clone())
                .await;
            let code = codes(&answer).pop();
            for (field, pointer) in &question.fields {
                let outcome = match &code {
                    Some(code) => code.clone(),
                    None => shown(field, answer.data().pointer(pointer)),
                };
                let name = format!("{}.{field} {}", question.of, question.way);
                outcomes.entry(name).or_default().push(outcome);
            }
        }
    }
    cast.app.leave_work();
    let lines: Vec<(String, Vec<String>)> = outcomes.into_iter().collect();
    written::PRIVATE_FIELDS.compare("private fields", &lines);
}

/// What somebody sees of a value.
fn shown(field: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "null".to_owned(),
        Some(Value::Bool(value)) if field == "exact" => value.to_string(),
        Some(point) if field == "coordinates" && stage::is_true_point(point) => "true".to_owned(),
        Some(_) if field == "coordinates" => "masked".to_owned(),
        Some(_) => "seen".to_owned(),
    }
}

#[test]
fn every_field_that_may_be_private_is_in_the_table() {
    let written = written::PRIVATE_FIELDS.names();
    let unlisted: Vec<String> = suspects()
        .into_iter()
        .filter(|field| !written.contains(field))
        .collect();
    assert!(
        unlisted.is_empty(),
        "tests/it/access/private_fields.rs does not ask for {unlisted:?}"
    );
}

/// The fields that a query or a subscription may lead to and whose name or type says that they may be private. What only
/// the answer of one's own mutation holds, such as tokens of a log-in, is not among them.
fn suspects() -> BTreeSet<String> {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let implementers = schema.implementers_map();
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec!["Query".to_owned(), "Subscription".to_owned()];
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let fields = match schema.types.get(name.as_str()) {
            Some(ExtendedType::Object(object)) => &object.fields,
            Some(ExtendedType::Interface(_)) => {
                waiting.extend(implementers[name.as_str()].objects.iter().map(ToString::to_string));
                continue;
            }
            Some(ExtendedType::Union(union)) => {
                waiting.extend(union.members.iter().map(ToString::to_string));
                continue;
            }
            _ => continue,
        };
        for (field, definition) in fields {
            let kind = base(&definition.ty);
            let lower = field.to_lowercase();
            if SCALARS.contains(&kind) || NAMES.iter().any(|word| lower.contains(word)) {
                found.insert(format!("{name}.{field}"));
            }
            waiting.push(kind.to_owned());
        }
    }
    found
}

fn base(ty: &Type) -> &str {
    ty.inner_named_type().as_str()
}
