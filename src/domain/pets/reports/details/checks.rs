//! Checks of single fields; the faults of all of them are gathered.

use std::{ops::RangeInclusive, time::Duration};

use entity::Timestamp;

use super::input::Change;
use crate::kernel::{Error, FieldCode, FieldError, Result, text};

/// 2000-01-01T00:00:00Z.
const FIRST_DAY: Timestamp = Timestamp(946_684_800_000);
/// How far a client's clock may be ahead.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// What is wrong with an input so far, and how many contact details were hidden in it.
#[derive(Default)]
pub struct Faults {
    found: Vec<FieldError>,
    hidden: usize,
}

impl Faults {
    /// The number of hidden contact details, or everything that is wrong.
    pub fn finish(self) -> Result<usize> {
        if self.found.is_empty() {
            Ok(self.hidden)
        } else {
            Err(Error::Invalid(self.found))
        }
    }

    /// One more fault.
    pub fn add(&mut self, field: &str, code: FieldCode, message: impl Into<String>) {
        self.found.push(FieldError::new(field, code, message));
    }

    /// What a check gave, if it gave something.
    pub fn note<T>(&mut self, checked: Result<T, FieldError>) -> Option<T> {
        checked.map_err(|fault| self.found.push(fault)).ok()
    }

    /// Takes the faults of fields; any other error goes on.
    pub fn take_error(&mut self, error: Error) -> Result<()> {
        match error {
            Error::Invalid(faults) => self.found.extend(faults),
            other => return Err(other),
        }
        Ok(())
    }

    /// A line that everybody sees: nothing when it stays, `Some(None)` when it is emptied.
    pub fn public_line(&mut self, field: &str, change: &Change<String>, max: usize) -> Option<Option<String>> {
        self.public(change, |raw| text::optional_line(field, Some(raw), max))
    }

    /// Text that everybody sees: nothing when it stays, `Some(None)` when it is emptied.
    pub fn public_prose(&mut self, field: &str, change: &Change<String>, max: usize) -> Option<Option<String>> {
        self.public(change, |raw| text::optional_prose(field, Some(raw), max))
    }

    /// A line that few see: nothing when it stays, `Some(None)` when it is emptied.
    pub fn private_line(&mut self, field: &str, change: &Change<String>, max: usize) -> Option<Option<String>> {
        match change {
            Change::Keep => None,
            Change::Clear => Some(None),
            Change::To(raw) => self.note(text::optional_line(field, Some(raw), max)),
        }
    }

    fn public(
        &mut self,
        change: &Change<String>,
        check: impl Fn(&str) -> Result<Option<String>, FieldError>,
    ) -> Option<Option<String>> {
        match change {
            Change::Keep => None,
            Change::Clear => Some(None),
            Change::To(raw) => {
                let checked = self.note(check(raw))?;
                Some(checked.map(|text| self.without_contacts(&text)))
            }
        }
    }

    /// The text without contact details, which are counted.
    pub fn without_contacts(&mut self, text: &str) -> String {
        let masked = language_rules::mask_contacts(text);
        self.hidden += masked.hidden;
        masked.text
    }

    /// A number within a range: nothing when it stays, `Some(None)` when it is emptied.
    pub fn range(&mut self, field: &str, change: &Change<i32>, range: RangeInclusive<i32>) -> Option<Option<i32>> {
        match change {
            Change::Keep => None,
            Change::Clear => Some(None),
            Change::To(value) if range.contains(value) => Some(Some(*value)),
            Change::To(_) => {
                let message = format!("{field} must be from {} to {}", range.start(), range.end());
                self.add(field, FieldCode::OutOfRange, message);
                None
            }
        }
    }

    /// Up to three private marks of up to 200 characters, as they are stored.
    pub fn private_marks(&mut self, marks: &[String]) -> Option<String> {
        if 3 < marks.len() {
            self.add(
                "privateMarks",
                FieldCode::TooMany,
                "privateMarks takes at most 3 marks: leave some out",
            );
            return None;
        }
        let mut kept = Vec::new();
        for (place, mark) in marks.iter().enumerate() {
            let mut checked = text::line("privateMarks", mark, 200);
            if let Err(fault) = &mut checked {
                fault.path.push(place.to_string());
            }
            kept.extend(self.note(checked));
        }
        Some(serde_json::Value::from(kept).to_string())
    }
}

/// Refuses a time before 2000 and one in the future.
pub fn check_seen_at(seen_at: Timestamp, now: Timestamp) -> Result<(), FieldError> {
    let fault = |message| Err(FieldError::new("seenAt", FieldCode::OutOfRange, message));
    if seen_at < FIRST_DAY {
        return fault("seenAt must not be before 2000-01-01");
    }
    if now.plus(AHEAD) < seen_at {
        return fault("seenAt must not be in the future");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_at_once() {
        let mut faults = Faults::default();
        faults.public_line("name", &Change::To("x".repeat(61)), 60);
        faults.range("reward", &Change::To(-1), 0..=10);
        faults.private_marks(&["a".to_owned(), " ".to_owned()]);

        let Err(Error::Invalid(found)) = faults.finish() else {
            panic!("nothing was refused")
        };
        let paths: Vec<_> = found.iter().map(|fault| fault.path.join(".")).collect();
        assert_eq!(paths, ["name", "reward", "privateMarks.1"]);
    }

    #[test]
    fn a_phone_number_in_public_text_is_hidden_and_counted() {
        let mut faults = Faults::default();

        let text = faults.public_prose("description", &Change::To("call 512 555 0142".to_owned()), 100);

        assert_eq!(text, Some(Some("call [contact hidden]".to_owned())));
        assert_eq!(faults.finish().unwrap(), 1);
    }

    #[test]
    fn an_animal_is_seen_between_2000_and_now() {
        let now = Timestamp(1_800_000_000_000);

        assert!(check_seen_at(FIRST_DAY, now).is_ok());
        assert!(check_seen_at(Timestamp(FIRST_DAY.0 - 1), now).is_err());
        assert!(check_seen_at(now.plus(AHEAD), now).is_ok());
        assert!(check_seen_at(now.plus(AHEAD + Duration::from_millis(1)), now).is_err());
    }
}
