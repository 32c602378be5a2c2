//! The schema as the guard sees it.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Schema,
    ast::{FieldDefinition, Type},
    schema::{ExtendedType, SchemaBuilder},
    validation::{DiagnosticList, Valid},
};

/// The SDL is not a valid schema; nothing can be served.
#[derive(Debug, thiserror::Error)]
#[error("the schema is not valid: {0}")]
pub struct SchemaRefused(String);

impl From<DiagnosticList> for SchemaRefused {
    fn from(errors: DiagnosticList) -> Self {
        Self(errors.to_string())
    }
}

/// Reads an SDL and adds to its introspection types what the validator does not know yet: `__Type.isOneOf`.
pub(super) fn load(sdl: &str) -> Result<Valid<Schema>, SchemaRefused> {
    let mut schema = SchemaBuilder::new()
        .parse(sdl, "schema.graphql")
        .build()
        .map_err(|refused| refused.errors)?;
    if let Some(ExtendedType::Object(kind)) = schema.types.get_mut("__Type") {
        let name = Name::new_static_unchecked("isOneOf");
        let field = FieldDefinition {
            description: None,
            name: name.clone(),
            arguments: Vec::new(),
            ty: Type::Named(Name::new_static_unchecked("Boolean")),
            directives: Default::default(),
        };
        kind.make_mut().fields.entry(name).or_insert_with(|| field.into());
    }
    Ok(schema.validate().map_err(|refused| refused.errors)?)
}

/// The types of objects that a value of an abstract type may have.
pub(super) type PossibleTypes = HashMap<Name, Vec<Name>>;

/// Those of every interface and union.
pub(super) fn possible_types(schema: &Schema) -> PossibleTypes {
    let unions = schema.types.iter().filter_map(|(name, kind)| match kind {
        ExtendedType::Union(union) => {
            let members = union.members.iter().map(|member| member.name.clone());
            Some((name.clone(), members.collect()))
        }
        _ => None,
    });
    let interfaces = schema.implementers_map().into_iter();
    let interfaces = interfaces.map(|(name, implementers)| (name, implementers.objects.into_iter().collect()));
    interfaces.chain(unions).collect()
}
