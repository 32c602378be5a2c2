//! When adoptions are checked, and what is known of them by then.

use chrono::{Days, Months, NaiveDate, NaiveTime};
use entity::{Timestamp, adoption_check, shelter, vocabulary::AdoptionOutcome};
use import_reader::zone::Zone;

use crate::domain::custody::time_zone::time_zone;

/// How long after an adoption it is checked: so many months by the calendar of the shelter, from the beginning of that day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckTime {
    /// After three months.
    ThreeMonths,
    /// After twelve months.
    TwelveMonths,
}

impl CheckTime {
    /// All of them, the first first.
    pub const ALL: [Self; 2] = [Self::ThreeMonths, Self::TwelveMonths];

    /// The number of months.
    pub fn months(self) -> u8 {
        match self {
            Self::ThreeMonths => 3,
            Self::TwelveMonths => 12,
        }
    }

    /// The number of months, as rows have it.
    pub(super) fn stored(self) -> i32 {
        self.months().into()
    }

    fn later(self) -> Months {
        Months::new(self.months().into())
    }
}

/// The zone whose calendar counts.
pub(super) fn zone_at(shelter: &shelter::Model) -> Zone {
    time_zone(shelter).unwrap_or(Zone::UTC)
}

/// The day that it is where the shelter is.
pub(super) fn day_of(at: Timestamp, zone: Zone) -> NaiveDate {
    zone.clock(at.to_utc()).date()
}

/// When a day begins where the shelter is; the beginning of time for days beyond the calendar.
pub(super) fn start_of(day: Option<NaiveDate>, zone: Zone) -> Timestamp {
    let start = day.and_then(|day| zone.instant(day.and_time(NaiveTime::MIN)));
    start.map_or(Timestamp(0), Timestamp::from)
}

/// When an adoption is to be checked.
pub(super) fn due_at(adopted_at: Timestamp, time: CheckTime, zone: Zone) -> Timestamp {
    start_of(day_of(adopted_at, zone).checked_add_months(time.later()), zone)
}

/// The end of the adoptions that are to be checked on that day at the latest.
pub(super) fn adopted_before(day: NaiveDate, time: CheckTime, zone: Zone) -> Timestamp {
    let about = day.checked_sub_months(time.later());
    // The months have different lengths: what falls on days that a month lacks is due on its last one.
    let mut later = (0..=3)
        .rev()
        .filter_map(|days| about?.checked_add_days(Days::new(days)));
    let is_due = |adopted: &NaiveDate| adopted.checked_add_months(time.later()).is_some_and(|due| due <= day);
    start_of(later.find(is_due).and_then(|adopted| adopted.succ_opt()), zone)
}

/// What became of an adoption by that time; `None` if nobody knows yet. Who came back before it was not kept, whatever
/// anybody recorded, and who came back later was still there. An animal that was given away or died stays so.
pub(super) fn outcome_of(
    (time, due_at): (CheckTime, Timestamp),
    came_back_at: Option<Timestamp>,
    recorded: &[adoption_check::Model],
) -> Option<AdoptionOutcome> {
    let told = |time: CheckTime| recorded.iter().find(|check| check.months == time.stored());
    let told = |time: CheckTime| told(time).map(|check| check.outcome);
    if came_back_at.is_some_and(|back| back < due_at) {
        return Some(AdoptionOutcome::Returned);
    }
    let own = told(time);
    let is_final = |outcome: &AdoptionOutcome| matches!(outcome, AdoptionOutcome::Returned | AdoptionOutcome::Died);
    let earlier = CheckTime::ALL.into_iter().filter(|one| one.months() < time.months());
    own.filter(|outcome| *outcome != AdoptionOutcome::Unknown)
        .or_else(|| earlier.filter_map(told).find(is_final))
        .or(came_back_at.map(|_| AdoptionOutcome::Kept))
        .or(own)
}

#[cfg(test)]
mod tests {
    use entity::id::StayId;
    use uuid::Uuid;

    use super::*;

    fn texas() -> Zone {
        Zone::named("America/Chicago").unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_those_of_the_shelters_calendar() {
        let zone = texas();
        // Half past eleven at night on 30 November in Texas; elsewhere December has begun.
        let adopted = Timestamp(1_796_103_000_000);
        assert_eq!(day_of(adopted, zone), day("2026-11-30"));

        let due = CheckTime::ALL.map(|time| day_of(due_at(adopted, time, zone), zone));

        assert_eq!(due, [day("2027-02-28"), day("2027-11-30")]);
    }

    #[test]
    fn what_is_due_on_a_day_is_what_was_adopted_before_a_bound() {
        let zone = texas();
        let mut today = day("2027-01-01");
        while today < day("2028-04-01") {
            for time in CheckTime::ALL {
                let bound = adopted_before(today, time, zone);
                let last = day_of(Timestamp(bound.0 - 1), zone);
                assert!(
                    day_of(due_at(Timestamp(bound.0 - 1), time, zone), zone) <= today,
                    "{today}: {last}"
                );
                assert!(today < day_of(due_at(bound, time, zone), zone), "{today}: {last}");
            }
            today = today.succ_opt().unwrap();
        }
    }

    #[test]
    fn who_comes_back_has_answered() {
        use AdoptionOutcome::{Died, Kept, Returned, Unknown};
        use CheckTime::{ThreeMonths, TwelveMonths};
        let recorded = |months, outcome| adoption_check::Model {
            stay_id: StayId(Uuid::nil()),
            months,
            outcome,
            note: None,
            recorded_by: String::new(),
            recorded_at: Timestamp(0),
        };
        let at = |time: CheckTime| (time, Timestamp(if time == ThreeMonths { 300 } else { 1_200 }));
        let kept = [recorded(3, Kept)];

        assert_eq!(outcome_of(at(ThreeMonths), None, &[]), None);
        assert_eq!(outcome_of(at(ThreeMonths), None, &kept), Some(Kept));
        assert_eq!(outcome_of(at(TwelveMonths), None, &kept), None);
        assert_eq!(outcome_of(at(ThreeMonths), Some(Timestamp(299)), &kept), Some(Returned));
        assert_eq!(outcome_of(at(ThreeMonths), Some(Timestamp(500)), &[]), Some(Kept));
        assert_eq!(
            outcome_of(at(TwelveMonths), Some(Timestamp(500)), &kept),
            Some(Returned)
        );
        assert_eq!(outcome_of(at(TwelveMonths), None, &[recorded(3, Died)]), Some(Died));
        assert_eq!(
            outcome_of(at(ThreeMonths), None, &[recorded(3, Unknown)]),
            Some(Unknown)
        );
        assert_eq!(outcome_of(at(TwelveMonths), None, &[recorded(3, Unknown)]), None);
    }
}
