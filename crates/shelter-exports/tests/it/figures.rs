//! Monthly figures from rows of the tables.

use chrono_tz::Tz;
use entity::{
    Timestamp, stay, stay_event,
    vocabulary::{StayEventKind, StayOutcome, StayStage},
};
use shelter_exports::monthly::{CountedStay, Figures, Month, Tally};

use crate::rows::{DAY, TODAY, animal, stay};

fn staged(number: i32, days_ago: i64, from: &str, to: &str) -> stay_event::Model {
    stay_event::Model {
        stay_id: stay(0).id,
        number,
        kind: StayEventKind::StageChanged,
        from_value: Some(from.to_owned()),
        to_value: Some(to.to_owned()),
        happened_at: Timestamp(TODAY.0 - days_ago * DAY),
        recorded_at: TODAY,
        recorded_by: "server".to_owned(),
    }
}

fn figures(month: u32, stays: &[CountedStay]) -> Figures {
    let month = Month::new(2026, month).expect("there is such a month");
    let mut tally = Tally::new(month, Tz::America__Chicago);
    tally.extend(stays);
    tally.figures()
}

#[test]
fn rows_of_the_tables_are_counted() {
    // Taken in on the 21st of October, in a foster home since the 31st, adopted on the 28th of November.
    let adopted = stay::Model {
        stage: StayStage::Adoptable,
        outcome: Some(StayOutcome::Adopted),
        outcome_at: Some(Timestamp(TODAY.0 - 2 * DAY)),
        ..stay(40)
    };
    let events = [staged(2, 30, "intake", "foster"), staged(3, 5, "foster", "adoptable")];
    let there = stay::Model {
        stage: StayStage::Foster,
        ..stay(3)
    };
    let stays = [
        CountedStay::of(&animal("A1"), &adopted, &events),
        CountedStay::of(&animal("A2"), &there, &[]),
    ];

    let [october, november] = [10, 11].map(|month| figures(month, &stays));

    let (october, november) = (&october.rows[0], &november.rows[0]);
    assert_eq!(
        (october.came(), october.ending.animals, october.ending.foster),
        (1, 1, 1)
    );
    assert_eq!(november.beginning, october.ending);
    assert_eq!((november.came(), november.left()), (1, 1));
    assert_eq!(november.live_outcomes.unknown.adoption, 1);
    assert_eq!((november.ending.animals, november.ending.on_site()), (1, 0));
    assert!(october.adds_up() && november.adds_up());
}
