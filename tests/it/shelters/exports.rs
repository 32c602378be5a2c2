//! Files about a shelter's animals: who gets them, what is in them, and that they come back.

use std::time::Duration;

use serde_json::{Value, json};

use super::{IMPORT, employ, import, key, outcome, shelter};
use crate::{
    matching::{dog, report, with},
    support::{Bearer, Caller, TestApp, Visitor, codes, user_errors},
};

const EXPORTS: &str = "query($id: ID!) { shelter(id: $id) { exports { inventoryUrl
    petFbiUrl(organization: \"TX 12&month=1\") monthlyUrl(month: \"2026-05\") } } }";

/// What everybody at the shelter wrote down.
const FILE: &str = "Animal ID,Name,Species,Primary Breed,Sex,Color,Intake Date,Intake Type,Status,Kennel,Outcome Type,Outcome Date,Microchip,Description\n\
    A1,Sweetie,Dog,Beagle,Female,Tan,2026-05-01 10:15,Stray,Adoptable,Treatment 4,,,985112004567894,Shy\n\
    A2,Mittens,Cat,,Male,Black,2026-04-02 09:30,Owner Surrender,,,Adoption,2026-04-20 16:00,,\n\
    A2,Mittens,Cat,,Male,Black,2026-05-11 12:00,Return,In Foster,,,,,\n\
    A3,Bunny,Rabbit,,Unknown,White,2026-03-05 08:00,Other,,,Died,2026-03-09 11:00,,\n\
    A4,Rex,Dog,,Male,Brown,2026-05-20 07:45,Moonwalk,Hold,,,,,\n";

/// The addresses that somebody gets; null for those who get none.
pub async fn addresses(app: &TestApp, who: &impl Caller, shelter: &str) -> Value {
    app.ok(who, EXPORTS, json!({ "id": shelter })).await["shelter"]["exports"].take()
}

/// Path and query of an address on this server.
pub fn path(app: &TestApp, url: &Value) -> String {
    let url = url.as_str().unwrap_or_else(|| panic!("no address: {url}"));
    url.strip_prefix(app.url.as_str())
        .expect("it is of this server")
        .to_owned()
}

/// The file at an address.
pub async fn fetched(app: &TestApp, url: &Value) -> String {
    let response = app.get(&path(app, url)).await;
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

async fn inventory(app: &TestApp, who: &impl Caller, shelter: &str) -> String {
    let addresses = addresses(app, who, shelter).await;
    fetched(app, &addresses["inventoryUrl"]).await
}

/// The lines of an inventory in which no cell has a comma, in alphabetical order, without the time of the last change.
fn lines(inventory: &str) -> Vec<String> {
    let text = inventory.trim_start_matches('\u{feff}');
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let titles = rows.next().expect("there are titles");
    let changed = titles.iter().position(|title| *title == "Last Changed").unwrap();
    let mut lines: Vec<String> = rows
        .map(|mut row| {
            row.remove(changed);
            row.join(",")
        })
        .collect();
    lines.sort();
    lines
}

fn titles(inventory: &str) -> Vec<&str> {
    let text = inventory.trim_start_matches('\u{feff}');
    text.lines().next().unwrap_or_default().split(',').collect()
}

#[tokio::test]
async fn the_inventory_comes_back_into_another_shelter_as_it_is_and_into_its_own_without_a_trace() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (own, other) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let read = import(&app, &ann, &own, FILE, json!({})).await;
    assert_eq!(outcome(&read).1[3], 0, "{read}");
    let animal = json!({ "shelterId": own, "name": "Biscuit", "intakeType": "Stray", "microchip": "985112004567893" });
    report(
        &app,
        &ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00.250Z"), animal),
    )
    .await;
    app.run_work().await;

    let first = inventory(&app, &ann, &own).await;
    let before = (
        app.count("shelter_animals").await,
        app.count("stays").await,
        app.count("stay_events").await,
    );
    let again = import(&app, &ann, &own, &first, json!({})).await;

    assert_eq!(lines(&first).len(), 6, "{first}");
    assert!(first.contains("Treatment 4") && first.contains("Moonwalk"), "{first}");
    assert_eq!(again["format"], "Finding Sweetie");
    let [created, _, _, failed, closed] = outcome(&again).1;
    assert_eq!((created, failed, closed), (0, 0, 0), "{again}");
    let after = (
        app.count("shelter_animals").await,
        app.count("stays").await,
        app.count("stay_events").await,
    );
    assert_eq!(after, before, "no copy, no further stay, no change of one");
    assert_eq!(lines(&inventory(&app, &ann, &own).await), lines(&first));

    let elsewhere = import(&app, &bob, &other, &first, json!({})).await;

    let [created, _, _, failed, _] = outcome(&elsewhere).1;
    assert_eq!((created, failed), (5, 0), "{elsewhere}");
    assert_eq!(lines(&inventory(&app, &bob, &other).await), lines(&first));
}

#[tokio::test]
async fn every_animal_is_in_the_file_once_however_many_there_are() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    import(&app, &ann, &id, &super::dogs(1000, 450), json!({})).await;

    let file = inventory(&app, &ann, &id).await;

    for number in 1000..1450 {
        assert_eq!(file.matches(&format!("\nA{number},")).count(), 1, "A{number}");
    }
    assert_eq!(file.lines().count(), 451);
}

#[tokio::test]
async fn addresses_are_for_those_who_see_the_animals_and_secrets_for_those_who_may_see_them() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let (cleo, eve, root) = (
        app.member("cleo").await,
        app.member("eve").await,
        app.admin("root").await,
    );
    employ(&app, &ann, &id, &cleo, "VOLUNTEER").await;
    let reader = Bearer(key(&app, &ann, &id, &["pets:read"]).await);
    let importer = Bearer(key(&app, &ann, &id, &["imports:write"]).await);
    let dan = app.member("dan").await;
    shelter(&app, &dan).await;
    let animal = json!({ "shelterId": id, "microchip": "985112004567893" });
    report(
        &app,
        &ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00Z"), animal),
    )
    .await;
    app.run_work().await;

    assert_eq!(addresses(&app, &Visitor, &id).await, Value::Null);
    assert_eq!(addresses(&app, &eve, &id).await, Value::Null);
    assert_eq!(addresses(&app, &importer, &id).await, Value::Null);
    assert_eq!(
        addresses(&app, &dan, &id).await,
        Value::Null,
        "he works for another shelter"
    );
    for (inventory, places, chips) in [
        (inventory(&app, &ann, &id).await, true, true),
        (inventory(&app, &reader, &id).await, true, true),
        (inventory(&app, &cleo, &id).await, true, false),
        (inventory(&app, &root, &id).await, false, false),
    ] {
        assert_eq!(titles(&inventory).contains(&"Latitude"), places, "{inventory}");
        assert_eq!(inventory.contains("30.2672"), places, "{inventory}");
        assert_eq!(titles(&inventory).contains(&"Microchip"), chips, "{inventory}");
        assert_eq!(inventory.contains("985-112-004-567-893"), chips, "{inventory}");
    }
    inventory(&app, &ann, &id).await;
    let noted = "SELECT COUNT(*) FROM audit_entries WHERE action = 'inventory_exported'";
    assert_eq!(app.value::<i64>(noted).await, 3, "once for each who got secrets");
}

#[tokio::test]
async fn an_address_is_bound_to_its_file_and_to_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (id, other) = (shelter(&app, &ann).await, shelter(&app, &ann).await);
    let urls = addresses(&app, &ann, &id).await;
    let given = ["inventoryUrl", "petFbiUrl", "monthlyUrl"].map(|name| path(&app, &urls[name]));
    for (path, saved_as) in given
        .iter()
        .zip(["inventory.csv", "pet-fbi.csv", "monthly-2026-05.csv"])
    {
        let response = app.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(
            headers["content-disposition"],
            format!("attachment; filename=\"{saved_as}\"").as_str()
        );
    }
    let [inventory, pet_fbi, monthly] = &given;
    for changed in [
        inventory.replace("chips=told", "chips=omitted"),
        inventory.replace(&id, &other),
        inventory.replace("inventory.csv", "monthly.csv"),
        inventory.replace("&chips=told", ""),
        pet_fbi.replace("TX", "CA"),
        monthly.replace("2026-05", "2026-04"),
        monthly.replace("signature=", "signature=0"),
        monthly.replace("expires=", "expires=9"),
        format!("/shelters/{id}/exports/inventory.csv?places=told&chips=told"),
        "/shelters/she_x/exports/inventory.csv".to_owned(),
    ] {
        assert!(!given.contains(&changed), "{changed}");
        let response = app.get(&changed).await;
        assert_eq!(response.status(), 404, "{changed}");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
    app.clock.advance(Duration::from_secs(60 * 60));
    for path in &given {
        assert_eq!(app.get(path).await.status(), 404, "{path}");
    }
    app.leave_work();
}

#[tokio::test]
async fn arguments_that_mean_nothing_are_refused() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let long = "x".repeat(41);
    for field in [
        "monthlyUrl(month: \"May 2026\")".to_owned(),
        "monthly(month: \"2026-13\") { month }".to_owned(),
        format!("petFbiUrl(organization: \"{long}\")"),
    ] {
        let query = format!("query($id: ID!) {{ shelter(id: $id) {{ exports {{ {field} }} }} }}");
        let answer = app.run(&ann, &query, json!({ "id": id })).await;
        assert_eq!(codes(&answer), ["BAD_USER_INPUT"], "{field}");
    }
    app.leave_work();
}

#[tokio::test]
async fn names_are_no_formulas_for_a_spreadsheet_and_come_back_as_names() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let name = "=HYPERLINK(1)";
    let animal = json!({ "shelterId": id, "name": name, "intakeType": "Stray" });
    report(
        &app,
        &ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00Z"), animal),
    )
    .await;
    let urls = addresses(&app, &ann, &id).await;

    let inventory = fetched(&app, &urls["inventoryUrl"]).await;
    let listed = fetched(&app, &urls["petFbiUrl"]).await;

    for file in [&inventory, &listed] {
        assert!(
            file.contains(",'=HYPERLINK(1),") && !file.contains(",=HYPERLINK"),
            "{file}"
        );
    }
    let input = json!({ "shelterId": id, "data": inventory });
    assert_eq!(
        user_errors(&app.run(&ann, IMPORT, json!({ "input": input })).await),
        Vec::<String>::new()
    );
    app.run_work().await;
    let names = "SELECT COUNT(*) FROM shelter_animals WHERE name = '=HYPERLINK(1)'";
    assert_eq!(app.value::<i64>(names).await, app.count("shelter_animals").await);
}
