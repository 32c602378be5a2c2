//! How files become animals: outcomes, dates, times, and files without the usual titles.

use entity::Timestamp;
use import_reader::zone::Zone;
use serde_json::{Value, json};

use super::{IMPORT, REGISTER, import, outcome, shelter, text};
use crate::support::{Actor, TestApp, Visitor, user_errors};

const UPDATE: &str = "mutation($input: UpdateShelterInput!) { updateShelter(input: $input) {
    shelter { timeZone } userErrors { field code message } } }";

/// A verified shelter in Austin.
async fn in_austin() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    (app, ann, id)
}

/// A verified shelter in Auckland, of whose country nothing is known.
async fn in_auckland() -> (TestApp, Actor, String) {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let point = json!({ "point": { "latitude": -36.85, "longitude": 174.76 } });
    let input = json!({ "name": "Harbour Haven", "type": "RESCUE", "location": point });
    let data = app.ok(&ann, REGISTER, json!({ "input": input })).await;
    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    (app, ann, text(&data["registerShelter"]["shelter"]["id"]))
}

/// Name and status of every animal.
async fn statuses(app: &TestApp) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let count = app.count("pets").await;
    for offset in 0..count {
        let column = |column: &str| format!("SELECT {column} FROM pets ORDER BY name LIMIT 1 OFFSET {offset}");
        found.push((app.value(&column("name")).await, app.value(&column("status")).await));
    }
    found
}

async fn seen_at(app: &TestApp, name: &str) -> Timestamp {
    let millis = app
        .value(&format!("SELECT seen_at FROM pets WHERE name = '{name}'"))
        .await;
    Timestamp(millis)
}

/// The day and the hour that clocks show there.
fn shown(at: Timestamp, zone: &str) -> String {
    let zone = Zone::named(zone).unwrap();
    zone.clock(at.to_utc()).format("%Y-%m-%d %H:%M").to_string()
}

fn first_error(import: &Value) -> &str {
    import["errors"]["nodes"][0]["reason"].as_str().unwrap()
}

#[tokio::test]
async fn further_rows_neither_fail_nor_count_and_do_not_stop_a_snapshot() {
    let (app, ann, id) = in_austin().await;
    let header = "ANIMALCODE,ANIMALNAME,ANIMALSPECIES,ANIMALENTRYDATE,VACCINATIONNAME\n";
    let before = format!("{header}Q0,Al,Dog,2025-11-01,\nQ1,Bo,Dog,2025-11-02,\nQ2,Ida,Cat,2025-11-03,\n");
    import(&app, &ann, &id, &before, json!({})).await;
    app.clock.advance(std::time::Duration::from_secs(60));

    let file = format!("{header}Q1,Bo,Dog,2025-11-02,\nQ1,Bo,,,Rabies\nQ2,Ida,Cat,2025-11-03,\n,,,,Distemper\n");
    let done = import(&app, &ann, &id, &file, json!({ "mode": "SNAPSHOT" })).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [0, 0, 2, 0, 1]), "{done}");
    assert_eq!(done["total"], 2);
}

#[tokio::test]
async fn movements_of_asm3_are_understood_as_numbers() {
    let (app, ann, id) = in_austin().await;
    let rows = [("A", 0), ("B", 1), ("C", 2), ("D", 3), ("E", 5)];
    let rows: String = rows
        .iter()
        .map(|(name, number)| format!("M{number},{name},Dog,2025-11-02,{number}\n"))
        .collect();
    let file = format!("ANIMALCODE,ANIMALNAME,ANIMALSPECIES,ANIMALENTRYDATE,MOVEMENTTYPE\n{rows}");
    let done = import(&app, &ann, &id, &file, json!({})).await;

    assert_eq!((outcome(&done).1, &done["warned"]), ([5, 0, 0, 0, 0], &json!(0)));
    let statuses: Vec<String> = statuses(&app).await.into_iter().map(|(_, status)| status).collect();
    assert_eq!(statuses, ["open", "adopted", "open", "transferred", "reunited"]);
}

#[tokio::test]
async fn an_outcome_that_is_not_understood_leaves_the_animal_as_it_is_and_is_listed() {
    let (app, ann, id) = in_austin().await;
    let file = |word: &str| format!("Animal ID,Name,Species,Intake Date,Outcome Type\nA1,Bo,Dog,2025-11-02,{word}\n");
    import(&app, &ann, &id, &file("Adoption"), json!({})).await;
    let done = import(&app, &ann, &id, &file("Moonwalk"), json!({})).await;

    assert_eq!((outcome(&done).1[3], &done["warned"]), (0, &json!(1)));
    let warning = &done["warnings"]["nodes"][0];
    assert_eq!(
        (&warning["row"], &warning["column"], &warning["value"]),
        (&json!(2), &json!("Outcome Type"), &json!("Moonwalk"))
    );
    assert_eq!(statuses(&app).await, [("Bo".to_owned(), "adopted".to_owned())]);
}

#[tokio::test]
async fn nothing_dead_or_departed_is_open_and_nothing_private_is_there_at_all() {
    let (app, ann, id) = in_austin().await;
    let file = "Animal ID,Name,Species,Intake Date,Intake Type,Intake Condition,deceaseddate,Status,ANIMALNONSHELTER,In Custody\n\
                1,A,Dog,2025-11-02,Stray,DEAD,,,,\n\
                2,B,Dog,2025-11-02,Stray,Normal,2025-11-05,,,\n\
                3,C,Dog,2025-11-02,Stray,Normal,,Passed Away,,\n\
                4,D,Dog,2025-11-02,Stray,Normal,,,Yes,\n\
                5,E,Dog,2025-11-02,Stray,Normal,,,No,No\n\
                6,F,Dog,2025-11-02,Service In,Normal,,,No,Yes\n\
                7,G,Dog,2025-11-02,Stray,Normal,,Available,No,Yes\n";
    let done = import(&app, &ann, &id, file, json!({})).await;

    assert_eq!(outcome(&done), ("DONE".to_owned(), [5, 0, 2, 0, 0]), "{done}");
    // What is not there at all is told.
    let told: Vec<_> = done["warnings"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| &node["value"])
        .collect();
    assert_eq!(told, ["Yes", "Service In"]);
    let expected = ["A closed", "B closed", "C closed", "E closed", "G open"];
    let found = statuses(&app).await;
    let found: Vec<String> = found.iter().map(|(name, status)| format!("{name} {status}")).collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_service_neither_hides_nor_closes_an_animal_that_is_there() {
    let (app, ann, id) = in_austin().await;
    let header = "Animal ID,Name,Species,Intake Date,Intake Type,ANIMALNONSHELTER\n";
    let together = format!("{header}A1,Bo,Dog,2025-11-01,STRAY,\nA1,Bo,Dog,2025-11-10,NEUTER,\n");
    let first = import(&app, &ann, &id, &together, json!({})).await;
    let apart = format!("{header}A1,Bo,Dog,2025-11-12,Spay,\n");
    let second = import(&app, &ann, &id, &apart, json!({})).await;

    assert_eq!((outcome(&first).1, &first["warned"]), ([1, 0, 1, 0, 0], &json!(1)));
    assert_eq!((outcome(&second).1, &second["warned"]), ([0, 0, 1, 0, 0], &json!(1)));
    assert_eq!(statuses(&app).await, [("Bo".to_owned(), "open".to_owned())]);

    let given_away = format!("{header}A1,Bo,Dog,2025-11-12,STRAY,Yes\n");
    import(&app, &ann, &id, &given_away, json!({})).await;
    assert_eq!(statuses(&app).await, [("Bo".to_owned(), "closed".to_owned())]);
}

#[tokio::test]
async fn an_animal_left_on_the_day_of_its_outcome() {
    let (app, ann, id) = in_austin().await;
    let file = "Animal #,ARN,Animal Name,Species,Intake Date,Outcome Type,Outcome Subtype,Outcome Date\n\
                A1,1,Bo,Dog,5/1/2025,Transfer Out,Potential Adopter,5/20/2025\n";
    import(&app, &ann, &id, file, json!({})).await;

    assert_eq!(statuses(&app).await, [("Bo".to_owned(), "adopted".to_owned())]);
    let closed_at = Timestamp(app.value("SELECT closed_at FROM pets").await);
    assert_eq!(shown(closed_at, "America/Chicago"), "2025-05-20 00:00");
}

#[tokio::test]
async fn a_column_of_dates_has_one_order_and_nothing_lies_in_the_future() {
    let app = TestApp::new().await;
    // 2026-11-28T12:00:00Z: with the month first, the second day would be still to come.
    app.clock.set(Timestamp(1_795_867_200_000));
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let file = "ANIMALCODE,ANIMALNAME,ANIMALSPECIES,ANIMALENTRYDATE\n\
                B1,Brae,Dog,03/11/2026\nB2,Cove,Cat,12/10/2026\nB3,Dale,Dog,09/11/2026\n";
    let done = import(&app, &ann, &id, file, json!({})).await;

    assert_eq!(outcome(&done).1, [3, 0, 0, 0, 0], "{done}");
    for (name, day) in [("Brae", "2026-11-03"), ("Cove", "2026-10-12"), ("Dale", "2026-11-09")] {
        let shown = shown(seen_at(&app, name).await, "America/Chicago");
        assert_eq!(shown, format!("{day} 00:00"), "{name}");
    }
}

#[tokio::test]
async fn days_that_can_be_read_in_two_ways_are_asked_for_once() {
    let (app, ann, id) = in_auckland().await;
    let file = "Animal ID,Name,Species,Intake Date\n1,Brae,Dog,03/04/2025\n2,Cove,Dog,05/04/2025\n";
    let asked = import(&app, &ann, &id, file, json!({})).await;
    let said = import(&app, &ann, &id, file, json!({ "dateOrder": "DAY_FIRST" })).await;

    assert_eq!(outcome(&asked), ("FAILED".to_owned(), [0; 5]));
    assert_eq!(asked["errors"]["totalCount"], 1);
    assert!(first_error(&asked).contains("dateOrder"), "{asked}");
    assert_eq!(outcome(&said), ("DONE".to_owned(), [2, 0, 0, 0, 0]));
    assert_eq!(
        shown(seen_at(&app, "Brae").await, "Pacific/Auckland"),
        "2025-04-03 00:00"
    );
}

#[tokio::test]
async fn an_american_shelter_writes_the_month_first() {
    let (app, ann, id) = in_austin().await;
    let file = "id,name,species,intake date\n1,Bo,Dog,03/04/2025\n2,Ida,Dog,05/04/2025\n3,Al,Dog,20/04/2025\n";
    let done = import(&app, &ann, &id, file, json!({})).await;

    assert_eq!(outcome(&done).1, [3, 0, 0, 0, 0], "{done}");
    assert_eq!(shown(seen_at(&app, "Al").await, "America/Chicago"), "2025-04-20 00:00");
}

#[tokio::test]
async fn an_hour_without_a_zone_is_that_of_the_shelter() {
    let (app, ann, id) = in_auckland().await;
    let now = app.deps.clock.now();
    let (day, hour) = shown(now, "Pacific/Auckland")
        .split_once(' ')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let file = format!("Animal ID,Animal Name,Species,Intake Date,Intake Time\nN1,Kea,Dog,{day},{hour}\n");
    let done = import(&app, &ann, &id, &file, json!({})).await;

    assert_eq!(outcome(&done).1, [1, 0, 0, 0, 0], "{done}");
    let seen_at = seen_at(&app, "Kea").await;
    assert!(now.0 - 60_000 < seen_at.0 && seen_at <= now, "{seen_at} {now}");
}

#[tokio::test]
async fn a_shelter_can_set_its_time_zone() {
    let (app, ann, id) = in_austin().await;
    let zone = async |id: &str| {
        let query = "query($id: ID!) { shelter(id: $id) { timeZone } }";
        app.ok(&Visitor, query, json!({ "id": id })).await["shelter"]["timeZone"].clone()
    };
    assert_eq!(zone(&id).await, "America/Chicago");

    let update = async |time_zone: Value| {
        let input = json!({ "input": { "id": id, "timeZone": time_zone } });
        app.run(&ann, UPDATE, input).await
    };
    let set = update(json!("Europe/London")).await;
    assert_eq!(set.data()["updateShelter"]["shelter"]["timeZone"], "Europe/London");
    let refused = update(json!("Texas")).await;
    assert_eq!(user_errors(&refused), ["input.timeZone INVALID"]);
    assert_eq!(zone(&id).await, "Europe/London");

    let file = "Animal ID,Name,Species,Intake Date,Intake Time\nN1,Kea,Dog,2025-07-01,10:30\n";
    import(&app, &ann, &id, file, json!({})).await;
    assert_eq!(shown(seen_at(&app, "Kea").await, "UTC"), "2025-07-01 09:30");
    let reset = update(Value::Null).await;
    assert_eq!(reset.data()["updateShelter"]["shelter"]["timeZone"], "America/Chicago");
    app.run_work().await;
}

#[tokio::test]
async fn the_first_try_of_every_shelter_is_read_and_the_same_again_is_unchanged() {
    let (app, ann, id) = in_austin().await;
    let file = "type,name,breed,description,location,microchip\n\
                dog,Rex,Beagle,likes people,\"Austin, TX 78701\",985112003456789\n\
                dog,Sam,Pug,old,\"Austin, TX 78701\",\n\
                cat,,Siamese,shy,,\n\
                cat,Luna,,,,\n\
                dog,Sam,Boxer,,,\n";
    let first = import(&app, &ann, &id, file, json!({})).await;
    let second = import(&app, &ann, &id, file, json!({})).await;

    assert_eq!(outcome(&first), ("DONE".to_owned(), [5, 0, 0, 0, 0]), "{first}");
    assert_eq!(outcome(&second), ("DONE".to_owned(), [0, 0, 5, 0, 0]));
}

#[tokio::test]
async fn titles_of_open_data_portals_are_known() {
    let (app, ann, id) = in_austin().await;
    let angeles = "Shelter,Animal ID#,Intake Date,Intake Type,Intake Condition,Animal Type,Group,Breed 1,Breed 2\n\
                   East Valley,A1,02/13/2025,STRAY,ALIVE,DOG,LARGE,PIT BULL,MIX\n\
                   East Valley,A2,02/13/2025,STRAY,DEAD,CAT,SMALL,DOMESTIC SH,\n";
    let bloomington = "id,intakedate,intakereason,istransfer,sheltercode,identichipnumber,animalname,breedname,basecolour,speciesname,animalage,sexname,location,movementdate,movementtype,istrial,returndate,returnedreason,deceaseddate,deceasedreason,diedoffshelter,puttosleep,isdoa\n\
                       15801,2025-11-28 00:00:00,Moving,0,C09115463,0A115D7358,Jadzia,Domestic Short Hair,Tortie,Cat,9 years 2 months,Female,Adoption Room,2025-12-13 00:00:00,Adoption,0,,Stray,,Died off shelter,0,0,0\n\
                       15932,2025-12-08 00:00:00,Moving,0,D09125594,,Gonzo,German Shepherd Dog,Tan,Dog,2 years,Male,Kennel,,,0,,Stray,,Died off shelter,0,0,0\n";
    let first = import(&app, &ann, &id, angeles, json!({})).await;
    let second = import(&app, &ann, &id, bloomington, json!({})).await;

    assert_eq!(outcome(&first).1, [2, 0, 0, 0, 0], "{first}");
    assert_eq!(outcome(&second).1, [2, 0, 0, 0, 0], "{second}");
    let live: i64 = app.value("SELECT COUNT(*) FROM pets WHERE status = 'open'").await;
    let adopted: i64 = app.value("SELECT COUNT(*) FROM pets WHERE status = 'adopted'").await;
    assert_eq!((live, adopted), (2, 1));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why() {
    let (app, ann, id) = in_austin().await;
    for (file, words) in [
        ("hello world", ["hello world", "first line"]),
        ("id,name\n1,Bo\n", ["species, type or animal type", "id, name"]),
        (
            "[\n{\"species\": \"Dog\",\n\"name\" \"Bo\"}]",
            ["JSON", "line 3, character 8"],
        ),
        ("[]", ["JSON", "species"]),
        ("<!doctype html><p>x", ["web page", "CSV"]),
    ] {
        let done = import(&app, &ann, &id, file, json!({})).await;
        assert_eq!(done["state"], "FAILED", "{file}");
        let said = first_error(&done);
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
}

#[tokio::test]
async fn a_single_animal_of_json_is_read() {
    let (app, ann, id) = in_austin().await;
    let bare = r#"{ "id": "81-B", "animal": "Dog", "name": "Fir", "breed": "Whippet", "sex": "M", "intake_date": "2025-11-20" }"#;
    let wrapped = r#"{ "animal": { "id": 81000001, "type": "Dog", "species": "Dog", "name": "Nutmeg", "gender": "Female",
        "breeds": { "primary": "Beagle" }, "tags": ["Friendly"], "photos": [{ "full": "http://127.0.0.1/n.jpg" }],
        "status": "adoptable", "published_at": "2025-11-20T15:10:00+0000" } }"#;
    for (file, format) in [(bare, "Generic JSON"), (wrapped, "Petfinder")] {
        let done = import(&app, &ann, &id, file, json!({})).await;
        assert_eq!(
            (&done["format"], outcome(&done).1),
            (&json!(format), [1, 0, 0, 0, 0]),
            "{done}"
        );
    }
}

#[tokio::test]
async fn the_same_key_with_another_order_of_dates_is_another_import() {
    let (app, ann, id) = in_austin().await;
    let queue = async |order: &str| {
        let file = "id,species\n1,dog\n";
        let input = json!({ "shelterId": id, "data": file, "dateOrder": order, "idempotencyKey": "k" });
        user_errors(&app.run(&ann, IMPORT, json!({ "input": input })).await)
    };
    assert!(queue("DAY_FIRST").await.is_empty());
    assert_eq!(queue("MONTH_FIRST").await, ["input.idempotencyKey CONFLICT"]);
    app.run_work().await;
}
