//! What the server says in the evening of a day.

use serde_json::{Value, json};

use super::{
    animals::{Animal, House, Stay},
    calendar::{bounds, midnight, month, written},
    days::{Today, Year},
    months,
};
use crate::{shelters::text, support::TestApp};

const DASHBOARD: &str = "query($id: ID!) { shelter(id: $id) { occupancy dashboard { total adoptable strayHold
    intakesToday outcomesToday holdsEndingSoon { name } } } }";
const THERE: &str = "query($id: ID!, $after: String, $filter: ShelterAnimalFilter!) { shelter(id: $id) {
    animals(first: 100, after: $after, filter: $filter) { pageInfo { hasNextPage endCursor } nodes {
        id externalId name currentStay { id intakeAt intakeKind stage kennel hold { until lasts } } } } } }";

/// Holds that end within a day are listed, as many as these.
const DAY: i64 = 24 * 60 * 60 * 1000;
const ENDING_SHOWN: usize = 20;

impl Year {
    /// Occupancy, holds and what came and went on the day; once a week every animal, and the second shelter; on the last day of a
    /// month its figures.
    pub async fn check(&mut self, number: u64, today: Today) {
        dashboard(&self.app, &self.houses[0], today).await;
        let held = json!({ "stages": ["HOLD"] });
        self.there(&held, today, |stay| stay.shown_stage(today.now) == "HOLD")
            .await;
        if number % 7 == 4 {
            dashboard(&self.app, &self.houses[1], today).await;
            self.there(&json!({ "inCare": true }), today, |_| true).await;
        }
        let (_, next) = bounds(today.day);
        if today.day.succ_opt() == Some(next) {
            months::check(&self.app, &self.houses[0], &month(today.day)).await;
        }
    }

    /// The animals of the first shelter that are there and fit are exactly these, each as it should be.
    async fn there(&mut self, filter: &Value, today: Today, fits: impl Fn(&Stay) -> bool) {
        let house = &mut self.houses[0];
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let asked = json!({ "id": house.id, "after": after, "filter": filter });
            let mut page = self.app.ok(&house.who, THERE, asked).await["shelter"]["animals"].take();
            for animal in page["nodes"].as_array().expect("a list") {
                house.learn(animal);
                found.push(line_of(animal));
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        let present = house.there(|_, stay| fits(stay)).into_iter();
        let mut expected: Vec<String> = present.map(|place| line(&house.animals[place], today.now)).collect();
        found.sort();
        expected.sort();
        let wrong = found.iter().find(|line| !expected.contains(line));
        let missing = expected.iter().find(|line| !found.contains(line));
        assert_eq!(
            (wrong, missing),
            (None, None),
            "{}: {filter}: wrong, and missing",
            today.day
        );
        assert_eq!(found.len(), expected.len(), "{}: {filter}", today.day);
    }
}

impl House {
    /// Learns the ids of an animal and its stay.
    fn learn(&mut self, seen: &Value) {
        let id = text(&seen["id"]);
        let is_it = |animal: &&mut Animal| match &animal.id {
            Some(known) => *known == id,
            None => seen["externalId"] == animal.external_id.as_str(),
        };
        let animal = self.animals.iter_mut().find(is_it);
        let animal = animal.unwrap_or_else(|| panic!("nobody brought {seen}"));
        animal.id = Some(id);
        if let Some(stay) = animal.stays.last_mut() {
            stay.id = Some(text(&seen["currentStay"]["id"]));
        }
    }
}

async fn dashboard(app: &TestApp, house: &House, today: Today) {
    let mut found = app.ok(&house.who, DASHBOARD, json!({ "id": house.id })).await["shelter"].take();
    let ending = found["dashboard"]["holdsEndingSoon"].take();
    let count = |is_it: &dyn Fn(&Stay) -> bool| house.real_stays().filter(|(_, stay)| is_it(stay)).count();
    let (now, midnight) = (today.now, midnight(today.day));
    let (total, held) = (count(&|stay| stay.left.is_none()), count(&|stay| stay.is_held(now)));
    let expected = json!({
        "occupancy": count(&|stay| stay.left.is_none() && stay.stage != "FOSTER"),
        "dashboard": {
            "total": total, "adoptable": total - held, "strayHold": held, "holdsEndingSoon": null,
            "intakesToday": count(&|stay| midnight <= stay.came),
            "outcomesToday": count(&|stay| stay.left.is_some_and(|(at, _)| midnight <= at)),
        },
    });
    assert_eq!(found, expected, "{}", today.day);

    let ends_soon = |stay: &Stay| stay.is_held(now) && stay.hold.is_some_and(|end| end <= now + DAY);
    let soon = house.real_stays().filter(|(_, stay)| ends_soon(stay));
    let mut soon: Vec<&str> = soon.map(|(animal, _)| animal.name.as_str()).collect();
    let ending = ending.as_array().expect("a list");
    if ENDING_SHOWN < soon.len() {
        assert_eq!(ending.len(), ENDING_SHOWN, "{}", today.day);
        return;
    }
    let mut ending: Vec<String> = ending.iter().map(|report| text(&report["name"])).collect();
    soon.sort_unstable();
    ending.sort();
    assert_eq!(ending, soon, "{}: holds that end soon", today.day);
}

fn line_of(animal: &Value) -> String {
    let stay = &animal["currentStay"];
    let or = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    format!(
        "{} came {} {} is {} in {} held until {} {}",
        text(&animal["name"]),
        text(&stay["intakeAt"]),
        text(&stay["intakeKind"]),
        text(&stay["stage"]),
        or(&stay["kennel"]),
        or(&stay["hold"]["until"]),
        stay["hold"]["lasts"] == true,
    )
}

fn line(animal: &Animal, now: i64) -> String {
    let stay = animal.present().expect("it is there");
    format!(
        "{} came {} {} is {} in {} held until {} {}",
        animal.name,
        written(stay.came),
        stay.kind,
        stay.shown_stage(now),
        stay.kennel.as_deref().unwrap_or("-"),
        stay.hold.map_or("-".to_owned(), written),
        stay.is_held(now),
    )
}
