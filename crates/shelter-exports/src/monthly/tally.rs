//! Counts stays one by one.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{Timestamp, vocabulary::StayStage};

use super::{
    age::Age,
    month::Month,
    row::{Count, Figures, Row, SacSpecies},
    stay::CountedStay,
};

/// Figures in the making. Stays may be given in any order, each once; those that do not touch the month change nothing, so
/// a caller may leave them out.
#[derive(Debug, Clone)]
pub struct Tally {
    figures: Figures,
    zone: Tz,
    begin: Timestamp,
    end: Timestamp,
}

impl Tally {
    /// Begins to count a month by the clocks of a zone. A month that has not ended is counted as if nothing happened any
    /// more.
    pub fn new(month: Month, zone: Tz) -> Self {
        let (begin, end) = month.bounds(zone);
        Self {
            figures: Figures {
                month,
                rows: SacSpecies::ALL.map(Row::empty),
                left_out: 0,
            },
            zone,
            begin,
            end,
        }
    }

    /// Counts a stay.
    pub fn take(&mut self, stay: &CountedStay) {
        let Some(species) = SacSpecies::of(stay.species) else {
            let left_before = stay.left_at().is_some_and(|at| at < self.begin);
            self.figures.left_out += u64::from(stay.intake_at < self.end && !left_before);
            return;
        };
        let (begin, end, zone) = (self.begin, self.end, self.zone);
        let within = |at: Timestamp| begin <= at && at < end;
        let Some(row) = self.figures.rows.iter_mut().find(|row| row.species == species) else {
            return;
        };
        note_presence(&mut row.beginning, stay, begin);
        note_presence(&mut row.ending, stay, end);
        if within(stay.intake_at) {
            let age = age_at(stay.intake_at, stay, zone);
            *row.intakes.of_mut(age).of_mut(stay.intake) += 1;
        }
        if let (Some(ending), Some(at)) = (stay.ending, stay.left_at())
            && within(at)
        {
            row.note_outcome(age_at(at, stay, zone), ending.outcome);
        }
    }

    /// The figures.
    pub fn figures(self) -> Figures {
        self.figures
    }
}

impl<'a> Extend<&'a CountedStay> for Tally {
    fn extend<I: IntoIterator<Item = &'a CountedStay>>(&mut self, stays: I) {
        stays.into_iter().for_each(|stay| self.take(stay));
    }
}

fn note_presence(count: &mut Count, stay: &CountedStay, instant: Timestamp) {
    if stay.is_in_care_at(instant) {
        count.animals += 1;
        count.foster += u64::from(stay.stage_at(instant) == StayStage::Foster);
    }
}

/// The age by the shelter's clocks.
fn age_at(at: Timestamp, stay: &CountedStay, zone: Tz) -> Age {
    let day = |at: Timestamp| -> NaiveDate { at.to_utc().with_timezone(&zone).date_naive() };
    stay.birth.map_or_else(
        || Age::of_group(stay.species, stay.age_group),
        |birth| Age::on(day(at), day(birth)),
    )
}

#[cfg(test)]
mod tests;
