//! Saving, changing and deleting searches.

use serde_json::{Value, json};

use super::{CREATE, DELETE, SAVED, SEEN, UPDATE, dogs_near_austin, new_count, save};
use crate::{
    pets::{at, lost, lost_with, report},
    support::{TestApp, user_errors},
};

#[tokio::test]
async fn a_saved_search_says_what_it_is_for_and_finds_what_fits() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let near = report(&app, &bob, lost()).await;
    report(&app, &bob, lost_with(json!({ "location": at(31.5, -97.7431) }))).await;

    let id = save(&app, &ann, dogs_near_austin("INSTANTLY")).await;

    let data = app.ok(&ann, SAVED, json!({})).await;
    let expected = json!([{
        "id": id, "name": "Dogs near me", "notify": "INSTANTLY", "newCount": 0,
        "description": "Dogs within 10 miles of 78701",
        "pets": { "totalCount": 1, "nodes": [{ "id": near }] },
    }]);
    assert_eq!(data["viewer"]["savedSearches"], expected);
    assert_eq!(
        app.ok(&bob, SAVED, json!({})).await["viewer"]["savedSearches"],
        json!([])
    );
    app.run_work().await;
}

#[tokio::test]
async fn every_field_of_a_filter_is_read_back() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let corner = |latitude: f64, longitude: f64| json!({ "latitude": latitude, "longitude": longitude });
    let triangle = json!([corner(30.0, -98.0), corner(30.0, -97.0), corner(31.0, -97.5)]);
    let filter = json!({
        "kinds": ["FOUND", "LOST"], "statuses": ["OPEN"], "species": ["CAT"], "breed": "Siamese", "colors": ["BLACK"],
        "sizes": ["SMALL"], "sexes": ["FEMALE"], "ageGroups": ["ADULT"], "microchipped": true, "urgent": false,
        "seenFrom": "2026-05-01T00:00:00.000Z", "seenTo": "2026-06-01T00:00:00.000Z", "text": "white paw",
        "area": { "polygon": triangle },
    });
    let create = "mutation($filter: PetFilter) { createSavedSearch(input: { name: \"all\", filter: $filter }) {
        savedSearch { notify filter { kinds statuses species breed colors sizes sexes ageGroups microchipped urgent seenFrom seenTo
            text area { bounds { south } circle { near } polygon { latitude longitude } } shelter { id } } }
        userErrors { field code } } }";

    let data = app.ok(&ann, create, json!({ "filter": filter })).await;

    let saved = &data["createSavedSearch"]["savedSearch"];
    let mut expected = filter.clone();
    expected["kinds"] = json!(["LOST", "FOUND"]);
    expected["area"] = json!({ "bounds": null, "circle": null, "polygon": triangle });
    expected["shelter"] = Value::Null;
    assert_eq!(saved["filter"], expected);
    assert_eq!(saved["notify"], "DAILY");
}

#[tokio::test]
async fn a_place_in_words_is_looked_up_once_and_kept_with_its_words() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    save(&app, &ann, dogs_near_austin("NEVER")).await;

    let query = "{ viewer { savedSearches { filter { area { circle { center { latitude } radiusMeters near } } } } } }";
    let data = app.ok(&ann, query, json!({})).await;

    let circle = &data["viewer"]["savedSearches"][0]["filter"]["area"]["circle"];
    assert_eq!(
        (&circle["near"], &circle["radiusMeters"]),
        (&json!("78701"), &json!(16_093.44))
    );
    assert!((30.2..30.4).contains(&circle["center"]["latitude"].as_f64().unwrap()));
    let row: String = app.value("SELECT filter FROM saved_searches").await;
    assert!(!row.contains("query"), "{row}");
}

#[tokio::test]
async fn what_came_in_since_the_last_look_is_new() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    report(&app, &bob, lost()).await;
    let id = save(&app, &ann, dogs_near_austin("NEVER")).await;
    assert_eq!(new_count(&app, &ann).await, 0);

    report(&app, &bob, lost_with(json!({ "name": "Sweetie" }))).await;
    report(&app, &bob, lost_with(json!({ "species": "CAT" }))).await;
    report(&app, &ann, lost_with(json!({ "name": "Biscuit" }))).await;
    assert_eq!(new_count(&app, &ann).await, 1);
    assert_eq!(new_count(&app, &ann).await, 1, "looking changes nothing");

    let data = app.ok(&ann, SEEN, json!({ "id": id })).await;
    assert_eq!(data["markSavedSearchSeen"]["savedSearch"]["newCount"], 0);
    report(&app, &bob, lost_with(json!({ "name": "Maple" }))).await;
    assert_eq!(new_count(&app, &ann).await, 1);
    app.run_work().await;
}

#[tokio::test]
async fn a_change_keeps_what_is_left_out_and_null_clears_the_filter() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = save(&app, &ann, dogs_near_austin("DAILY")).await;
    let changed = async |input: Value| {
        let data = app.ok(&ann, UPDATE, json!({ "input": input })).await;
        let saved = &data["updateSavedSearch"]["savedSearch"];
        ["name", "notify", "description"].map(|field| saved[field].as_str().unwrap().to_owned())
    };

    let renamed = changed(json!({ "id": id, "name": " Dogs  of Austin " })).await;
    assert_eq!(renamed, ["Dogs of Austin", "DAILY", "Dogs within 10 miles of 78701"]);
    let instant = changed(json!({ "id": id, "notify": "INSTANTLY", "filter": { "species": ["CAT"] } })).await;
    assert_eq!(instant, ["Dogs of Austin", "INSTANTLY", "Cats"]);
    let silent = changed(json!({ "id": id, "notify": null, "filter": null })).await;
    assert_eq!(silent, ["Dogs of Austin", "NEVER", "Animals"]);
}

#[tokio::test]
async fn what_cannot_be_saved_is_a_fault_of_its_field() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = save(&app, &ann, dogs_near_austin("DAILY")).await;
    let center = json!({ "latitude": 30, "longitude": -97 });
    let filters = [
        (
            json!({ "area": { "near": { "query": "Nowhere at all", "radius": 10 } } }),
            "input.filter INVALID",
        ),
        (
            json!({ "area": { "circle": { "center": center, "radius": 101 } } }),
            "input.filter INVALID",
        ),
        (
            json!({ "area": { "polygon": [center, center, center] } }),
            "input.filter INVALID",
        ),
        (json!({ "text": "a b c d e f g h i j k" }), "input.filter INVALID"),
        (json!({ "kinds": vec!["LOST"; 21] }), "input.filter INVALID"),
        (json!({ "shelterId": "pet_1" }), "input.filter INVALID"),
        (
            json!({ "seenFrom": "2026-05-02T00:00:00Z", "seenTo": "2026-05-01T00:00:00Z" }),
            "input.filter INVALID",
        ),
        (
            json!({ "shelterId": "she_00000000000000000000000000" }),
            "input.filter.shelterId NOT_FOUND",
        ),
        (json!({ "ageGroups": [] }), "input.filter.ageGroups REQUIRED"),
    ];
    let mut inputs = vec![
        (json!({ "name": " \u{200b} " }), "input.name REQUIRED"),
        (json!({ "name": "é".repeat(81) }), "input.name TOO_LONG"),
    ];
    inputs.extend(filters.map(|(filter, fault)| (json!({ "name": "x", "filter": filter }), fault)));
    let before = app.footprint().await;

    for (mut input, fault) in inputs {
        let created = app.run(&ann, CREATE, json!({ "input": input })).await;
        assert_eq!(user_errors(&created), [fault], "{input}");
        input["id"] = json!(id);
        let updated = app.run(&ann, UPDATE, json!({ "input": input })).await;
        assert_eq!(user_errors(&updated), [fault], "{input}");
    }

    let without_name = app
        .run(&ann, UPDATE, json!({ "input": { "id": id, "name": null } }))
        .await;
    assert_eq!(user_errors(&without_name), ["input.name REQUIRED"]);
    assert_eq!(app.footprint().await, before);
    let row: String = app.value("SELECT name FROM saved_searches").await;
    assert_eq!(row, "Dogs near me");
}

#[tokio::test]
async fn a_name_may_have_80_characters() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    save(&app, &ann, json!({ "name": "é".repeat(80) })).await;
    assert_eq!(app.count("saved_searches").await, 1);
}

#[tokio::test]
async fn a_member_keeps_fifty_searches_and_not_one_more_however_fast_they_come() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    for number in 1..=48 {
        save(&app, &ann, json!({ "name": format!("search {number}") })).await;
    }

    let one = || app.run(&ann, CREATE, json!({ "input": { "name": "one of the last" } }));
    let (a, b, c, d) = tokio::join!(one(), one(), one(), one());

    let faults: Vec<String> = [a, b, c, d].iter().flat_map(user_errors).collect();
    assert_eq!(faults, ["LIMIT_REACHED", "LIMIT_REACHED"]);
    assert_eq!(app.count("saved_searches").await, 50);
    save(&app, &bob, json!({ "name": "of somebody else" })).await;
}

#[tokio::test]
async fn somebody_elses_search_is_not_there() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = save(&app, &ann, dogs_near_austin("INSTANTLY")).await;
    let before = app.footprint().await;

    for id in [id.as_str(), "sav_00000000000000000000000000", "nonsense"] {
        let update = app
            .run(&bob, UPDATE, json!({ "input": { "id": id, "name": "mine" } }))
            .await;
        assert_eq!(user_errors(&update), ["input.id NOT_FOUND"]);
        for document in [DELETE, SEEN] {
            let refused = app.run(&bob, document, json!({ "id": id })).await;
            assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"], "{document}");
        }
    }

    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_deleted_search_is_gone_with_all_that_belongs_to_it() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = save(&app, &ann, dogs_near_austin("INSTANTLY")).await;
    report(&app, &bob, lost()).await;
    app.run_work().await;
    assert_eq!(app.count("search_hits").await, 1);

    let data = app.ok(&ann, DELETE, json!({ "id": id })).await;

    assert_eq!(data["deleteSavedSearch"]["deletedId"], id.as_str());
    for table in ["saved_searches", "search_cells", "search_hits"] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
    let again = app.ok(&ann, DELETE, json!({ "id": id })).await;
    assert_eq!(
        again["deleteSavedSearch"]["deletedId"],
        id.as_str(),
        "twice is harmless"
    );
    let other = app.run(&bob, DELETE, json!({ "id": id })).await;
    assert_eq!(user_errors(&other), ["input.id NOT_FOUND"]);
}
