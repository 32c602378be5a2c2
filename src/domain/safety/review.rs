//! The findings in a text, and how they are stored with it.

use serde::{Deserialize, Serialize};

use crate::kernel::{Error, FieldCode, Result};
use language_rules::{PROFANITY_VERSION, RULES, Rule, found, masked};

/// The findings in a text. A text is reviewed once, when it is written; later versions of the rules do not change
/// what its readers were told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Review {
    /// The rules that the text meets, most urgent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Finding>,
    /// The text with its profanity masked; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<Masked>,
}

/// A rule that a text meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// Version of the rule at that time.
    pub version: u32,
}

/// A text with its profanity masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masked {
    /// The masked text.
    pub text: String,
    /// Version of the word list.
    pub version: u32,
}

/// Reviews a text before it is posted.
pub fn review(text: &str) -> Review {
    let finding = |rule: &Rule| Finding {
        rule: rule.id.to_owned(),
        version: rule.version,
    };
    Review {
        rules: found(text).into_iter().map(finding).collect(),
        masked: masked(text).map(|text| Masked {
            text,
            version: PROFANITY_VERSION,
        }),
    }
}

impl Review {
    /// The value for the database column; `None` if there are no findings.
    pub fn to_column(&self) -> Result<Option<String>> {
        if *self == Self::default() {
            return Ok(None);
        }
        Ok(Some(serde_json::to_string(self)?))
    }

    /// Reads the value of the database column.
    pub fn from_column(column: Option<&str>) -> Result<Self> {
        match column {
            Some(text) => Ok(serde_json::from_str(text)?),
            None => Ok(Self::default()),
        }
    }

    /// The rule whose warning the reader is shown, in its current version; `None` if there is none.
    pub fn warning(&self) -> Option<&'static Rule> {
        let met = |rule: &&Rule| self.rules.iter().any(|finding| finding.rule == rule.id);
        RULES.iter().find(met)
    }

    /// Logs the findings, without the text; `subject` is the id of the reviewed object.
    pub fn log(&self, subject: &impl std::fmt::Display) {
        for Finding { rule, version } in &self.rules {
            tracing::info!(%subject, rule, version, "a text meets a safety rule");
        }
    }

    /// Drops the rules that do not apply to a verified organisation's statements about itself.
    #[must_use]
    pub fn of_known_organisation(mut self) -> Self {
        self.rules.retain(|finding| finding.rule != "impersonation");
        self
    }

    /// Refuses a text with rules that the sender must confirm and has not; `acknowledged` has the ids of confirmed
    /// rules.
    pub fn refuse_unconfirmed(&self, acknowledged: &[String]) -> Result<()> {
        let open = |rule: &&Rule| {
            self.rules.iter().any(|finding| finding.rule == rule.id) && !acknowledged.iter().any(|id| id == rule.id)
        };
        let unconfirmed = RULES
            .iter()
            .filter(open)
            .find_map(|rule| Some((rule.id, rule.confirmation?)));
        let Some((id, reason)) = unconfirmed else {
            return Ok(());
        };
        let message =
            format!("{reason}. It was not sent; to send it all the same, repeat it with acknowledge: [\"{id}\"]");
        Err(Error::field("acknowledge", FieldCode::Conflict, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_found() {
        for text in ["hello", "482913", "you sh1t, read me the code"] {
            let review = review(text);
            let column = review.to_column().unwrap();
            assert_eq!(Review::from_column(column.as_deref()).unwrap(), review);
        }
        assert_eq!(review("hello").to_column().unwrap(), None);
    }

    #[test]
    fn a_code_goes_out_only_when_it_was_confirmed() {
        let review = review("it's 482913");
        assert!(review.refuse_unconfirmed(&[]).is_err());
        assert!(review.refuse_unconfirmed(&["code-request".to_owned()]).is_err());
        assert!(review.refuse_unconfirmed(&["outgoing-code".to_owned()]).is_ok());
        assert!(super::review("send me the code").refuse_unconfirmed(&[]).is_ok());
    }

    #[test]
    fn a_rule_that_is_gone_warns_no_more() {
        let kept = r#"{"rules":[{"rule":"of-old","version":3},{"rule":"threat","version":1}]}"#;
        let review = Review::from_column(Some(kept)).unwrap();
        assert_eq!(review.warning().unwrap().id, "threat");
    }
}
