//! The query string. A name that is not known is refused, because a misspelt `dryRun` would be an import.

use std::time::Duration;

use entity::vocabulary::{DateOrder, ImportMode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;

use crate::kernel::{Error, FieldCode, FieldError, Result};

/// The longest that somebody may wait, in seconds: proxies give up soon after.
const LONGEST_WAIT: u64 = 60;

/// What is to be done with a file, and how long the answer may take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Treatment of animals that the file does not list.
    pub mode: Option<ImportMode>,
    /// The most animals that a snapshot may close.
    pub confirm_removals: Option<i32>,
    /// Order of day and month in dates.
    pub date_order: Option<DateOrder>,
    /// Whether to only try.
    pub dry_run: bool,
    /// How long to wait for the end of the import.
    pub wait: Duration,
}

impl Parameters {
    /// All that may be said with a file.
    pub fn of_file(query: &str) -> Result<Self> {
        Self::read(query, &["mode", "confirmRemovals", "dateOrder", "dryRun", "wait"])
    }

    /// What may be said when asking for an import: how long to wait.
    pub fn of_import(query: &str) -> Result<Self> {
        Self::read(query, &["wait"])
    }

    fn read(query: &str, known: &[&str]) -> Result<Self> {
        let (mut parameters, mut faults) = (Self::default(), Vec::new());
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let fault = match () {
                () if !known.contains(&&*name) => Some(format!("this is no parameter: use {}", known.join(", "))),
                () if seen.contains(&name) => Some("give this parameter once".to_owned()),
                () => parameters.set(&name, &value).err().map(str::to_owned),
            };
            faults.extend(fault.map(|message| FieldError::new(&*name, FieldCode::Invalid, message)));
            seen.push(name);
        }
        match faults.is_empty() {
            true => Ok(parameters),
            false => Err(Error::Invalid(faults)),
        }
    }

    /// Takes a value, or says what it has to be.
    fn set(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "mode" => self.mode = Some(word(value).ok_or("mode must be UPSERT or SNAPSHOT")?),
            "dateOrder" => {
                self.date_order = Some(word(value).ok_or("dateOrder must be MONTH_FIRST or DAY_FIRST")?);
            }
            "confirmRemovals" => {
                let count = value.parse::<i32>();
                self.confirm_removals = Some(count.map_err(|_| "confirmRemovals must be a whole number")?);
            }
            "dryRun" => self.dry_run = value.parse::<bool>().map_err(|_| "dryRun must be true or false")?,
            _ => {
                let seconds = value.parse::<u64>().ok().filter(|seconds| *seconds <= LONGEST_WAIT);
                self.wait = Duration::from_secs(seconds.ok_or("wait must be a number of seconds from 0 to 60")?);
            }
        }
        Ok(())
    }
}

/// A word of the schema, in any case.
fn word<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(Value::String(value.to_ascii_lowercase())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_taken_and_the_rest_is_as_in_the_schema() {
        assert_eq!(Parameters::of_file("").unwrap(), Parameters::default());
        let said = "mode=snapshot&dryRun=true&confirmRemovals=12&dateOrder=DAY_FIRST&wait=60";
        let expected = Parameters {
            mode: Some(ImportMode::Snapshot),
            confirm_removals: Some(12),
            date_order: Some(DateOrder::DayFirst),
            dry_run: true,
            wait: Duration::from_secs(60),
        };
        assert_eq!(Parameters::of_file(said).unwrap(), expected);
    }

    #[test]
    fn nothing_that_is_misspelt_passes() {
        for query in [
            "dryrun=true",
            "dry_run=true",
            "dryRun=yes",
            "dryRun",
            "dryRun=true&dryRun=false",
            "mode=replace",
            "mode=",
            "confirmRemovals=1.5",
            "dateOrder=ymd",
            "wait=61",
            "wait=-1",
            "wait=1s",
            "data=x",
        ] {
            let Err(Error::Invalid(faults)) = Parameters::of_file(query) else {
                panic!("{query} passed");
            };
            assert_eq!(faults.len(), 1, "{query}");
        }
        assert!(Parameters::of_import("wait=5").is_ok());
        assert!(Parameters::of_import("dryRun=true").is_err());
    }
}
