//! Every id that a request takes, generated from the schema: with the real id of somebody else's thing it is refused, and
//! nothing changes.

mod owned;

use std::collections::BTreeSet;

use apollo_compiler::{
    Schema,
    ast::InputValueDefinition,
    schema::{ExtendedType, Type},
};
use finding_sweetie::graphql::sdl;
use serde_json::{Map, Value, json};

use super::cast::{Cast, Who};
use crate::support::{Answer, codes, user_errors};
use owned::Owned;

/// Ids of what everybody may name, and why a stranger is not refused.
const FOR_EVERYBODY: &[(&str, &str)] = &[
    ("Mutation.addParticipants.memberIds", "members are public"),
    ("Mutation.addSighting.petId", "reports are public"),
    ("Mutation.assignConversation.memberId", "members are public"),
    ("Mutation.blockMember.memberId", "members are public"),
    ("Mutation.favoritePet.petId", "reports are public"),
    ("Mutation.hidePresenceFrom.memberId", "members are public"),
    ("Mutation.offerTransfer.toShelterId", "shelters are public"),
    ("Mutation.removeParticipant.memberId", "members are public"),
    ("Mutation.sharePet.petId", "reports are public"),
    ("Mutation.startConversation.memberId", "members are public"),
    ("Mutation.startConversation.petId", "reports are public"),
    ("Mutation.startConversation.shelterId", "shelters are public"),
    ("Mutation.startGroup.memberIds", "members are public"),
    ("Mutation.transferPet.shelterId", "shelters are public"),
    ("Query.pet.id", "reports are public"),
    ("Query.petHeatmap.filter.shelterId", "shelters are public"),
    ("Query.petMap.filter.shelterId", "shelters are public"),
    ("Query.pets.filter.shelterId", "shelters are public"),
    ("Query.shelter.id", "shelters are public"),
];

/// Ids that are tried elsewhere, because they need a model or a claim of one's own.
const ELSEWHERE: &[(&str, &str)] = &[
    ("Mutation.answerClaim.documentId", "tests/it/claims/cheats.rs"),
    ("Mutation.answerClaim.photoId", "tests/it/claims/cheats.rs"),
    ("Query.suggestBreed.uploadId", "tests/it/photos/models.rs"),
];

/// Fields that may be left out, but without which a request is refused for another reason.
const NEEDED: &[&str] = &["point", "text"];

/// An id that a root field takes, as an argument or as a field of its input.
struct Place {
    /// `Mutation.updatePet.photoIds`.
    name: String,
    /// Root field.
    field: String,
    /// The id's own name.
    id: String,
    /// The request, and the other variables that it needs.
    document: String,
    variables: Map<String, Value>,
    /// Names of the fields of the input that are ids too and must be there.
    other_ids: Vec<String>,
    /// Name of the input object, if the id is in one.
    input: Option<String>,
    is_list: bool,
}

#[tokio::test]
async fn the_id_of_another_persons_thing_is_refused_everywhere_and_changes_nothing() {
    let cast = Cast::assemble().await;
    let owned = Owned::of(&cast).await;
    cast.app.run_work().await;
    let mut wrong = Vec::new();
    let mut before = cast.app.content().await;
    let places = places();
    for place in places.iter().filter(|place| !is_listed(&place.name)) {
        for who in [Who::Stranger, Who::OtherStaff] {
            for id in owned.of_others(&place.field, &place.id) {
                let variables = place.variables(&id, &owned, who);
                let answer = cast
                    .app
                    .run(&cast.caller(who), &place.document, variables.clone())
                    .await;
                if !is_refused(place, &answer) {
                    wrong.push(format!("{} by {who:?} with {variables}: {}", place.name, answer.body));
                }
                let after = cast.app.content().await;
                let changed = after.iter().filter(|(table, rows)| before.get(*table) != Some(*rows));
                let changed: Vec<&String> = changed.map(|(table, _)| table).collect();
                if !changed.is_empty() {
                    wrong.push(format!(
                        "{} by {who:?} with {variables} changed {changed:?}",
                        place.name
                    ));
                }
                before = after;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_exception_is_an_id_that_the_schema_has() {
    let names: BTreeSet<String> = places().into_iter().map(|place| place.name).collect();
    let gone: Vec<&str> = FOR_EVERYBODY
        .iter()
        .chain(ELSEWHERE)
        .map(|(name, _)| *name)
        .filter(|name| !names.contains(*name))
        .collect();
    assert!(gone.is_empty(), "{gone:?}");
}

fn is_listed(name: &str) -> bool {
    FOR_EVERYBODY.iter().chain(ELSEWHERE).any(|(listed, _)| *listed == name)
}

/// Whether nothing was given or done.
fn is_refused(place: &Place, answer: &Answer) -> bool {
    if let [code] = codes(answer).as_slice() {
        return matches!(code.as_str(), "NOT_FOUND" | "FORBIDDEN");
    }
    if place.name.starts_with("Mutation.") {
        // That there is a shelter, everybody may know.
        let is_shelter = place.id == "shelterId";
        return match user_errors(answer).as_slice() {
            [] => false,
            faults => faults
                .iter()
                .all(|fault| fault.ends_with(" NOT_FOUND") || is_shelter && fault.ends_with(" NOT_ALLOWED")),
        };
    }
    match &answer.data()[&place.field] {
        Value::Null => true,
        Value::Array(found) => found.iter().all(Value::is_null),
        _ => false,
    }
}

impl Place {
    fn variables(&self, id: &str, owned: &Owned, who: Who) -> Value {
        let mut inner = self.variables.clone();
        for other in &self.other_ids {
            inner.insert(other.clone(), owned.of_caller(&self.field, other, who));
        }
        let id = if self.is_list { json!([id]) } else { json!(id) };
        inner.insert(self.id.clone(), id);
        match &self.input {
            Some(_) => json!({ "input": inner }),
            None => Value::Object(inner),
        }
    }
}

/// Every id that a query or a mutation takes. Subscriptions are in the table of access.
fn places() -> Vec<Place> {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let mut places = Vec::new();
    for root in ["Query", "Mutation"] {
        let ExtendedType::Object(object) = &schema.types[root] else {
            panic!("{root} is no object")
        };
        for field in object.fields.values() {
            for argument in &field.arguments {
                let name = format!("{root}.{}", field.name);
                if is_id(&argument.ty) {
                    places.push(of_argument(&schema, &name, &field.name, &field.ty, argument));
                } else if root == "Mutation" {
                    places.extend(of_input(&schema, &name, &field.name, argument));
                } else {
                    places.extend(of_filter(&schema, &name, &field.name, argument));
                }
            }
        }
    }
    places
}

fn is_id(ty: &Type) -> bool {
    ty.inner_named_type() == "ID"
}

fn of_argument(schema: &Schema, name: &str, field: &str, ty: &Type, argument: &InputValueDefinition) -> Place {
    let selection = match &schema.types[ty.inner_named_type()] {
        ExtendedType::Scalar(_) | ExtendedType::Enum(_) => "",
        _ => "{ __typename }",
    };
    Place {
        name: format!("{name}.{}", argument.name),
        field: field.to_owned(),
        id: argument.name.to_string(),
        document: format!(
            "query(${id}: {ty}) {{ {field}({id}: ${id}) {selection} }}",
            id = argument.name,
            ty = argument.ty
        ),
        variables: Map::new(),
        other_ids: Vec::new(),
        input: None,
        is_list: argument.ty.is_list(),
    }
}

fn of_input(schema: &Schema, name: &str, field: &str, argument: &InputValueDefinition) -> Vec<Place> {
    let input = argument.ty.inner_named_type();
    let ExtendedType::InputObject(object) = &schema.types[input] else {
        return Vec::new();
    };
    let required: Vec<&InputValueDefinition> = object
        .fields
        .values()
        .map(|field| &***field)
        .filter(|field| field.is_required() || NEEDED.contains(&field.name.as_str()))
        .collect();
    let ids = object.fields.values().filter(|field| is_id(&field.ty));
    ids.map(|id| {
        let others = required.iter().copied().filter(|other| other.name != id.name);
        let (other_ids, rest): (Vec<&InputValueDefinition>, Vec<&InputValueDefinition>) =
            others.partition(|other| is_id(&other.ty));
        let rest = rest
            .into_iter()
            .map(|field| (field.name.to_string(), value(schema, &field.ty)));
        Place {
            name: format!("{name}.{}", id.name),
            field: field.to_owned(),
            id: id.name.to_string(),
            document: format!(
                "mutation($input: {}) {{ {field}(input: $input) {{ userErrors {{ field code }} }} }}",
                argument.ty
            ),
            variables: rest.collect(),
            other_ids: other_ids.into_iter().map(|other| other.name.to_string()).collect(),
            input: Some(input.to_string()),
            is_list: id.ty.is_list(),
        }
    })
    .collect()
}

/// Ids in the filter of a list: they are listed, not tried.
fn of_filter(schema: &Schema, name: &str, field: &str, argument: &InputValueDefinition) -> Vec<Place> {
    let ExtendedType::InputObject(object) = &schema.types[argument.ty.inner_named_type()] else {
        return Vec::new();
    };
    let ids = object.fields.values().filter(|field| is_id(&field.ty));
    ids.map(|id| Place {
        name: format!("{name}.{}.{}", argument.name, id.name),
        field: field.to_owned(),
        id: id.name.to_string(),
        document: String::new(),
        variables: Map::new(),
        other_ids: Vec::new(),
        input: None,
        is_list: id.ty.is_list(),
    })
    .collect()
}

/// A good value of that type.
fn value(schema: &Schema, ty: &Type) -> Value {
    let name = ty.inner_named_type();
    let one = match (name.as_str(), &schema.types[name]) {
        (_, ExtendedType::Enum(values)) => match name.as_str() {
            "PetStatus" => json!("REUNITED"),
            _ => json!(values.values.keys().next().unwrap().as_str()),
        },
        ("Int", _) => json!(1),
        ("Boolean", _) => json!(true),
        ("DateTime", _) => json!("2026-05-31T10:00:00Z"),
        ("EmailAddress", _) => json!("guest@example.org"),
        ("CoordinatesInput", _) => json!({ "latitude": 30.28, "longitude": -97.74 }),
        ("LocationInput", _) => json!({ "postalCode": "78701" }),
        ("ColumnMappingInput", _) => json!({ "title": "Type", "meaning": "SPECIES" }),
        ("ClaimAnswerInput", _) => json!({ "number": 1, "answer": "A scar" }),
        ("String", _) if ty.is_list() => json!("pets:read"),
        ("String", _) => json!("🐾"),
        (other, _) => panic!("no value of {other}"),
    };
    if ty.is_list() { json!([one]) } else { one }
}
