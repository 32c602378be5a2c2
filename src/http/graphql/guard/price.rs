//! The price of an operation: its fields, each multiplied by the page sizes around it.
//!
//! - A field costs 1 plus what is selected in it.
//! - A field with an argument `first` or `last` multiplies what is selected in it by the value given, or by the
//!   default of the schema, or by [`Limits::default_page`].
//! - The lists directly in such a field (`nodes`, `edges`) are that page and do not multiply again.
//! - Another list of objects multiplies by the length of its argument `ids` if it has one, and by
//!   [`Limits::assumed_list`] otherwise: such lists are short by convention of the schema. Those that are not, because a
//!   map has no pages, count as a whole page.
//! - Lists of scalars cost 1, and introspection is not multiplied: the weight bounds it.
//! - What a field has to look for, count or compute comes on top, see [`super::work`].
//!
//! Like the weight it prices each fragment once, and `@skip` and `@include` change nothing.

use std::collections::HashMap;

use apollo_compiler::{
    ExecutableDocument,
    ast::Value,
    executable::{Field, Operation, Selection, SelectionSet},
    response::{JsonMap, JsonValue},
};

use super::{super::Limits, work};

/// Lists of hundreds of objects that take no page size: the type, and its field.
const LONG_LISTS: [(&str, &str); 3] = [("PetMap", "clusters"), ("PetMap", "pets"), ("Query", "petHeatmap")];
/// As what each of them counts: the longest page.
const LONG_LIST: u64 = 100;

/// The price of a valid operation with these coerced variables; saturates.
pub(super) fn of(document: &ExecutableDocument, operation: &Operation, values: &JsonMap, limits: &Limits) -> u64 {
    Pricing {
        document,
        values,
        limits,
        known: HashMap::new(),
    }
    .set(&operation.selection_set, false)
}

struct Pricing<'a> {
    document: &'a ExecutableDocument,
    values: &'a JsonMap,
    limits: &'a Limits,
    /// Prices of fragments: outside of a page and in one.
    known: HashMap<(&'a str, bool), u64>,
}

impl<'a> Pricing<'a> {
    /// `in_page`: whether the set is that of a connection, whose page size is already counted.
    fn set(&mut self, set: &'a SelectionSet, in_page: bool) -> u64 {
        set.selections.iter().fold(0, |total: u64, selection| {
            total.saturating_add(match selection {
                Selection::Field(field) => self.field(field, set.ty.as_str(), in_page),
                Selection::InlineFragment(fragment) => self.set(&fragment.selection_set, in_page),
                Selection::FragmentSpread(spread) => self.fragment(spread.fragment_name.as_str(), in_page),
            })
        })
    }

    fn field(&mut self, field: &'a Field, parent: &str, in_page: bool) -> u64 {
        let has = |name: &str| field.definition.argument_by_name(name).is_some();
        let is_page = has("first") || has("last");
        let inner = self.set(&field.selection_set, is_page && !field.definition.ty.is_list());
        let times = match (inner, is_page) {
            (0, _) => 0,
            (_, true) => self.page(field),
            (_, false) if in_page => 1,
            (_, false) if LONG_LISTS.contains(&(parent, field.name.as_str())) => LONG_LIST,
            (_, false) => self.list(field),
        };
        let answer = inner.saturating_mul(times).saturating_add(1);
        answer.saturating_add(self.work(field, parent))
    }

    fn work(&self, field: &Field, parent: &str) -> u64 {
        let own = work::of_field(parent, field.name.as_str());
        if field.definition.argument_by_name("filter").is_none() {
            return own;
        }
        let texts = ["text", "breed"]
            .into_iter()
            .filter_map(|name| self.filtered_by(field, name)?.text());
        let looking = texts.map(work::of_text).fold(0, u64::saturating_add);
        let is_map = work::MAPS.contains(&(parent, field.name.as_str()));
        let past = self.filtered_by(field, "statuses").is_some_and(Given::names_the_past);
        let whole = match (is_map, self.selects(&field.selection_set, "totalCount")) {
            (true, _) if past => looking.saturating_add(work::MAP_OF_THE_PAST),
            (true, _) => looking,
            (false, true) => looking.saturating_add(work::COUNT),
            (false, false) => 0,
        };
        own.saturating_add(looking).saturating_add(whole)
    }

    /// Whether a field with that name is in the set itself, be it in a fragment.
    fn selects(&self, set: &SelectionSet, name: &str) -> bool {
        set.selections.iter().any(|selection| match selection {
            Selection::Field(field) => field.name == name,
            Selection::InlineFragment(fragment) => self.selects(&fragment.selection_set, name),
            Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.fragment_name);
                fragment.is_some_and(|fragment| self.selects(&fragment.selection_set, name))
            }
        })
    }

    /// What a filter gives for one of its fields.
    fn filtered_by<'v>(&'v self, field: &'v Field, name: &str) -> Option<Given<'v>> {
        match self.argument(field, "filter")? {
            Given::Literal(Value::Object(fields)) => {
                let (_, value) = fields.iter().find(|(given, _)| given == name)?;
                match &**value {
                    Value::Variable(variable) => self.values.get(variable.as_str()).map(Given::Variable),
                    literal => Some(Given::Literal(literal)),
                }
            }
            Given::Literal(_) => None,
            Given::Variable(value) => value.as_object()?.get(name).map(Given::Variable),
        }
    }

    fn fragment(&mut self, name: &'a str, in_page: bool) -> u64 {
        if let Some(price) = self.known.get(&(name, in_page)) {
            return *price;
        }
        let price = self
            .document
            .fragments
            .get(name)
            .map_or(0, |fragment| self.set(&fragment.selection_set, in_page));
        self.known.insert((name, in_page), price);
        price
    }

    fn page(&self, field: &Field) -> u64 {
        let given = self.number(field, "first").or_else(|| self.number(field, "last"));
        given.unwrap_or(self.limits.default_page).max(1)
    }

    fn list(&self, field: &Field) -> u64 {
        match field.definition.ty.is_list() && !field.selection_set.ty.starts_with("__") {
            true => self.length(field, "ids").unwrap_or(self.limits.assumed_list).max(1),
            false => 1,
        }
    }

    /// The value of a number argument: as given, or the schema's default.
    fn number(&self, field: &Field, name: &str) -> Option<u64> {
        match self.argument(field, name)? {
            Given::Literal(Value::Int(number)) => number.try_to_i32().ok(),
            Given::Literal(_) => None,
            Given::Variable(value) => value.as_i64().and_then(|number| i32::try_from(number).ok()),
        }
        .map(|number| u64::try_from(number).unwrap_or(0))
    }

    fn length(&self, field: &Field, name: &str) -> Option<u64> {
        match self.argument(field, name)? {
            Given::Literal(Value::List(items)) => Some(items.len() as u64),
            Given::Literal(_) => None,
            Given::Variable(value) => value.as_array().map(|items| items.len() as u64),
        }
    }

    fn argument<'v>(&'v self, field: &'v Field, name: &str) -> Option<Given<'v>> {
        let given = match field.specified_argument_by_name(name).map(|value| value.as_ref()) {
            Some(Value::Variable(variable)) => self.values.get(variable.as_str()).map(Given::Variable),
            Some(literal) => Some(Given::Literal(literal)),
            None => None,
        };
        given.or_else(|| {
            let default = field.definition.argument_by_name(name)?.default_value.as_ref()?;
            Some(Given::Literal(default))
        })
    }
}

enum Given<'a> {
    Literal(&'a Value),
    Variable(&'a JsonValue),
}

impl<'a> Given<'a> {
    fn text(self) -> Option<&'a str> {
        match self {
            Given::Literal(Value::String(text)) => Some(text),
            Given::Literal(_) => None,
            Given::Variable(value) => value.as_str(),
        }
    }

    /// Whether a list of statuses names one that only the tables know, not the index in memory.
    fn names_the_past(self) -> bool {
        let is_past = |status: &str| !work::STATUSES_IN_MEMORY.contains(&status);
        match self {
            Given::Literal(Value::List(items)) => items.iter().any(|item| match &**item {
                Value::Enum(status) => is_past(status),
                _ => true,
            }),
            Given::Literal(Value::Enum(status)) => is_past(status),
            Given::Literal(_) => false,
            Given::Variable(value) => match value.as_array() {
                Some(items) => items.iter().any(|item| item.as_str().is_some_and(is_past)),
                None => value.as_str().is_some_and(is_past),
            },
        }
    }
}
