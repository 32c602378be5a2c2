//! What every document must pass before the executor sees it.
//!
//! The executor's own parser overflows the stack on a few kilobytes of nested literals, and its limits look only
//! after it has expanded fragments. So the guard parses and validates with another library first, weighs the
//! document in time linear in its text, and hands on coerced variables and a document in which no field is selected
//! twice.
//!
//! What depends on the document alone is worked out once and remembered as a [`Verdict`]; what depends on the
//! variables (their types, the price, what is skipped) is worked out for every request.

mod merge;
mod one_of;
mod price;
mod schema;
mod variables;
mod verdict;
mod weight;
mod work;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use apollo_compiler::{Schema, executable::OperationType, request::coerce_variable_values, validation::Valid};
use async_graphql::Request;

use super::{Code, Envelope, Limits, Problem};
use crate::kernel::cache::Cache;
use schema::PossibleTypes;
pub use schema::SchemaRefused;
use verdict::{Facts, Verdict};

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Streams.
    Subscription,
}

impl Kind {
    /// The word for it in GraphQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

impl From<OperationType> for Kind {
    fn from(operation: OperationType) -> Self {
        match operation {
            OperationType::Query => Self::Query,
            OperationType::Mutation => Self::Mutation,
            OperationType::Subscription => Self::Subscription,
        }
    }
}

/// An operation that may run.
#[derive(Debug)]
pub struct Approved {
    /// What it does.
    pub kind: Kind,
    /// The request for the executor: this one operation with its selections merged, coerced variables. A variable that
    /// was neither sent nor has a default is absent, which for a nullable input means "keep".
    pub request: Request,
    /// Its price, see [`Limits::cost`].
    pub cost: u64,
}

/// Parses, validates, weighs and prices. Cheap to share behind an `Arc`; never blocks for long.
pub struct Guard {
    schema: Valid<Schema>,
    possible: PossibleTypes,
    limits: Limits,
    cache: Cache<Verdict>,
}

impl Guard {
    /// A guard for the schema with this SDL, as the executor's library exports it.
    pub fn new(sdl: &str, limits: Limits) -> Result<Self, SchemaRefused> {
        let cache = Cache::new(limits.verdicts, limits.verdict_bytes);
        let schema = schema::load(sdl)?;
        Ok(Self {
            possible: schema::possible_types(&schema),
            schema,
            limits,
            cache,
        })
    }

    /// The limits it was built with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Approves the operation or says what is wrong with it: one to [`Limits::errors`] problems.
    pub fn check(&self, envelope: &Envelope) -> Result<Approved, Vec<Problem>> {
        let facts = self.verdict(envelope)?;
        let given = variables::to_guard(&envelope.variables);
        let values = coerce_variable_values(&self.schema, &facts.operation, &given)
            .map_err(|error| vec![Problem::new(Code::BadUserInput, error.message().to_string())])?;
        one_of::check_variables(&self.schema, &facts.operation, &values).map_err(|problem| vec![problem])?;
        let cost = price::of(&facts.document, &facts.operation, &values, &self.limits);
        if self.limits.cost < cost {
            return Err(vec![Problem::over(
                Code::QueryTooComplex,
                "points of cost",
                self.limits.cost,
                cost,
            )]);
        }
        let mut request = Request::new(&envelope.query).variables(variables::to_executor(&values));
        let merged = merge::merged((&self.schema, &self.possible), &facts, &values, &self.limits);
        request.set_parsed_query(merged.map_err(|problem| vec![problem])?);
        Ok(Approved {
            kind: facts.kind,
            request,
            cost,
        })
    }

    /// Says what is wrong with a document whatever its variables are.
    pub fn check_document(&self, query: &str) -> Result<(), Vec<Problem>> {
        self.check_length(query)?;
        verdict::document(&self.schema, &self.limits, query).map(drop)
    }

    fn check_length(&self, query: &str) -> Result<(), Vec<Problem>> {
        let (limit, value) = (self.limits.bytes as u64, query.len() as u64);
        match limit < value {
            true => Err(vec![Problem::over(Code::DocumentTooLarge, "bytes", limit, value)]),
            false => Ok(()),
        }
    }

    fn verdict(&self, envelope: &Envelope) -> Result<Arc<Facts>, Vec<Problem>> {
        let Envelope {
            query, operation_name, ..
        } = envelope;
        self.check_length(query)?;
        let key = verdict::key(query, operation_name.as_deref());
        if let Some(verdict) = self.cache.get(&key) {
            return verdict;
        }
        let verdict = verdict::reach(&self.schema, &self.limits, query, operation_name.as_deref()).map(Arc::new);
        self.cache.put(key, query.len(), verdict.clone());
        verdict
    }
}
