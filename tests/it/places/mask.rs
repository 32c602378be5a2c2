//! What an address that is found in two steps tells about the home: no more than one point, 150 to 400 m away.

use serde_json::{Value, json};

use super::{geocode, house, resolve::lost_at, with_service, work_on_agenda};
use crate::{
    pets::{UPDATE, at, lost_with, report, seen_by},
    support::{MapService, TestApp, Visitor},
};

const ADDRESS: &str = "12 Oak Street, Austin, TX 78704";
/// In degrees of latitude, roughly.
const KILOMETRE: f64 = 0.009;

/// The middle of postal code 78704, as everybody can look up.
async fn middle(app: &TestApp) -> (f64, f64) {
    let answer = geocode(app, &Visitor, "78704").await;
    let degrees = |part: &str| answer.data()["geocode"][0]["coordinates"][part].as_f64().unwrap();
    (degrees("latitude"), degrees("longitude"))
}

fn meters(from: &Value, (latitude, longitude): (f64, f64)) -> f64 {
    let degrees = |part: &str| from[part].as_f64().unwrap();
    let north = (degrees("latitude") - latitude) * 111_195.0;
    let east = (degrees("longitude") - longitude) * 111_195.0 * latitude.to_radians().cos();
    north.hypot(east)
}

async fn shown(app: &TestApp, id: &str) -> Value {
    seen_by(app, &Visitor, id).await["place"]["coordinates"].clone()
}

/// Reports a dog at an address whose house lies there, and gives what everybody sees before and after it is found.
async fn in_two_steps(app: &TestApp, service: &MapService, house_at: (f64, f64), number: usize) -> [Value; 2] {
    let ann = app.member(&format!("ann{number}")).await;
    let address = format!("{number} Oak Street, Austin, TX 78704");
    service.knows(&address, json!([house(house_at.0, house_at.1)]));
    let id = lost_at(app, &ann, &address).await;
    let before = shown(app, &id).await;
    work_on_agenda(app).await;
    [before, shown(app, &id).await]
}

#[tokio::test]
async fn whether_a_home_is_near_the_middle_of_its_postal_code_cannot_be_told_from_its_mask() {
    let (app, service) = with_service().await;
    let middle = middle(&app).await;

    for (number, kilometres) in [0.0, 0.1, 0.5, 0.9, 0.99, 1.01, 1.5, 5.0].into_iter().enumerate() {
        let home = (middle.0 + kilometres * KILOMETRE, middle.1);
        let [before, after] = in_two_steps(&app, &service, home, number).await;

        assert!((149.0..=401.0).contains(&meters(&before, middle)), "{before}");
        assert!(
            (149.0..=401.0).contains(&meters(&after, home)),
            "{kilometres} km: {after}"
        );
        assert_ne!(before, after, "{kilometres} km");
    }
    app.run_work().await;
}

/// Whoever knows how the middle of a postal code was moved must not know how the home was moved.
#[tokio::test]
async fn the_mask_of_the_postal_code_says_nothing_about_that_of_the_home() {
    let (app, service) = with_service().await;
    let middle = middle(&app).await;
    let mut guesses = Vec::new();

    for number in 0..12 {
        let home = (middle.0 + 2.0 * KILOMETRE, middle.1 + number as f64 * 0.001);
        let [before, after] = in_two_steps(&app, &service, home, number).await;

        let degrees = |point: &Value, part: &str| point[part].as_f64().unwrap();
        let guess = (
            degrees(&after, "latitude") - (degrees(&before, "latitude") - middle.0),
            degrees(&after, "longitude") - (degrees(&before, "longitude") - middle.1),
        );
        let guess = json!({ "latitude": guess.0, "longitude": guess.1 });
        guesses.push(meters(&guess, home));
    }
    // By chance two masks may lie side by side once.
    guesses.sort_by(f64::total_cmp);
    assert!(10.0 < guesses[2], "the guesses are right: {guesses:?}");
    assert!(300.0 < guesses[11], "no guess is far off: {guesses:?}");
    app.run_work().await;
}

/// Two houses that are as far from each other as two masks would be found among all houses.
#[tokio::test]
async fn two_homes_of_one_report_are_not_moved_the_same_way() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    let homes = [(30.25, -97.75), (30.35, -97.70)];
    for (address, home) in [ADDRESS, "3 Elm Lane, Austin, TX 78753"].into_iter().zip(homes) {
        service.knows(address, json!([house(home.0, home.1)]));
    }
    let id = lost_at(&app, &ann, ADDRESS).await;
    work_on_agenda(&app).await;
    let first = shown(&app, &id).await;
    let change = json!({ "input": { "id": id, "location": { "address": "3 Elm Lane, Austin, TX 78753" } } });
    app.ok(&ann, UPDATE, change).await;
    work_on_agenda(&app).await;
    let second = shown(&app, &id).await;

    assert!((149.0..=401.0).contains(&meters(&second, homes[1])), "{second}");
    let moved = |part: &str| second[part].as_f64().unwrap() - first[part].as_f64().unwrap();
    let between = (homes[1].0 - homes[0].0, homes[1].1 - homes[0].1);
    let (north, east) = (moved("latitude") - between.0, moved("longitude") - between.1);
    assert!(0.000_1 < north.abs() + east.abs(), "{north} {east}");
    app.run_work().await;
}

#[tokio::test]
async fn a_home_that_was_shown_already_is_shown_at_the_same_point_when_its_address_is_found() {
    let (app, service) = with_service().await;
    let middle = middle(&app).await;
    let ann = app.member("ann").await;
    let home = (middle.0 + 3.0 * KILOMETRE, middle.1);
    service.knows(ADDRESS, json!([house(home.0 + 0.0005, home.1)]));
    let id = report(&app, &ann, lost_with(json!({ "location": at(home.0, home.1) }))).await;
    let first = shown(&app, &id).await;

    let change = json!({ "input": { "id": id, "location": { "address": ADDRESS } } });
    app.ok(&ann, UPDATE, change).await;
    let between = shown(&app, &id).await;
    work_on_agenda(&app).await;

    assert!((149.0..=401.0).contains(&meters(&between, middle)), "{between}");
    assert_eq!(shown(&app, &id).await, first);
    let own = seen_by(&app, &ann, &id).await["place"]["coordinates"].clone();
    assert_eq!(own["latitude"], json!(home.0 + 0.0005));
    app.run_work().await;
}

#[tokio::test]
async fn the_same_address_again_changes_nothing() {
    let (app, service) = with_service().await;
    let ann = app.member("ann").await;
    service.knows(ADDRESS, json!([house(30.25, -97.75)]));
    let id = lost_at(&app, &ann, ADDRESS).await;
    work_on_agenda(&app).await;
    let before = seen_by(&app, &ann, &id).await;

    let change = json!({ "input": { "id": id, "location": { "address": ADDRESS } } });
    app.ok(&ann, UPDATE, change).await;
    work_on_agenda(&app).await;

    assert_eq!(seen_by(&app, &ann, &id).await, before);
    assert_eq!(service.asked(), [ADDRESS]);
    app.run_work().await;
}
