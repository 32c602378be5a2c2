use entity::vocabulary::{AgeGroup, IntakeKind, Species, StayOutcome};
use proptest::prelude::*;

use super::*;
use crate::monthly::{
    row::Intakes,
    stay::{Ending, StageChange},
};

const ZONE: Tz = Tz::America__Chicago;
const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

fn november() -> Month {
    Month::new(2026, 11).expect("there is such a month")
}

fn december() -> Month {
    Month::new(2026, 12).expect("there is such a month")
}

fn counted(month: Month, stays: &[CountedStay]) -> Figures {
    let mut tally = Tally::new(month, ZONE);
    tally.extend(stays);
    tally.figures()
}

fn row_of(month: Month, stay: CountedStay) -> Row {
    *counted(month, &[stay]).rows.first().expect("there is a row for dogs")
}

/// A dog that came that long after the beginning of November, and left.
fn dog(came: i64, left: Option<(i64, StayOutcome)>) -> CountedStay {
    let begin = november().bounds(ZONE).0.0;
    CountedStay {
        species: Species::Dog,
        birth: None,
        age_group: AgeGroup::Adult,
        intake_at: Timestamp(begin + came),
        intake: IntakeKind::Stray,
        ending: left.map(|(at, outcome)| Ending {
            at: Timestamp(begin + at),
            outcome,
        }),
        stage: StayStage::Hold,
        changes: Vec::new(),
    }
}

/// Beginning, intakes, outcomes, ending.
fn sums(row: &Row) -> (u64, u64, u64, u64) {
    (row.beginning.animals, row.came(), row.left(), row.ending.animals)
}

#[test]
fn a_stay_counts_where_it_begins_and_ends() {
    let month = november().bounds(ZONE);
    let length = month.1.0 - month.0.0;
    let left = |at| Some((at, StayOutcome::Adopted));
    for (came, left, expected) in [
        (-DAY, None, (1, 0, 0, 1)),
        (-DAY, left(-HOUR), (0, 0, 0, 0)),
        (-DAY, left(0), (1, 0, 1, 0)),
        (0, None, (0, 1, 0, 1)),
        (0, left(0), (0, 1, 1, 0)),
        (DAY, left(DAY), (0, 1, 1, 0)),
        (DAY, left(HOUR), (0, 1, 1, 0)),
        (DAY, left(2 * DAY), (0, 1, 1, 0)),
        (length - 1, None, (0, 1, 0, 1)),
        (DAY, left(length), (0, 1, 0, 1)),
        (length, None, (0, 0, 0, 0)),
    ] {
        let row = row_of(november(), dog(came, left));
        assert_eq!(sums(&row), expected, "{came} {left:?}");
        assert!(row.adds_up());
    }
}

#[test]
fn an_animal_that_comes_back_is_counted_again() {
    let adopted = |at| Some((at, StayOutcome::Adopted));
    let back = CountedStay {
        intake: IntakeKind::Return,
        ..dog(9 * DAY, None)
    };

    let figures = counted(november(), &[dog(DAY, adopted(3 * DAY)), back]);

    let row = figures.rows.first().expect("there is a row for dogs");
    assert_eq!(sums(row), (0, 2, 1, 1));
    let intakes = Intakes {
        stray_at_large: 1,
        relinquished_by_owner: 1,
        ..Intakes::default()
    };
    assert_eq!(row.intakes.adult, intakes);
}

#[test]
fn foster_is_neither_an_intake_nor_an_outcome() {
    let begin = november().bounds(ZONE).0;
    let change = |after: i64, from, to| StageChange {
        at: Timestamp(begin.0 + after),
        from,
        to,
    };
    let stay = CountedStay {
        changes: vec![
            change(DAY, StayStage::Hold, StayStage::Foster),
            change(40 * DAY, StayStage::Foster, StayStage::Adoptable),
        ],
        stage: StayStage::Adoptable,
        ..dog(-DAY, None)
    };

    let row = row_of(november(), stay);

    assert_eq!(sums(&row), (1, 0, 0, 1));
    assert_eq!((row.beginning.foster, row.ending.foster), (0, 1));
    assert_eq!((row.beginning.on_site(), row.ending.on_site()), (1, 0));
}

#[test]
fn outcomes_that_nobody_knows_are_lost_in_care() {
    let row = row_of(november(), dog(-DAY, Some((DAY, StayOutcome::Unknown))));
    assert_eq!((row.other_outcomes.adult.lost_in_care, row.unexplained), (1, 1));
    let row = row_of(november(), dog(-DAY, Some((DAY, StayOutcome::LostInCare))));
    assert_eq!((row.other_outcomes.adult.lost_in_care, row.unexplained), (1, 0));
}

#[test]
fn the_age_is_that_of_the_day_that_is_counted() {
    // Born on the 3rd of June, so adult from the 3rd of November.
    let begin = november().bounds(ZONE).0.0;
    let puppy = CountedStay {
        birth: Some(Timestamp(begin - 151 * DAY)),
        ..dog(HOUR, Some((2 * DAY + 2 * HOUR, StayOutcome::Adopted)))
    };

    let row = row_of(november(), puppy);

    assert_eq!(row.intakes.up_to_five_months.stray_at_large, 1);
    assert_eq!(row.live_outcomes.adult.adoption, 1);
    assert!(row.adds_up());
}

#[test]
fn species_without_a_row_are_only_told_as_left_out() {
    let other = |stay| CountedStay {
        species: Species::Other,
        ..stay
    };
    let gone = other(dog(-2 * DAY, Some((-DAY, StayOutcome::Died))));

    let figures = counted(november(), &[other(dog(-DAY, None)), gone]);

    assert_eq!(figures.left_out, 1);
    assert!(figures.rows.iter().all(|row| sums(row) == (0, 0, 0, 0)));
}

const SPECIES: [Species; 9] = [
    Species::Dog,
    Species::Cat,
    Species::Rabbit,
    Species::Equine,
    Species::SmallMammal,
    Species::Farm,
    Species::Bird,
    Species::Reptile,
    Species::Other,
];
const INTAKES: [IntakeKind; 9] = [
    IntakeKind::Stray,
    IntakeKind::OwnerSurrender,
    IntakeKind::OwnerIntendedEuthanasia,
    IntakeKind::TransferIn,
    IntakeKind::Seized,
    IntakeKind::Return,
    IntakeKind::BornInCare,
    IntakeKind::Other,
    IntakeKind::Unknown,
];
const OUTCOMES: [StayOutcome; 10] = [
    StayOutcome::Adopted,
    StayOutcome::ReturnedToOwner,
    StayOutcome::Transferred,
    StayOutcome::Released,
    StayOutcome::LostInCare,
    StayOutcome::Died,
    StayOutcome::Euthanized,
    StayOutcome::OwnerIntendedEuthanasia,
    StayOutcome::Other,
    StayOutcome::Unknown,
];

prop_compose! {
    /// A stay around November; times are often whole days by the shelter's clocks before the change of the clocks.
    fn any_stay()(
        species in prop::sample::select(&SPECIES[..]),
        came in -40 * 24..70_i64 * 24,
        length in prop::option::of((-1..50_i64 * 24, prop::sample::select(&OUTCOMES[..]))),
        intake in prop::sample::select(&INTAKES[..]),
        born in prop::option::of(0..300_i64),
        whole_days in any::<bool>(),
    ) -> CountedStay {
        let round = |hours: i64| if whole_days { hours.div_euclid(24) * DAY } else { hours * HOUR };
        let left = length.map(|(hours, outcome)| (round(came) + round(hours), outcome));
        let stay = dog(round(came), left);
        let birth = born.map(|days| Timestamp(stay.intake_at.0 - days * DAY));
        CountedStay { species, intake, birth, ..stay }
    }
}

/// The day of an intake, and that of the outcome.
type Span = (NaiveDate, Option<NaiveDate>);

/// The same counted by walking through the days: in care in the evening before, and what each day changes.
fn day_by_day(month: Month, species: SacSpecies, stays: &[CountedStay]) -> (u64, u64, u64, u64) {
    let day = |at: Timestamp| at.to_utc().with_timezone(&ZONE).date_naive();
    let spans: Vec<Span> = stays
        .iter()
        .filter(|stay| SacSpecies::of(stay.species) == Some(species))
        .map(|stay| {
            let left = stay.ending.map(|ending| day(ending.at.max(stay.intake_at)));
            (day(stay.intake_at), left)
        })
        .collect();
    let count = |holds: &dyn Fn(&Span) -> bool| spans.iter().filter(|span| holds(span)).count() as u64;
    let in_the_evening = |of: NaiveDate| count(&|(came, left)| *came <= of && left.is_none_or(|left| of < left));
    let (mut came, mut left) = (0, 0);
    let days = month.first_day().iter_days().take_while(|day| *day <= month.last_day());
    for today in days {
        came += count(&|span| span.0 == today);
        left += count(&|span| span.1 == Some(today));
    }
    let before = month.first_day().pred_opt().expect("there is a day before");
    (in_the_evening(before), came, left, in_the_evening(month.last_day()))
}

proptest! {
    #[test]
    fn every_row_adds_up_and_is_what_the_days_say(stays in prop::collection::vec(any_stay(), 0..40)) {
        for month in [november(), december()] {
            for row in counted(month, &stays).rows {
                prop_assert!(row.adds_up(), "{:?}", row);
                prop_assert_eq!(sums(&row), day_by_day(month, row.species, &stays));
            }
        }
    }

    #[test]
    fn a_month_ends_as_the_next_one_begins(stays in prop::collection::vec(any_stay(), 0..40)) {
        let months = [november(), december()].map(|month| counted(month, &stays).rows);
        for (before, after) in months[0].iter().zip(&months[1]) {
            prop_assert_eq!(before.ending, after.beginning);
        }
    }
}
