//! One member, many reports and sightings around their home: a stranger puts together where all of them are shown.

use futures_util::future::join_all;
use geometry::{MASK_MAX_METERS, MASK_MIN_METERS, Point, destination, distance_meters};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;

use super::{
    geometry::{average, moved},
    point,
};
use crate::{
    pets::{REPORT, UPDATE, at, lost_with, report, seen_by},
    support::{Actor, TestApp, Visitor},
};

const ADD: &str = "mutation($input: AddSightingInput!) { addSighting(input: $input) {
    sighting { id } userErrors { field code message } } }";
const TRAIL: &str =
    "query($id: ID!) { node(id: $id) { ... on Sighting { place { coordinates { latitude longitude } } } } }";
const CLOSE: &str =
    "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code } } }";

/// What a stranger is shown of a member who reports from home.
struct Traces {
    home: Point,
    shown: Vec<Point>,
}

/// Twelve reports and eight sightings from within so many metres of home, some of them corrected and most of them closed.
async fn twenty_of(app: &TestApp, who: &Actor, (home, spread): (Point, f64), pet_of_bob: &str) -> Traces {
    let mut chance = StdRng::seed_from_u64(who.name.len() as u64 + 31);
    let mut from_home = || destination(home, chance.random_range(0.0..360.0), chance.random_range(0.0..=spread));
    let mut shown = Vec::new();
    for number in 0..12 {
        let (first, second) = (from_home(), from_home());
        let input =
            lost_with(json!({ "location": at(first.latitude, first.longitude), "name": format!("Sweetie {number}") }));
        let id = report(app, who, input).await;
        shown.push(shown_of(app, &id).await);
        if number % 3 == 0 {
            let change = json!({ "input": { "id": id, "location": at(second.latitude, second.longitude) } });
            app.ok(who, UPDATE, change).await;
        }
        if number % 4 != 0 {
            app.ok(who, CLOSE, json!({ "id": id })).await;
        }
        shown.push(shown_of(app, &id).await);
    }
    for _ in 0..8 {
        let place = from_home();
        let place = json!({ "latitude": place.latitude, "longitude": place.longitude });
        let input = json!({ "petId": pet_of_bob, "seenAt": "2026-05-31T08:00:00Z", "point": place });
        let sighting = app.ok(who, ADD, json!({ "input": input })).await["addSighting"]["sighting"].take();
        let seen = app.ok(&Visitor, TRAIL, json!({ "id": sighting["id"] })).await["node"].take();
        shown.push(point(&seen["place"]["coordinates"]));
    }
    Traces { home, shown }
}

async fn shown_of(app: &TestApp, id: &str) -> Point {
    point(&seen_by(app, &Visitor, id).await["place"]["coordinates"])
}

impl Traces {
    /// The middle of all places, in steps of ten metres, that lie in the ring of each of the points that are shown. Who
    /// cannot say where each report was made from allows for the way to there.
    fn met_by_rings(&self, spread: f64) -> Option<Point> {
        let around = average(&self.shown);
        let mut rings = self.shown.clone();
        rings.dedup();
        let steps = || (-60..=60).map(|step| f64::from(step) * 10.0);
        let candidates = steps().flat_map(|east| steps().map(move |north| moved(around, (east, north))));
        let is_possible = |place: &Point| {
            rings.iter().all(|shown| {
                let meters = distance_meters(*shown, *place);
                (MASK_MIN_METERS - spread..=MASK_MAX_METERS + spread).contains(&meters)
            })
        };
        let possible: Vec<Point> = candidates.filter(is_possible).collect();
        (!possible.is_empty()).then(|| average(&possible))
    }

    /// How near the best of the guesses comes, in metres.
    fn best_guess(&self, spread: f64) -> f64 {
        let rings = [0.0, spread].into_iter().filter_map(|spread| self.met_by_rings(spread));
        let guesses = rings.chain([average(&self.shown)]);
        guesses
            .map(|guess| distance_meters(guess, self.home))
            .fold(f64::INFINITY, f64::min)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

/// Registers that many members, each in a different place, and returns what a stranger can observe of each.
async fn attack(members: u32, spread: f64) -> Vec<Traces> {
    let app = TestApp::quiet().await;
    let bob = app.member("bob").await;
    let pet = report(&app, &bob, lost_with(json!({}))).await;
    let mut traces = Vec::new();
    for number in 0..members {
        let who = app.member(&format!("ann{}", "n".repeat(number as usize))).await;
        let home = Point::new(
            28.0 + 4.3 * f64::from(number),
            179.2 - 0.13 * f64::from(number * number),
        )
        .unwrap();
        traces.push(twenty_of(&app, &who, (home, spread), &pet).await);
    }
    traces
}

#[tokio::test]
async fn twenty_reports_and_sightings_from_home_are_shown_at_one_point() {
    for traces in attack(3, 60.0).await {
        let first = traces.shown[0];

        assert!(traces.shown.iter().all(|shown| *shown == first), "{:?}", traces.shown);
        let meters = distance_meters(first, traces.home);
        assert!(
            (MASK_MIN_METERS - 60.1..=MASK_MAX_METERS + 60.1).contains(&meters),
            "{meters}"
        );
    }
}

#[tokio::test]
async fn twenty_reports_of_one_member_leave_a_hundred_metres_to_the_home() {
    for spread in [0.0, 60.0, 450.0] {
        let left: Vec<f64> = attack(8, spread)
            .await
            .iter()
            .map(|traces| traces.best_guess(spread))
            .collect();

        assert!(100.0 <= median(left.clone()), "{spread}: {left:?}");
    }
}

#[tokio::test]
async fn reports_of_one_member_at_the_same_moment_share_one_point() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let inputs = (0..6).map(|number| {
        let place = at(30.2672 + f64::from(number) * 0.0001, -97.7431);
        json!({ "input": lost_with(json!({ "location": place, "name": format!("Sweetie {number}") })) })
    });

    let reported = join_all(inputs.map(|input| app.run(&ann, REPORT, input))).await;

    let mut shown = Vec::new();
    for answer in &reported {
        shown.push(shown_of(&app, answer.data()["reportPet"]["pet"]["id"].as_str().unwrap()).await);
    }
    assert!(shown.iter().all(|point| *point == shown[0]), "{shown:?}");
    assert_eq!(app.count("mask_anchors").await, 1);
}

/// A point that is shown stays where it is, also that of a report from before members had anchors, and what comes is shown
/// there.
#[tokio::test]
async fn what_was_shown_before_there_were_anchors_of_members_stays_where_it_is() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let place = |north: f64| at(30.2672 + north, -97.7431);
    let id = report(&app, &ann, lost_with(json!({ "location": place(0.0) }))).await;
    let before = shown_of(&app, &id).await;
    app.execute(
        "UPDATE pets SET anchor_latitude = latitude, anchor_longitude = longitude",
        [],
    )
    .await;
    app.execute("DELETE FROM mask_anchors", []).await;

    app.ok(
        &ann,
        UPDATE,
        json!({ "input": { "id": id, "location": place(0.0001) } }),
    )
    .await;
    let next = report(&app, &ann, lost_with(json!({ "location": place(0.0002) }))).await;

    assert_eq!(shown_of(&app, &id).await, before);
    assert_eq!(shown_of(&app, &next).await, before);
}

/// Two members of one household have two masks, and so do two homes of one member.
#[tokio::test]
async fn masks_of_two_members_and_of_two_homes_differ() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let here = lost_with(json!({ "location": at(30.2672, -97.7431) }));
    let there = lost_with(json!({ "location": at(30.2872, -97.7431) }));

    let ids = [
        report(&app, &ann, here.clone()).await,
        report(&app, &bob, here).await,
        report(&app, &ann, there).await,
    ];

    let shown = [
        shown_of(&app, &ids[0]).await,
        shown_of(&app, &ids[1]).await,
        shown_of(&app, &ids[2]).await,
    ];
    assert!(
        shown[0] != shown[1] && shown[0] != shown[2] && shown[1] != shown[2],
        "{shown:?}"
    );
}
