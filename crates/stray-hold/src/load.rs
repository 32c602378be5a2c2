//! Reads rules from JSON, and refuses them all if one is wrong: half a set would answer for the whole of it.

use std::collections::BTreeSet;

use crate::rule::{Rule, RuleFault};

/// Rules that show the shapes that rules can have, as JSON. They are examples and not the law of the places that they
/// name: none of them is verified, and their dates are placeholders.
pub const EXAMPLES: &str = include_str!("examples.json");

/// Why rules were not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The text is no JSON list of rules; says where and why.
    #[error("the rules are no JSON list of rules: {0}")]
    Json(#[from] serde_json::Error),
    /// A rule has faults.
    #[error("rule {id} cannot be used: {}", listed(.faults))]
    Faulty {
        /// The rule's id.
        id: String,
        /// All that is wrong with it.
        faults: Vec<RuleFault>,
    },
    /// Two rules have the same id.
    #[error("two rules have the id {id}; ids must differ: rename one")]
    SameId {
        /// The id.
        id: String,
    },
}

/// Reads a JSON list of rules.
///
/// # Errors
///
/// The first that is wrong: the JSON, a rule's [`Rule::check`], or an id that another rule has.
pub fn rules_from_json(text: &str) -> Result<Vec<Rule>, LoadError> {
    let rules: Vec<Rule> = serde_json::from_str(text)?;
    let mut ids = BTreeSet::new();
    for rule in &rules {
        let (id, faults) = (rule.id.clone(), rule.check());
        if !faults.is_empty() {
            return Err(LoadError::Faulty { id, faults });
        }
        if !ids.insert(&rule.id) {
            return Err(LoadError::SameId { id });
        }
    }
    Ok(rules)
}

fn listed(faults: &[RuleFault]) -> String {
    let faults: Vec<String> = faults.iter().map(RuleFault::to_string).collect();
    faults.join("; ")
}
