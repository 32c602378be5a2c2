//! The text of a cell, as a person would have typed it into a CSV file.

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

/// Dates become `2026-11-03` or `2026-11-03 16:19:00`, whole numbers digits, booleans Yes and No, errors nothing. Texts
/// stay as they are, with their leading zeros.
pub(super) fn text_of(value: &DataRef<'_>, is_1904: bool) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "Yes".to_owned(),
        DataRef::Bool(false) => "No".to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::DateTime(date) => date_text(date, is_1904),
        DataRef::DateTimeIso(text) => iso_text(text),
    }
}

/// A number with as many digits as a workbook shows, which is fifteen: 0.3 rather than 0.30000000000000004.
fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    // Nothing is behind the point of a whole number.
    if shown == 0.0 {
        "0".to_owned()
    } else {
        shown.to_string()
    }
}

/// Workbooks count days; a fraction is the time of day, and a number below one only that.
fn date_text(date: &ExcelDateTime, is_1904: bool) -> String {
    let seconds = (date.as_f64() * 86_400.0).round();
    // Excel's last day is 9999-12-31.
    if !(0.0..2_958_466.0 * 86_400.0).contains(&seconds) {
        return number_text(date.as_f64());
    }
    // A little later than the second itself, which the fraction may miss by less than a millisecond.
    let rounded = ExcelDateTime::new((seconds + 0.25) / 86_400.0, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, hour, minute, second, _) = rounded.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match () {
        () if date.is_duration() => {
            let seconds = seconds as u64;
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        () if seconds < 86_400.0 && !is_1904 => time,
        () if time == "00:00:00" => format!("{year:04}-{month:02}-{day:02}"),
        () => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// Dates that are stored as texts: `2026-11-03T16:19:00.000`.
fn iso_text(text: &str) -> String {
    let text = text.replacen('T', " ", 1);
    let text = text.strip_suffix(".000").unwrap_or(&text);
    text.strip_suffix(" 00:00:00").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(serial: f64) -> String {
        text_of(
            &DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false)),
            false,
        )
    }

    #[test]
    fn dates_become_iso_text() {
        for (serial, text) in [
            (46_329.0, "2026-11-03"),
            (46_329.679_861_111_1, "2026-11-03 16:19:00"),
            // A hair before the minute, as calculations leave it.
            (46_329.679_861_110_9, "2026-11-03 16:19:00"),
            (0.679_861_111_1, "16:19:00"),
            (1.0, "1900-01-01"),
            (-1.0, "-1"),
            (4e9, "4000000000"),
        ] {
            assert_eq!(date(serial), text, "{serial}");
        }
        let old = ExcelDateTime::new(44_867.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(text_of(&DataRef::DateTime(old), true), "2026-11-03");
        let span = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text_of(&DataRef::DateTime(span), false), "36:00:00");
        let iso = |text: &str| text_of(&DataRef::DateTimeIso(text.to_owned()), false);
        assert_eq!(iso("2026-11-03T00:00:00"), "2026-11-03");
        assert_eq!(iso("2026-11-03T16:19:00.000"), "2026-11-03 16:19:00");
    }

    #[test]
    fn numbers_are_written_as_the_workbook_shows_them() {
        for (number, text) in [
            (982_000_123_456_789.0, "982000123456789"),
            (100.0, "100"),
            (12.5, "12.5"),
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (f64::NAN, ""),
        ] {
            assert_eq!(text_of(&DataRef::Float(number), false), text, "{number}");
        }
        assert_eq!(text_of(&DataRef::Bool(true), false), "Yes");
        assert_eq!(text_of(&DataRef::SharedString("007"), false), "007");
    }

    proptest! {
        #[test]
        fn any_number_has_a_text(number in any::<f64>(), is_1904 in any::<bool>()) {
            text_of(&DataRef::Float(number), is_1904);
            text_of(&DataRef::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904)), is_1904);
            text_of(&DataRef::DateTime(ExcelDateTime::new(number, ExcelDateTimeType::TimeDelta, is_1904)), is_1904);
        }

        #[test]
        fn all_digits_of_a_chip_survive(chip in 100_000_000_000_000_u64..=999_999_999_999_999) {
            prop_assert_eq!(text_of(&DataRef::Float(chip as f64), false), chip.to_string());
        }
    }
}
