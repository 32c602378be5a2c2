//! Dates in the formats of shelters' systems. The order of day and month is determined per column, from all its rows.
//!
//! Times without an offset are in the shelter's time zone.

pub(crate) mod text;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use entity::{Timestamp, vocabulary::DateOrder};

use self::text::{Reading, read, read_clock};
use super::{FileError, columns::Header, formats::Column};
use crate::zone::Zone;

/// The columns with dates; evidence from the first ones also counts for the others.
const DATES: [Column; 7] = [
    Column::IntakeDate,
    Column::OutcomeDate,
    Column::BirthDate,
    Column::DeceasedDate,
    Column::MovementDate,
    Column::ReturnDate,
    Column::Arrival,
];

/// Countries that write the month first, including territories of the United States.
const MONTH_FIRST: [&str; 10] = ["US", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW", "UM"];
/// Countries where both orders are common.
const BOTH: [&str; 3] = ["CA", "PH", "KE"];
/// One order outweighs the other if this many times as many dates are valid only in it.
const OUTWEIGHS: u32 = 5;

/// Information that an import has besides its file.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// When the file was sent: no date in it can be later.
    pub today: Timestamp,
    /// Time zone of its times.
    pub zone: Zone,
    /// The shelter's country, as ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Order of day and month, if the shelter has specified it.
    pub order: Option<DateOrder>,
}

/// How to read the dates of one file.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub(super) today: Timestamp,
    zone: Zone,
    orders: HashMap<Column, DateOrder>,
    /// Whether the shelter is known to be where weights are in kilograms and postal codes are not those of the United
    /// States.
    pub(super) is_metric: bool,
}

/// Dates of a column whose day and month nothing tells apart, and both readings of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDates {
    /// Title of the column.
    pub column: String,
    /// A cell of the column, cut to 40 characters.
    pub example: String,
    /// The day in it, if the day comes first.
    pub day_first: NaiveDate,
    /// The day in it, if the month comes first.
    pub month_first: NaiveDate,
}

/// A cell that is a day in both orders.
#[derive(Debug)]
struct OpenCell {
    cell: String,
    day_first: NaiveDate,
    month_first: NaiveDate,
}

/// Evidence for the order of a column.
#[derive(Debug, Default)]
struct Tally {
    month_first: u32,
    day_first: u32,
    twelve_hours: bool,
    /// A cell that is valid in both orders.
    open: Option<OpenCell>,
}

/// The cells of all date columns.
pub(super) struct Evidence {
    latest: NaiveDate,
    tallies: [Tally; DATES.len()],
}

impl Evidence {
    pub(super) fn new(circumstances: &Circumstances) -> Self {
        Self {
            latest: circumstances.zone.clock(circumstances.today.to_utc()).date(),
            tallies: Default::default(),
        }
    }

    pub(super) fn take(&mut self, header: &Header, cells: &[String]) {
        for (column, tally) in DATES.iter().zip(&mut self.tallies) {
            if let Some(cell) = header.value(*column, cells) {
                tally.take(cell, self.latest);
            }
        }
    }

    /// Determines the order of every column; fails if one remains ambiguous, naming it and an example.
    pub(super) fn settle(self, header: &Header, circumstances: &Circumstances) -> Result<Calendar, FileError> {
        let (calendar, open) = self.weigh(header, circumstances);
        match open.into_iter().next() {
            None => Ok(calendar),
            Some((_, OpenDates { column, example, .. })) => Err(FileError::UnclearDates { column, example }),
        }
    }

    /// Determines the order of every column as far as possible; returns those that remain ambiguous too.
    pub(super) fn weigh(self, header: &Header, circumstances: &Circumstances) -> (Calendar, Vec<(Column, OpenDates)>) {
        let shared = self.tallies.iter().find_map(Tally::order);
        let house = house(header, circumstances.country.as_deref());
        let clocks = self.tallies.iter().any(|tally| tally.twelve_hours);
        let american = (clocks && circumstances.country.is_none()).then_some(DateOrder::MonthFirst);
        let mut orders = HashMap::new();
        let mut unclear = Vec::new();
        // A hold ends in the future, so its dates are no evidence.
        if let Some(order) = circumstances.order.or(shared).or(house).or(american) {
            orders.insert(Column::HoldUntil, order);
        }
        for (column, tally) in DATES.into_iter().zip(self.tallies) {
            let own = circumstances.order.or_else(|| tally.order());
            match own.or(shared).or(house).or(american) {
                Some(order) => drop(orders.insert(column, order)),
                None => unclear.extend(tally.open.map(|open| (column, open.shown(header.title_of(column))))),
            }
        }
        let calendar = Calendar {
            today: circumstances.today,
            zone: circumstances.zone,
            orders,
            is_metric: circumstances.country.as_deref().is_some_and(is_metric),
        };
        (calendar, unclear)
    }
}

/// Whether a country weighs in kilograms and nothing else. Where both orders of dates are common, so are both units.
fn is_metric(country: &str) -> bool {
    !MONTH_FIRST.contains(&country) && !BOTH.contains(&country)
}

impl OpenCell {
    fn shown(self, column: Option<String>) -> OpenDates {
        OpenDates {
            column: column.unwrap_or_default(),
            example: self.cell.chars().take(40).collect(),
            day_first: self.day_first,
            month_first: self.month_first,
        }
    }
}

/// The order used in the country, or if that does not decide, by the system that wrote the file.
fn house(header: &Header, country: Option<&str>) -> Option<DateOrder> {
    match country {
        Some(country) if MONTH_FIRST.contains(&country) => Some(DateOrder::MonthFirst),
        Some(country) if !BOTH.contains(&country) => Some(DateOrder::DayFirst),
        // The languages that are read besides English are spoken where the day comes first.
        _ if header.language.is_some() => Some(DateOrder::DayFirst),
        _ => header.format.month_first.then_some(DateOrder::MonthFirst),
    }
}

impl Tally {
    fn take(&mut self, cell: &str, latest: NaiveDate) {
        let Reading::Numeric {
            first,
            second,
            year,
            twelve_hours,
            ..
        } = read(cell)
        else {
            return;
        };
        self.twelve_hours |= twelve_hours;
        let possible = |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date <= latest);
        match (possible(first, second), possible(second, first)) {
            (Some(_), None) => self.month_first += 1,
            (None, Some(_)) => self.day_first += 1,
            (Some(month_first), Some(day_first)) if month_first != day_first => {
                self.open.get_or_insert_with(|| OpenCell {
                    cell: cell.to_owned(),
                    day_first,
                    month_first,
                });
            }
            // A date that is valid in neither order is no evidence, nor is one that is the same in both.
            _ => {}
        }
    }

    fn order(&self) -> Option<DateOrder> {
        let outweighs = |one: u32, other: u32| 0 < one && other.saturating_mul(OUTWEIGHS) <= one;
        if outweighs(self.month_first, self.day_first) {
            Some(DateOrder::MonthFirst)
        } else if outweighs(self.day_first, self.month_first) {
            Some(DateOrder::DayFirst)
        } else {
            None
        }
    }
}

impl Calendar {
    /// The instant in a cell, with the time of day from a second cell if that column exists; `None` for a blank cell.
    pub(super) fn parse(
        &self,
        column: Column,
        date: &str,
        time: Option<&str>,
    ) -> Result<Option<Timestamp>, &'static str> {
        let clock = match read(date) {
            Reading::Nothing => return Ok(None),
            Reading::Nonsense => return Err("this is not a date; write it as 2019-03-25"),
            // Midnight in Greenwich next to a cell with the time means a day.
            Reading::Instant(moment) if time.is_none() || moment.time() != NaiveTime::MIN => {
                return Ok(Some(Timestamp(moment.and_utc().timestamp_millis())));
            }
            Reading::Instant(clock) | Reading::Sure(clock) => clock,
            Reading::Numeric {
                first,
                second,
                year,
                time,
                ..
            } => self.day(column, first, second, year)?.and_time(time),
        };
        let time = time.and_then(read_clock).unwrap_or(clock.time());
        self.instant(clock.date().and_time(time)).map(Some)
    }

    /// Midnight of the day on which an instant falls at the shelter.
    pub(super) fn midnight(&self, moment: Timestamp) -> Timestamp {
        let day = self.zone.clock(moment.to_utc()).date();
        self.instant(day.and_time(NaiveTime::MIN)).unwrap_or(moment)
    }

    fn instant(&self, clock: NaiveDateTime) -> Result<Timestamp, &'static str> {
        let instant = self.zone.instant(clock).ok_or("there is no such time")?;
        Ok(Timestamp(instant.timestamp_millis()))
    }

    /// The date in the column's order; a cell that is valid only in the other order is read in that one.
    fn day(&self, column: Column, first: u32, second: u32, year: i32) -> Result<NaiveDate, &'static str> {
        let day = |order| match order {
            DateOrder::MonthFirst => NaiveDate::from_ymd_opt(year, first, second),
            DateOrder::DayFirst => NaiveDate::from_ymd_opt(year, second, first),
        };
        let order = self.orders.get(&column).copied();
        let both = [DateOrder::MonthFirst, DateOrder::DayFirst];
        let mut days = order.into_iter().chain(both).filter_map(day);
        let past = |date: &NaiveDate| *date <= self.zone.clock(self.today.to_utc()).date();
        match order {
            Some(_) => days.next(),
            // If the column has no order, every cell has only one reading that is not in the future.
            None => days.find(past),
        }
        .ok_or("there is no such day")
    }
}

#[cfg(test)]
mod tests;
