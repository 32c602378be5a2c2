//! What others are told of a shelter's animals: the list for its web site, and the file for Pet FBI.

use entity::vocabulary::PetVisibility;
use finding_sweetie::{domain::pets::set_visibility, kernel::Viewer};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    exports::{addresses, fetched, path},
    register, shelter,
};
use crate::{
    matching::{dog, report, with},
    support::{Actor, TestApp, Visitor},
};

const FEED: &str = "query($id: ID!) { shelter(id: $id) { feedUrl } }";
const ADOPTABLE: &str = "mutation($id: ID!) { changeStays(input: { ids: [$id], stage: ADOPTABLE }) {
    stays { id } userErrors { field code message } } }";

/// The path of a shelter's list.
async fn feed(app: &TestApp, shelter: &str) -> String {
    let data = app.ok(&Visitor, FEED, json!({ "id": shelter })).await;
    path(app, &data["shelter"]["feedUrl"])
}

/// An animal in care with all that is private.
async fn taken_in(app: &TestApp, ann: &Actor, shelter: &str, name: &str) -> String {
    let animal = json!({
        "shelterId": shelter, "name": name, "intakeType": "Stray", "microchip": "985112004567893",
        "privateMarks": ["A scar below the left ear"], "description": "Shy.",
    });
    report(
        app,
        ann,
        with(dog("SHELTERED", 30.2672, "2026-05-20T10:00:00Z"), animal),
    )
    .await
}

async fn hide(app: &TestApp, report: &str) {
    let report = report.parse().unwrap();
    set_visibility(&app.deps, &Viewer::System, report, PetVisibility::Hidden)
        .await
        .unwrap();
}

#[tokio::test]
async fn nothing_private_and_nothing_hidden_is_told() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let shown = taken_in(&app, &ann, &id, "Biscuit").await;
    let hidden = taken_in(&app, &ann, &id, "Maple").await;
    hide(&app, &hidden).await;
    app.execute("UPDATE pets SET address = 'Congress Avenue 1100'", [])
        .await;

    let list = app.get(&feed(&app, &id).await).await.text().await.unwrap();
    let urls = addresses(&app, &ann, &id).await;
    let file = fetched(&app, &urls["petFbiUrl"]).await;

    for told in [&list, &file] {
        assert!(told.contains(&shown) && told.contains("Biscuit"), "{told}");
        assert!(!told.contains(&hidden) && !told.contains("Maple"), "{told}");
        for secret in ["985112", "985-112", "scar below", "Congress", "30.2672", "97.7431"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
    assert!(file.contains("TX 12&month=1,"), "{file}");
    app.leave_work();
}

#[tokio::test]
async fn a_web_site_reads_the_list_and_is_told_when_it_has_changed() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = shelter(&app, &ann).await;
    let biscuit = taken_in(&app, &ann, &id, "Biscuit").await;
    let path = feed(&app, &id).await;
    let asked = async |tag: Option<&str>| {
        let mut request = app
            .request(Method::GET, &path)
            .header("origin", "https://haven.example");
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        request.send().await.unwrap()
    };

    let first = asked(None).await;

    assert_eq!(first.status(), 200);
    assert_eq!(first.headers()["content-type"], "application/json");
    assert_eq!(first.headers()["cache-control"], "public, max-age=60");
    assert_eq!(first.headers()["access-control-allow-origin"], "*");
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let list: Value = first.json().await.unwrap();
    let animals = list["animals"].as_array().unwrap();
    assert_eq!((&list["version"], animals.len()), (&json!(1), 1));
    assert_eq!(
        (&animals[0]["id"], &animals[0]["intakeDate"], &animals[0]["adoptable"]),
        (&json!(biscuit), &json!("2026-05-20"), &json!(false))
    );
    assert_eq!(animals[0]["page"], format!("{}/p/{biscuit}", app.url));
    let same = asked(Some(&tag)).await;
    assert_eq!(same.status().as_u16(), 304);
    assert_eq!(same.headers()["etag"], &*tag);
    assert_eq!(same.headers()["access-control-allow-origin"], "*");
    assert_eq!(same.text().await.unwrap(), "");

    let stay = "query($id: ID!) { pet(id: $id) { stay { id } } }";
    let stay = app.ok(&ann, stay, json!({ "id": biscuit })).await["pet"]["stay"]["id"].take();
    app.ok(&ann, ADOPTABLE, json!({ "id": stay })).await;

    let changed = asked(Some(&tag)).await;
    assert_eq!(changed.status(), 200);
    let list: Value = changed.json().await.unwrap();
    assert_eq!(list["animals"][0]["adoptable"], true);
    app.leave_work();
}

#[tokio::test]
async fn there_is_no_list_of_a_shelter_that_is_not_verified() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let unverified = register(&app, &ann).await;
    for path in [
        feed(&app, &unverified).await,
        "/shelters/she_01h455vb4pex5vsknk084sn02q/animals.json".to_owned(),
        "/shelters/x/animals.json".to_owned(),
    ] {
        let response = app.get(&path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
    app.leave_work();
}
