//! What is around a report: streets that a shelter names, how many others there are, and shelters for want of a place.

use serde_json::{Value, json};

use super::{dog, matches, report, with};
use crate::{
    shelters::{dogs, file, queue, register, shelter},
    support::TestApp,
};

const STREETS: &str =
    "{ viewer { matches(minimumBand: WEAK) { nodes { likelihood other { id kind } factors { name explanation } } } } }";

fn has_street(found: &Value) -> bool {
    found["factors"]
        .as_array()
        .expect("a list")
        .iter()
        .any(|factor| factor["name"] == "street")
}

#[tokio::test]
async fn the_street_of_a_lost_report_is_compared_with_a_shelters_and_never_with_what_members_post() {
    let app = TestApp::new().await;
    let (ann, bob, sue) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("sue").await,
    );
    let at = |address: &str| json!({ "location": { "address": address } });
    let lost = with(
        dog("LOST", 30.2672, "2026-05-20T08:00:00Z"),
        at("1204 Elm Street, Austin, TX"),
    );
    report(&app, &ann, lost).await;
    let found = with(
        dog("FOUND", 30.2672, "2026-05-20T09:00:00Z"),
        at("7 Elm St, Austin, TX"),
    );
    // Anybody may say that an animal is sheltered, and register a shelter.
    let kept = with(found.clone(), json!({ "kind": "SHELTERED" }));
    let shelter = shelter(&app, &sue).await;
    let unverified = register(&app, &bob).await;
    let of_unverified = with(kept.clone(), json!({ "shelterId": unverified }));
    let mut posted = Vec::new();
    for input in [found, kept, of_unverified] {
        posted.push(report(&app, &bob, input).await);
    }
    let sheltered = crate::shelters::dog("A1", "05/20/2026 10:00:00 AM", "Tan/White");
    queue(&app, &sue, &shelter, &file(&[sheltered]), json!({})).await;
    app.run_work().await;

    let data = app.ok(&ann, STREETS, json!({})).await;
    let found = data["viewer"]["matches"]["nodes"].as_array().unwrap();
    assert_eq!(found.len(), posted.len() + 1);
    for one in found {
        let is_posted = posted.iter().any(|id| one["other"]["id"] == **id);
        assert_eq!(has_street(one), !is_posted, "{one}");
        assert!(!one.to_string().contains("Elm"), "{one}");
    }
}

#[tokio::test]
async fn the_more_reports_there_are_around_the_less_likely_a_pair_is() {
    let app = TestApp::new().await;
    let (ann, bob, cyd, sue) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cyd").await,
        app.member("sue").await,
    );
    let shelter = shelter(&app, &sue).await;
    queue(&app, &sue, &shelter, &dogs(1, 60), json!({})).await;
    app.run_work().await;
    let in_lubbock = json!({ "location": { "point": { "latitude": 33.5779, "longitude": -101.8552 } } });
    for (kind, hour) in [("LOST", 8), ("FOUND", 20)] {
        let input = dog(kind, 30.2672, &format!("2026-05-20T{hour:02}:00:00Z"));
        let (owner, finder) = (
            if kind == "LOST" { &ann } else { &bob },
            if kind == "LOST" { &cyd } else { &bob },
        );
        report(&app, owner, input.clone()).await;
        report(&app, finder, with(input, in_lubbock.clone())).await;
    }
    app.run_work().await;

    let best = async |who| {
        let data = app.ok(who, STREETS, json!({})).await;
        let found = data["viewer"]["matches"]["nodes"].as_array().unwrap().clone();
        let of_bob = found
            .iter()
            .find(|one| one["other"]["kind"] == "FOUND")
            .expect("a match");
        of_bob["likelihood"].as_f64().unwrap()
    };
    assert!(best(&ann).await < best(&cyd).await);
    assert_eq!(matches(&app, &cyd).await.len(), 1);
}

#[tokio::test]
async fn a_lost_report_of_a_shelter_whose_place_is_not_understood_is_compared_with_what_is_around_the_shelter() {
    let app = TestApp::new().await;
    let (bob, sue) = (app.member("bob").await, app.member("sue").await);
    let shelter = shelter(&app, &sue).await;
    let lost = "Animal_ID,Record_Type,Animal_Name,animal_type,Animal_Gender,Animal_Breed,Animal_Color,Date,Date_Type,Obfuscated_Address,City,State,Zip\n\
        A1,LOST,Sweetie,Dog,Female,Beagle,Tan / White,5/19/2026 12:00:00 AM,Date Lost,EAST MERCER AND SE 39TH ST,,,\n";
    let before = dog("FOUND", 30.2672, "2026-05-20T09:00:00Z");
    report(&app, &bob, before.clone()).await;
    queue(&app, &sue, &shelter, lost, json!({})).await;
    app.run_work().await;
    let found = matches(&app, &bob).await;
    assert_eq!(found.len(), 1, "the one that was there before");
    let factors = found[0]["factors"].to_string();
    assert!(factors.contains("only the town or the shelter is known"), "{factors}");

    report(&app, &bob, before.clone()).await;
    let far = json!({ "location": { "point": { "latitude": 33.5779, "longitude": -101.8552 } } });
    report(&app, &bob, with(before, far)).await;
    app.run_work().await;
    assert_eq!(
        matches(&app, &bob).await.len(),
        2,
        "the one that came after, and none far away"
    );
}
