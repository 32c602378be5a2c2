//! What tells one animal from another: chips, copies under other ids, and the age that follows the day of birth.

use std::time::Duration;

use finding_sweetie::domain::pets;
use serde_json::json;

use super::{import, outcome, shelter, text};
use crate::{
    matching::{dog, matches, report, with},
    support::{Actor, TestApp, user_errors},
};

const DAY: u64 = 24 * 60 * 60;

async fn started() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let bob = app.member("bob").await;
    let id = shelter(&app, &bob).await;
    (app, bob, id)
}

async fn lost(app: &TestApp, who: &Actor, chip: &str) -> String {
    let report_of = with(
        dog("LOST", 30.2672, "2026-05-01T10:00:00Z"),
        json!({ "microchip": chip }),
    );
    report(app, who, report_of).await
}

/// Five dogs with chips, under ids that begin with these letters.
fn five(ids: &str) -> String {
    let row = |number: usize| format!("{ids}{number},Pim{number},Dog,98511200345500{number},2026-05-1{number}\n");
    let rows: String = (1..=5).map(row).collect();
    format!("Animal ID,Animal Name,Species,Microchip Number,Intake Date\n{rows}")
}

#[tokio::test]
async fn both_chips_of_a_cell_find_their_owner() {
    let (app, bob, id) = started().await;
    let (ann, cleo) = (app.member("ann").await, app.member("cleo").await);
    lost(&app, &ann, "985112003466001").await;
    lost(&app, &cleo, "956000012366002").await;

    let csv = "Animal ID,Animal Name,Species,Microchip Number,Intake Date\n\
               C1,Nori,Dog,985112003466001 956000012366002,2026-05-10\n";
    let done = import(&app, &bob, &id, csv, json!({})).await;

    assert_eq!((outcome(&done).1[0], &done["warned"]), (1, &json!(0)));
    for owner in [&ann, &cleo] {
        let found = matches(&app, owner).await;
        assert_eq!((found.len(), &found[0]["band"]), (1, &json!("CHIP")));
    }
}

#[tokio::test]
async fn a_report_may_name_two_chips_and_no_placeholder() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    lost(&app, &ann, "985112003466001, 956000012366002").await;
    let found = with(
        dog("FOUND", 30.2672, "2026-05-02T10:00:00Z"),
        json!({ "microchip": "956000012366002" }),
    );
    report(&app, &bob, found).await;
    app.run_work().await;
    assert_eq!(matches(&app, &ann).await[0]["band"], "CHIP");

    for placeholder in ["985000000000000", "956000000000000", "111111111111111", "123456789"] {
        let input = with(
            dog("LOST", 30.2672, "2026-05-01T10:00:00Z"),
            json!({ "microchip": placeholder }),
        );
        let refused = app.run(&ann, crate::matching::REPORT, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), ["input.microchip INVALID"], "{placeholder}");
    }
}

#[tokio::test]
async fn a_placeholder_in_a_file_is_no_chip_and_is_listed() {
    let (app, bob, id) = started().await;
    let csv = "Animal ID,Species,Microchip Number,Intake Date\nC1,Dog,985000000000000,2026-05-10\n";
    let done = import(&app, &bob, &id, csv, json!({})).await;

    assert_eq!(
        (outcome(&done).1[0], &done["warnings"]["nodes"][0]["value"]),
        (1, &json!("985000000000000"))
    );
    let chips: i64 = app.value("SELECT COUNT(*) FROM pets WHERE microchip IS NOT NULL").await;
    assert_eq!(chips, 0);
}

#[tokio::test]
async fn copies_after_a_change_of_program_are_pointed_out_before_they_are_made() {
    let (app, bob, id) = started().await;
    import(&app, &bob, &id, &five("A"), json!({})).await;
    app.clock.advance(Duration::from_secs(60));

    let tried = import(&app, &bob, &id, &five("SL-9"), json!({ "dryRun": true })).await;

    assert_eq!(outcome(&tried), ("DONE".to_owned(), [5, 0, 0, 0, 0]));
    assert_eq!(
        (&tried["warned"], &tried["warnings"]["totalCount"]),
        (&json!(5), &json!(5)),
        "{tried}"
    );
    let first = &tried["warnings"]["nodes"][0];
    assert!(text(&first["message"]).contains("copy of A1"), "{first}");
    assert_eq!(app.count("pets").await, 5);
    let same = import(&app, &bob, &id, &five("A"), json!({})).await;
    assert_eq!((outcome(&same).1[2], &same["warned"]), (5, &json!(0)));
}

#[tokio::test]
async fn copies_without_a_chip_are_known_by_name_breed_sex_and_day() {
    let (app, bob, id) = started().await;
    let file = |id: &str, name: &str, sex: &str| {
        format!("Animal ID,Animal Name,Species,Breed,Sex,Intake Date\n{id},{name},Dog,Beagle,{sex},2026-05-10\n")
    };
    import(&app, &bob, &id, &file("A1", "Nori Sue", "Male"), json!({})).await;
    app.clock.advance(Duration::from_secs(60));

    for (name, sex, warned) in [
        ("Nori Sue", "Male", 1),
        ("NORI SUE", "Male", 1),
        ("Nori Sue", "Female", 0),
    ] {
        let tried = import(&app, &bob, &id, &file("B1", name, sex), json!({ "dryRun": true })).await;
        assert_eq!(tried["warned"], warned, "{tried}");
    }
}

#[tokio::test]
async fn an_owner_is_alerted_once_of_an_animal_that_has_two_ids() {
    let (app, bob, id) = started().await;
    let ann = app.member("ann").await;
    lost(&app, &ann, "985112003455001").await;
    import(&app, &bob, &id, &five("A"), json!({})).await;
    let told = async || app.ok(&ann, "{ viewer { latestAlertNumber } }", json!({})).await["viewer"].take();
    assert_eq!(told().await["latestAlertNumber"], 1);
    app.clock.advance(Duration::from_secs(60));

    let done = import(&app, &bob, &id, &five("SL-9"), json!({})).await;

    assert_eq!(outcome(&done).1[0], 5);
    let chips = app.value::<i64>("SELECT COUNT(*) FROM matches WHERE same_chip").await;
    assert_eq!((chips, told().await["latestAlertNumber"].as_i64()), (2, Some(1)));
}

#[tokio::test]
async fn the_age_follows_the_day_of_birth() {
    let (app, bob, id) = started().await;
    let day = |ago: u64| app.deps.clock.now().minus(Duration::from_secs(ago * DAY)).to_string()[..10].to_owned();
    let csv = format!(
        "Animal ID,Animal Name,Species,Date Of Birth,Intake Date\nY1,Willow,Cat,{},{}\nY2,Fern,Cat,{},{}\n",
        day(495),
        day(425),
        day(300),
        day(10)
    );
    import(&app, &bob, &id, &csv, json!({})).await;
    assert_eq!(ages(&app).await, ["young", "baby"]);

    app.clock.advance(Duration::from_secs(100 * DAY));
    pets::grow_older(&app.deps).await.unwrap();
    app.run_work().await;

    assert_eq!(ages(&app).await, ["young", "young"]);
    let filter = "query($id: ID!) { shelter(id: $id) { pets(filter: { ageGroups: [YOUNG] }) { totalCount } } }";
    let listed = app.ok(&crate::support::Visitor, filter, json!({ "id": id })).await;
    assert_eq!(listed["shelter"]["pets"]["totalCount"], json!(2));
    assert_eq!(app.value::<i64>("SELECT COUNT(*) FROM pets WHERE version = 2").await, 1);
}

/// The stored age groups, by id of the shelter.
async fn ages(app: &TestApp) -> Vec<String> {
    let mut ages = Vec::new();
    for animal in ["Y1", "Y2"] {
        ages.push(
            app.value(&format!("SELECT age_group FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = '{animal}')"))
                .await,
        );
    }
    ages
}
