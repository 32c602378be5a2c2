//! Where imported animals come from: what the public reads of it, and what is not known.

use serde_json::{Value, json};

use super::{import, outcome, shelter};
use crate::support::{Actor, TestApp, Visitor};

const PETS: &str = "query($id: ID!) { shelter(id: $id) { pets(filter: { statuses: [OPEN] }) { nodes {
    name description markings originalText place { label exact precision radiusMeters coordinates { latitude } } } } } }";

async fn started() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

async fn pet(app: &TestApp, who: &impl crate::support::Caller, shelter: &str) -> Value {
    app.ok(who, PETS, json!({ "id": shelter })).await["shelter"]["pets"]["nodes"][0].clone()
}

#[tokio::test]
async fn the_door_where_an_animal_was_found_is_for_the_staff() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Description,Markings\n\
               A1,Dog,2026-05-01,\"Found near 13404 SE 236TH PL, very shy\",Tag says 12 Oak Street\n";
    let done = import(&app, &ann, &id, csv, json!({})).await;

    assert_eq!(
        (outcome(&done).1[0], &done["warnings"]["totalCount"]),
        (1, &json!(2)),
        "{done}"
    );
    let shown = pet(&app, &Visitor, &id).await;
    assert_eq!(
        (&shown["description"], &shown["markings"], &shown["originalText"]),
        (
            &json!("Found near [address hidden], very shy"),
            &json!("Tag says [address hidden]"),
            &Value::Null
        )
    );
    let original = pet(&app, &ann, &id).await["originalText"].clone();
    assert!(original.as_str().unwrap().contains("13404 SE 236TH PL"), "{original}");
    let searched: String = app.value("SELECT search_text FROM pets").await;
    assert!(!searched.contains("236th") && !searched.contains("oak"), "{searched}");
}

#[tokio::test]
async fn a_lost_animal_whose_place_is_not_known_does_not_stand_at_the_shelter() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\n\
               A1,Dog,2026-05-01,LOST,behind the barn\n\
               A2,Cat,2026-05-01,LOST,\n\
               A3,Cat,2026-05-01,SHELTERED,behind the barn\n";
    import(&app, &ann, &id, csv, json!({})).await;

    for (animal, precision) in [("A1", "unresolved"), ("A2", "unresolved"), ("A3", "shelter")] {
        let known: String = app
            .value(&format!("SELECT precision FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = '{animal}')"))
            .await;
        assert_eq!(known, precision, "{animal}");
    }
    let placed: i64 = app
        .value("SELECT COUNT(*) FROM pets WHERE kind = 'lost' AND public_latitude IS NOT NULL")
        .await;
    assert_eq!(placed, 0);
}

#[tokio::test]
async fn a_town_far_from_the_shelter_is_none_of_an_animal_in_its_care() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\n\
               A1,Dog,2026-05-01,SHELTERED,200 BLOCK AUGUSTA ME\n\
               A2,Dog,2026-05-01,SHELTERED,3600 BLOCK BRIDGEPORT CT\n\
               A3,Dog,2026-05-01,SHELTERED,\"Elm St, San Antonio, TX\"\n\
               A4,Dog,2026-05-01,LOST,\"Elm St, Augusta, ME\"\n";
    import(&app, &ann, &id, csv, json!({})).await;

    for (animal, precision) in [("A1", "shelter"), ("A2", "shelter"), ("A3", "city"), ("A4", "city")] {
        let known: String = app
            .value(&format!("SELECT precision FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = '{animal}')"))
            .await;
        assert_eq!(known, precision, "{animal}");
    }
}

#[tokio::test]
async fn a_town_without_a_state_is_that_of_the_shelters_state() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\n\
               A1,Dog,2026-05-01,LOST,SAN MARCOS\n\
               A2,Dog,2026-05-01,FOUND,\"1ST ST / MAIN ST, San Marcos\"\n\
               A3,Dog,2026-05-01,LOST,on the road to San Marcos\n";
    import(&app, &ann, &id, csv, json!({})).await;

    for (animal, place) in [
        ("A1", "city San Marcos"),
        ("A2", "city San Marcos"),
        ("A3", "unresolved -"),
    ] {
        let query = "SELECT precision || ' ' || COALESCE(city, '-') FROM pets JOIN shelter_animals a ON a.id = pets.animal_id WHERE a.external_id";
        let known: String = app.value(&format!("{query} = '{animal}'")).await;
        assert_eq!(known, place, "{animal}");
    }
}

#[tokio::test]
async fn a_postal_code_counts_before_a_town() {
    let (app, ann, id) = started().await;
    let csv =
        "Animal ID,Species,Intake Date,Found Location,Found Zip Code\nA1,Dog,2026-05-01,\"Elm St, Austin, TX\",78704\n";
    import(&app, &ann, &id, csv, json!({})).await;

    let code: String = app.value("SELECT postal_code FROM pets").await;
    let precision: String = app.value("SELECT precision FROM pets").await;
    assert_eq!((code.as_str(), precision.as_str()), ("78704", "postcode"));
}

#[tokio::test]
async fn what_programs_write_into_an_address_does_not_hide_its_place() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\n\
               A1,Dog,2026-05-01,LOST,1200 OAK EXPRESSWAY\\nAUSTIN 78704\n\
               A2,Dog,2026-05-01,LOST,290 AUSTIN78704\n\
               A3,Dog,2026-05-01,LOST,\"OAK &amp; ELM (AUSTIN, TX 78704)\"\n\
               A4,Dog,2026-05-01,LOST,HWY 123 AND ELM ST SAN MARCOS\n\
               A5,Dog,2026-05-01,LOST,15TH AVE &amp; ELM ST (SAN MARCOS)\n\
               A6,Dog,2026-05-01,LOST,by the creek in San Marcos\n";
    import(&app, &ann, &id, csv, json!({})).await;

    for (animal, place) in [
        ("A1", "postcode Austin"),
        ("A2", "postcode Austin"),
        ("A3", "postcode Austin"),
        ("A4", "city San Marcos"),
        ("A5", "city San Marcos"),
        ("A6", "city San Marcos"),
    ] {
        let query = "SELECT precision || ' ' || city FROM pets JOIN shelter_animals a ON a.id = pets.animal_id WHERE a.external_id";
        let known: String = app.value(&format!("{query} = '{animal}'")).await;
        assert_eq!(known, place, "{animal}");
    }
}

#[tokio::test]
async fn a_point_far_from_the_shelter_and_from_its_words_is_wrong() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location,Latitude,Longitude\n\
               A1,Dog,2026-05-01,LOST,\"12 Oak St, Austin, TX 78704\",42.394674,-71.144501\n\
               A2,Dog,2026-05-01,LOST,12 Oak St,42.394674,-71.144501\n\
               A3,Dog,2026-05-01,LOST,\"12 Oak St, Augusta, ME\",44.3106,-69.7795\n\
               A4,Dog,2026-05-01,LOST,12 Oak St,30.25,-97.75\n\
               A5,Dog,2026-05-01,LOST,\"12 Oak St, Austin, TX 78704\",37.090608,-95.712816\n";
    import(&app, &ann, &id, csv, json!({})).await;

    for (animal, precision) in [
        ("A1", "postcode"),
        ("A2", "unresolved"),
        ("A3", "point"),
        ("A4", "point"),
        ("A5", "postcode"),
    ] {
        let known: String = app
            .value(&format!("SELECT precision FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = '{animal}')"))
            .await;
        assert_eq!(known, precision, "{animal}");
    }
}

#[tokio::test]
async fn a_place_that_is_not_understood_is_a_warning_of_its_row() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\n\
               A1,Dog,2026-05-01,LOST,behind the barn\n\
               A2,Cat,2026-05-01,LOST,\n\
               A3,Cat,2026-05-01,SHELTERED,behind the barn\n\
               A4,Cat,2026-05-01,LOST,SAN MARCOS\n";
    for options in [json!({ "dryRun": true }), json!({})] {
        let done = import(&app, &ann, &id, csv, options).await;

        let warnings = &done["warnings"];
        assert_eq!(
            (&done["warned"], &warnings["totalCount"]),
            (&json!(1), &json!(1)),
            "{done}"
        );
        let warning = &warnings["nodes"][0];
        assert_eq!(
            (&warning["row"], &warning["value"]),
            (&json!(2), &json!("behind the barn"))
        );
        assert!(
            warning["message"].as_str().unwrap().contains("postal code"),
            "{warning}"
        );
    }
    let region: String = app
        .value("SELECT region FROM pets WHERE animal_id = (SELECT id FROM shelter_animals WHERE external_id = 'A1')")
        .await;
    assert_eq!(region, "TX");
}

#[tokio::test]
async fn an_animal_that_stands_at_its_shelter_is_known_as_exactly_as_the_shelter() {
    let (app, ann, id) = started().await;
    let csv = "Animal ID,Species,Intake Date,Record Type,Found Location\nA1,Cat,2026-05-01,SHELTERED,behind the barn\n";
    import(&app, &ann, &id, csv, json!({})).await;

    let query = "query($id: ID!) { shelter(id: $id) { place { precision exact radiusMeters } } }";
    let shelter = app.ok(&Visitor, query, json!({ "id": id })).await["shelter"]["place"].clone();
    let (own, public) = (pet(&app, &ann, &id).await, pet(&app, &Visitor, &id).await);
    assert_eq!(own["place"]["precision"], shelter["precision"]);
    assert_eq!(public["place"]["precision"], shelter["precision"]);
    assert_eq!(own["place"]["radiusMeters"], shelter["radiusMeters"]);
    assert_eq!(public["place"]["exact"], false);
}
