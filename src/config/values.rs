//! The text of settings, and what can be read from it.

use std::{collections::BTreeMap, str::FromStr};

use figment::value::Value;

use super::setting::SETTINGS;

/// A value, or what is wrong with it.
pub type Result<T> = std::result::Result<T, ConfigError>;

/// An invalid setting; names the variable, or the key and its file.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct ConfigError {
    pub(super) name: String,
    pub(super) reason: String,
}

/// The values that were given, by the keys of the settings.
pub struct Values<'a>(pub &'a BTreeMap<String, Value>);

impl Values<'_> {
    /// The value of a setting, or its default.
    pub fn text(&self, name: &str) -> String {
        let given = self.0.get(&key_of(name)).map(|value| match value {
            Value::String(_, text) => text.clone(),
            Value::Num(_, number) => number
                .to_i128()
                .map_or_else(|| format!("{number:?}"), |number| number.to_string()),
            Value::Bool(_, value) => value.to_string(),
            other => format!("{other:?}"),
        });
        let default = SETTINGS
            .iter()
            .find(|setting| setting.name == name)
            .map_or("", |setting| setting.default);
        given
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| default.to_owned())
    }

    /// The same, unless it is empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The items of a comma-separated list.
    pub fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name);
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    }

    /// The value as that type; `expected` says what it should be.
    pub fn parse<T: FromStr>(&self, name: &str, expected: &str) -> Result<T> {
        let text = self.text(name);
        text.parse()
            .map_err(|_| fault(name, format!("\"{text}\" is not {expected}")))
    }

    /// A whole number within that range.
    pub fn number(&self, name: &str, least: u32, most: u32) -> Result<u32> {
        let expected = format!("a whole number from {least} to {most}");
        let number: u32 = self.parse(name, &expected)?;
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(fault(name, format!("{number} is not {expected}")))
        }
    }

    /// Whether the second of two words was chosen.
    pub fn choice(&self, name: &str, words: [&str; 2]) -> Result<bool> {
        let text = self.text(name);
        match words.iter().position(|word| *word == text) {
            Some(place) => Ok(place == 1),
            None => Err(fault(
                name,
                format!("\"{text}\" is neither {} nor {}", words[0], words[1]),
            )),
        }
    }

    /// An address with one of those schemes.
    pub fn address(&self, name: &str, schemes: &[&str]) -> Result<Option<String>> {
        match self.optional(name) {
            Some(url) if !has_scheme(&url, schemes) => {
                Err(fault(name, format!("must begin with {}", schemes.join(" or "))))
            }
            other => Ok(other),
        }
    }
}

/// Whether the address begins with one of them.
pub fn has_scheme(url: &str, schemes: &[&str]) -> bool {
    schemes.iter().any(|scheme| url.starts_with(scheme))
}

/// The key of a setting in the file.
pub fn key_of(name: &str) -> String {
    name.trim_start_matches("SWEETIE_").to_lowercase()
}

/// An error in that setting.
pub fn fault(name: &str, reason: impl Into<String>) -> ConfigError {
    ConfigError {
        name: name.to_owned(),
        reason: reason.into(),
    }
}
