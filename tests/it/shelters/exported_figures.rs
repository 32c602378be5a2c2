//! Monthly figures add up, and the end of a month is the beginning of the next one.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    exports::{fetched, path},
    shelter, text,
};
use crate::{
    matching::{dog, report, with},
    support::{Actor, TestApp},
};

const FIGURES: &str = "query($id: ID!, $month: String!) { shelter(id: $id) { exports { monthlyUrl(month: $month)
    monthly(month: $month) { month leftOut total { ...counts } species { species figures { ...counts } } } } } }
    fragment counts on AnimalFigures { beginning unexplained ending
        liveIntakes { stray relinquishedByOwner ownerIntendedEuthanasia transferredIn seized other total }
        liveOutcomes { adopted returnedToOwner transferred returnedToField other total }
        otherOutcomes { died lost euthanized ownerIntendedEuthanasia total } }";
const STAY: &str = "query($id: ID!) { pet(id: $id) { stay { id animal { id } } } }";
const END: &str = "mutation($input: EndStaysInput!) { endStays(input: $input) {
    stays { id } userErrors { field code message } } }";
const TAKE_IN: &str = "mutation($input: TakeInAnimalInput!) { takeInAnimal(input: $input) {
    stay { id animal { id } } userErrors { field code message } } }";

const MONTHS: [&str; 8] = [
    "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12",
];
const OUTCOMES: [&str; 5] = ["ADOPTED", "RETURNED_TO_OWNER", "DIED", "TRANSFERRED", "LOST_IN_CARE"];

fn number(figures: &Value, pointer: &str) -> i64 {
    figures
        .pointer(pointer)
        .and_then(Value::as_i64)
        .unwrap_or_else(|| panic!("no {pointer} in {figures}"))
}

fn adds_up(figures: &Value) -> bool {
    let of = |pointer| number(figures, pointer);
    of("/beginning") + of("/liveIntakes/total")
        == of("/liveOutcomes/total") + of("/otherOutcomes/total") + of("/ending")
}

/// The sum of all parts of a group but its total.
fn sum_of(group: &Value) -> i64 {
    let parts = group.as_object().expect("a group").iter();
    parts
        .filter(|(name, _)| *name != "total")
        .map(|(_, value)| value.as_i64().unwrap())
        .sum()
}

/// Stay and animal of a report.
async fn stay_of(app: &TestApp, ann: &Actor, report: &str) -> (String, String) {
    let stay = app.ok(ann, STAY, json!({ "id": report })).await["pet"]["stay"].take();
    (text(&stay["id"]), text(&stay["animal"]["id"]))
}

/// Half a year in which an animal comes every ten days, every second time one leaves, and every sixth time one that was adopted
/// comes back. Returns how many came and how many left.
async fn half_a_year(app: &TestApp, ann: &Actor, shelter: &str) -> (i64, i64) {
    let (mut there, mut adopted, mut came, mut left) = (Vec::new(), Vec::new(), 0, 0);
    for step in 0..18 {
        let ann = app.log_in_again(ann).await;
        let animal = json!({ "shelterId": shelter, "name": format!("Dog {step}"), "intakeType": "Stray" });
        let now = app.deps.clock.now().to_string();
        let report = report(app, &ann, with(dog("SHELTERED", 30.2672, &now), animal)).await;
        there.push(stay_of(app, &ann, &report).await);
        came += 1;
        if step % 6 == 5
            && let Some(animal) = adopted.pop()
        {
            let input = json!({ "animalId": animal, "intakeKind": "RETURN" });
            let back = app.ok(&ann, TAKE_IN, json!({ "input": input })).await["takeInAnimal"]["stay"].take();
            there.push((text(&back["id"]), animal));
            came += 1;
        }
        if step % 2 == 1 {
            let (stay, animal) = there.remove(0);
            let outcome = OUTCOMES[left % OUTCOMES.len()];
            let input = json!({ "ids": [stay], "outcome": outcome });
            app.ok(&ann, END, json!({ "input": input })).await;
            left += 1;
            adopted.extend((outcome == "ADOPTED").then_some(animal));
        }
        app.clock.advance(Duration::from_secs(10 * 24 * 60 * 60));
    }
    (came, i64::try_from(left).unwrap())
}

#[tokio::test]
async fn the_figures_of_half_a_year_add_up_and_follow_each_other() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let (came, left) = half_a_year(&app, &ann, &id).await;
    let ann = app.log_in_again(&ann).await;
    let mut months = Vec::new();
    for month in MONTHS {
        let asked = json!({ "id": id, "month": month });
        let mut exports = app.ok(&ann, FIGURES, asked).await["shelter"]["exports"].take();
        let file = fetched(&app, &exports["monthlyUrl"]).await;
        let dogs = format!("{month},canine,all,{},", exports["monthly"]["total"]["beginning"]);
        assert!(file.contains(&dogs), "{file}");
        months.push(exports["monthly"].take());
    }

    for figures in &months {
        assert_eq!(figures["leftOut"], 0);
        let species = figures["species"].as_array().unwrap();
        assert_eq!(species.len(), 8);
        for row in species.iter().map(|row| &row["figures"]).chain([&figures["total"]]) {
            assert!(adds_up(row), "{row}");
            for group in ["liveIntakes", "liveOutcomes", "otherOutcomes"] {
                assert_eq!(sum_of(&row[group]), row[group]["total"], "{row}");
            }
        }
        assert_eq!(
            (&species[0]["species"], &species[0]["figures"]),
            (&json!("DOG"), &figures["total"]),
            "there are only dogs"
        );
    }
    for pair in months.windows(2) {
        assert_eq!(pair[0]["total"]["ending"], pair[1]["total"]["beginning"], "{pair:?}");
    }
    let all = |pointer: &str| months.iter().map(|month| number(month, pointer)).sum::<i64>();
    assert_eq!(all("/total/liveIntakes/total"), came);
    assert_eq!(
        all("/total/liveIntakes/relinquishedByOwner"),
        came - 18,
        "those that came back"
    );
    assert_eq!(
        all("/total/liveOutcomes/total") + all("/total/otherOutcomes/total"),
        left
    );
    assert_eq!(number(&months[7], "/total/ending"), came - left);
    app.leave_work();
}

#[tokio::test]
async fn an_outcome_that_nobody_knows_is_unexplained_and_not_live() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let animal = json!({ "shelterId": id });
    report(
        &app,
        &ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00Z"), animal),
    )
    .await;
    let gone = app.deps.clock.now();
    app.execute("UPDATE stays SET outcome = 'unknown', outcome_at = $1", [gone.0.into()])
        .await;

    let asked = json!({ "id": id, "month": "2026-06" });
    let exports = app.ok(&ann, FIGURES, asked).await["shelter"]["exports"].take();

    let total = &exports["monthly"]["total"];
    assert_eq!(
        (number(total, "/unexplained"), number(total, "/otherOutcomes/lost")),
        (1, 1)
    );
    assert_eq!((number(total, "/liveOutcomes/total"), number(total, "/ending")), (0, 0));
    assert!(path(&app, &exports["monthlyUrl"]).contains("month=2026-06"));
    app.leave_work();
}
