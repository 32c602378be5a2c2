//! The figures of months.

use serde_json::{Value, json};

use super::{
    animals::{House, Stay},
    calendar::{bounds, midnight},
};
use crate::support::TestApp;

const FIGURES: &str = "query($id: ID!, $month: String!) { shelter(id: $id) { exports { monthly(month: $month) {
    leftOut total { ...counts } species { species figures { ...counts } } } } } }
    fragment counts on AnimalFigures { beginning beginningInFoster unexplained ending endingInFoster
        liveIntakes { stray relinquishedByOwner ownerIntendedEuthanasia transferredIn seized other total }
        liveOutcomes { adopted returnedToOwner transferred returnedToField other total }
        otherOutcomes { died lost euthanized ownerIntendedEuthanasia total } }";

/// Every figure of a month is what the list says, and the month adds up.
pub async fn check(app: &TestApp, house: &House, month: &str) {
    let asked = json!({ "id": house.id, "month": month });
    let figures = app.ok(&house.who, FIGURES, asked).await["shelter"]["exports"]["monthly"].take();
    assert_eq!(figures["leftOut"], 0, "{month}");
    for row in figures["species"].as_array().expect("a list") {
        let expected = counted(house, month, |species| row["species"] == species);
        assert_eq!(row["figures"], expected, "{month} {}", row["species"]);
    }
    let total = &figures["total"];
    assert_eq!(total, &counted(house, month, |_| true), "{month}");
    let of = |pointer: &str| total.pointer(pointer).and_then(Value::as_i64).unwrap();
    assert_eq!(
        of("/beginning") + of("/liveIntakes/total") - of("/liveOutcomes/total") - of("/otherOutcomes/total"),
        of("/ending"),
        "{month} adds up"
    );
}

/// The figures of the animals of some species, counted one by one.
fn counted(house: &House, month: &str, is_it: impl Fn(&str) -> bool) -> Value {
    let (first, next) = bounds(format!("{month}-01").parse().unwrap());
    let (from, to) = (midnight(first), midnight(next));
    let stays: Vec<&Stay> = house
        .real_stays()
        .filter(|(animal, _)| is_it(animal.species))
        .map(|(_, stay)| stay)
        .collect();
    let count = |is_it: &dyn Fn(&Stay) -> bool| stays.iter().filter(|stay| is_it(stay)).count();
    let came = |kinds: &[&str]| count(&|stay| (from..to).contains(&stay.came) && kinds.contains(&stay.kind));
    let left = |how: &[&str]| {
        count(&|stay| {
            let is_so = |(at, outcome): (i64, &str)| (from..to).contains(&at) && how.contains(&outcome);
            stay.left.is_some_and(is_so)
        })
    };
    let live = ["ADOPTED", "RETURNED_TO_OWNER", "TRANSFERRED", "RELEASED", "OTHER"];
    let dead = ["DIED", "LOST_IN_CARE", "EUTHANIZED", "OWNER_INTENDED_EUTHANASIA"];
    json!({
        "beginning": count(&|stay| was_there(stay, from)),
        "beginningInFoster": count(&|stay| was_there(stay, from) && was_in_foster(stay, from)),
        "ending": count(&|stay| was_there(stay, to)),
        "endingInFoster": count(&|stay| was_there(stay, to) && was_in_foster(stay, to)),
        "unexplained": 0,
        "liveIntakes": {
            "stray": came(&["STRAY"]),
            "relinquishedByOwner": came(&["OWNER_SURRENDER", "RETURN"]),
            "ownerIntendedEuthanasia": came(&["OWNER_INTENDED_EUTHANASIA"]),
            "transferredIn": came(&["TRANSFER_IN"]),
            "seized": came(&["SEIZED"]),
            "other": came(&["BORN_IN_CARE", "OTHER"]),
            "total": count(&|stay| (from..to).contains(&stay.came)),
        },
        "liveOutcomes": {
            "adopted": left(&["ADOPTED"]),
            "returnedToOwner": left(&["RETURNED_TO_OWNER"]),
            "transferred": left(&["TRANSFERRED"]),
            "returnedToField": left(&["RELEASED"]),
            "other": left(&["OTHER"]),
            "total": left(&live),
        },
        "otherOutcomes": {
            "died": left(&["DIED"]),
            "lost": left(&["LOST_IN_CARE"]),
            "euthanized": left(&["EUTHANIZED"]),
            "ownerIntendedEuthanasia": left(&["OWNER_INTENDED_EUTHANASIA"]),
            "total": left(&dead),
        },
    })
}

fn was_there(stay: &Stay, instant: i64) -> bool {
    stay.came < instant && stay.left.is_none_or(|(at, _)| instant <= at)
}

fn was_in_foster(stay: &Stay, instant: i64) -> bool {
    let before = stay.stages.iter().rev().find(|(since, _)| *since < instant);
    before.is_some_and(|(_, stage)| *stage == "FOSTER")
}
