//! Dates as shelters' systems write them. One order of day and month is settled per column; what stays unclear is refused.
//!
//! Files carry no time zone, so a time without an offset is read as UTC: it may be off by a few hours, never by days.

use chrono::NaiveDate;
use entity::Timestamp;

use super::date_text::{Reading, read, read_clock};

/// Whether `03/04/2019` is in March or in April.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    MonthFirst,
    DayFirst,
    /// No value tells.
    Unclear,
    /// Some values can only be one, some only the other.
    Mixed,
}

impl DateOrder {
    /// The order that fits all the values of a column.
    pub(super) fn infer<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let (mut month_first, mut day_first, mut american) = (false, false, false);
        for value in values {
            if let Reading::Numeric {
                first,
                second,
                twelve_hours,
                ..
            } = read(value)
            {
                day_first |= 12 < first;
                month_first |= 12 < second;
                american |= twelve_hours;
            }
        }
        match (month_first, day_first) {
            (true, true) => Self::Mixed,
            (true, false) => Self::MonthFirst,
            (false, true) => Self::DayFirst,
            (false, false) if american => Self::MonthFirst,
            (false, false) => Self::Unclear,
        }
    }

    /// The instant in a cell, with the time of day from a second cell if that column exists; none for a blank cell.
    pub(super) fn parse(self, date: &str, time: Option<&str>) -> Result<Option<Timestamp>, &'static str> {
        let moment = match read(date) {
            Reading::Nothing => return Ok(None),
            Reading::Nonsense => return Err("this is not a date; write it as 2019-03-25"),
            Reading::Sure(moment) => moment,
            Reading::Numeric {
                first,
                second,
                year,
                time,
                ..
            } => {
                let (month, day) = self.month_and_day(first, second)?;
                let day = NaiveDate::from_ymd_opt(year, month, day).ok_or("there is no such day")?;
                day.and_time(time)
            }
        };
        let clock = time.and_then(read_clock).unwrap_or(moment.time());
        let moment = moment.date().and_time(clock);
        Ok(Some(Timestamp(moment.and_utc().timestamp_millis())))
    }

    fn month_and_day(self, first: u32, second: u32) -> Result<(u32, u32), &'static str> {
        match self {
            Self::MonthFirst => Ok((first, second)),
            Self::DayFirst => Ok((second, first)),
            _ if first == second => Ok((first, second)),
            Self::Unclear => Err("day and month cannot be told apart; write the date as 2019-03-25"),
            Self::Mixed => Err("this column writes some dates with the day first and some with the month first"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(order: DateOrder, text: &str) -> String {
        match order.parse(text, None) {
            Ok(Some(time)) => time.to_utc().format("%Y-%m-%d %H:%M").to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn formats_of_vendors_are_read() {
        for (text, time) in [
            ("2025-05-05T10:08:00", "2025-05-05 10:08"),
            ("2025-05-05T10:08:00.000Z", "2025-05-05 10:08"),
            ("2019-07-07T06:03:43+0200", "2019-07-07 04:03"),
            ("2022-06-04", "2022-06-04 00:00"),
            ("20220604", "2022-06-04 00:00"),
            ("01/03/2019 04:19:00 PM", "2019-01-03 16:19"),
            ("1/3/19 12:05 AM", "2019-01-03 00:05"),
            ("25-Apr-15", "2015-04-25 00:00"),
            ("April 25, 2015", "2015-04-25 00:00"),
            ("Thu Apr 23 00:00:00 BST 2015", "2015-04-23 00:00"),
            ("1546532340", "2019-01-03 16:19"),
            ("1546532340.25", "2019-01-03 16:19"),
        ] {
            assert_eq!(utc(DateOrder::MonthFirst, text), time, "{text}");
        }
    }

    #[test]
    fn no_date_is_no_date() {
        for text in [
            "",
            "N/A",
            "1/1/1900",
            "1900-01-01 00:00:00",
            "01/01/1900 12:00:00 AM",
            "TBA",
        ] {
            assert_eq!(DateOrder::MonthFirst.parse(text, None), Ok(None), "{text}");
        }
        for text in ["soon", "13/13/2019", "2019-02-30", "1/2", "99:99"] {
            assert!(DateOrder::MonthFirst.parse(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn one_order_is_settled_per_column() {
        let infer = |values: &[&str]| DateOrder::infer(values.iter().copied());
        assert_eq!(infer(&["03/04/2019", "03/25/2019"]), DateOrder::MonthFirst);
        assert_eq!(infer(&["03/04/2019", "25.03.2019"]), DateOrder::DayFirst);
        assert_eq!(infer(&["03/04/2019 01:00 PM"]), DateOrder::MonthFirst);
        assert_eq!(infer(&["03/04/2019", "2019-03-25"]), DateOrder::Unclear);
        assert_eq!(infer(&["25/03/2019", "03/25/2019"]), DateOrder::Mixed);
        assert!(DateOrder::Unclear.parse("03/04/2019", None).is_err());
        assert_eq!(utc(DateOrder::Unclear, "04/04/2019"), "2019-04-04 00:00");
    }

    #[test]
    fn the_time_may_stand_in_a_cell_of_its_own() {
        let at = |time| {
            DateOrder::Unclear
                .parse("2022-06-04", Some(time))
                .map(|time| time.map(|time| time.to_string()))
        };
        assert_eq!(at("13:20:00"), Ok(Some("2022-06-04T13:20:00.000Z".to_owned())));
        assert_eq!(at("1320"), at("1:20 PM"));
        assert_eq!(at("N/A"), at("00:00"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = DateOrder::MonthFirst.parse(&text, Some(&text));
        }

        #[test]
        fn dates_come_back_in_every_format(seconds in 946_684_800_i64..2_000_000_000) {
            let time = Timestamp(seconds * 1000).to_utc();
            for (order, format) in [
                (DateOrder::Unclear, "%Y-%m-%d %H:%M:%S"),
                (DateOrder::Unclear, "%Y-%m-%dT%H:%M:%SZ"),
                (DateOrder::Unclear, "%d-%b-%y %H:%M:%S"),
                (DateOrder::MonthFirst, "%m/%d/%Y %I:%M:%S %p"),
                (DateOrder::DayFirst, "%d.%m.%Y %H:%M:%S"),
            ] {
                let text = time.format(format).to_string();
                prop_assert_eq!(order.parse(&text, None), Ok(Some(Timestamp(seconds * 1000))), "{}", text);
            }
        }
    }
}
