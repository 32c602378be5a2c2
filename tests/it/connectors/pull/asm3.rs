//! ASM3.

use serde_json::{Value, json};

use super::{
    super::{HOUR, Stage},
    connected, refused, stays_that_ended,
    stubs::{Answer, Asm3, Stub},
};

fn row(id: u32, changed: &str, movement: u32) -> Value {
    json!({
        "ID": id, "SHELTERCODE": format!("D2605{id}"), "ANIMALNAME": format!("Comet {id}"), "SPECIESNAME": "Dog", "SEXNAME": "Male",
        "BREEDNAME": "Boxer", "BASECOLOURNAME": "Brindle", "SIZENAME": "Medium", "NEUTEREDNAME": "Yes",
        "MOSTRECENTENTRYDATE": "2026-05-02T00:00:00", "ENTRYTYPENAME": "Stray", "ACTIVEMOVEMENTTYPE": movement,
        "ACTIVEMOVEMENTDATE": (movement == 1).then_some("2026-05-31T00:00:00"), "NONSHELTERANIMAL": 0,
        "CURRENTOWNERNAME": "", "LASTCHANGEDDATE": changed,
    })
}

async fn installation() -> Stub<Asm3> {
    let on_shelter = json!([row(1, "2026-05-20T10:00:00", 0), row(2, "2026-05-21T10:00:00", 0)]);
    Stub::start(Asm3 {
        password: "let me+in&",
        on_shelter,
        changed: json!([]),
    })
    .await
}

fn settings(stub: &Stub<Asm3>) -> Value {
    json!({ "kind": "ASM3", "address": stub.address, "account": "zz0123/ann", "secret": "let me+in&" })
}

#[tokio::test]
async fn all_animals_on_the_shelter_are_fetched_each_time_and_who_left_with_them() {
    let (stage, stub) = (Stage::set().await, installation().await);
    let id = connected(&stage, settings(&stub)).await;
    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["lastImport"]["created"]),
        (&Value::Null, &json!(2)),
        "{seen}"
    );
    assert_eq!(stub.asked().len(), 1);
    // The list of the shelter is up to an hour old, so that the animal is still on it.
    stub.change(|asm3| asm3.changed = json!([row(2, "2026-06-01T10:00:00", 1)]));

    stage.look_after(6 * HOUR).await;

    let seen = stage.seen(&id).await;
    assert_eq!(
        (&seen["lastError"], &seen["lastImport"]["updated"]),
        (&Value::Null, &json!(1)),
        "{seen}"
    );
    assert_eq!(stays_that_ended(&stage, "adopted").await, 1);
    let methods: Vec<_> = stub
        .asked()
        .iter()
        .map(|asked| asked.parameter("method").to_owned())
        .collect();
    assert_eq!(methods[1..], ["json_shelter_animals", "json_recent_changes"]);
}

#[tokio::test]
async fn what_it_says_instead_of_animals_is_understood() {
    for (said, words) in [
        ("ERROR: Invalid username and password", "does not accept the user"),
        ("ERROR: Invalid database (FAIL)", "does not know the account"),
        (
            "ERROR: Service API for authenticated methods is disabled",
            "switched off",
        ),
        ("[{\"ID\": 1, ", "breaks off"),
    ] {
        let (stage, stub) = (Stage::set().await, installation().await);
        stub.answers_after(0, Answer::status(200, said));
        let error = refused(&stage, settings(&stub)).await;
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn its_credentials_are_in_no_error_and_follow_no_redirect() {
    let (stage, stub, thief) = (Stage::set().await, installation().await, installation().await);
    stub.answers_after(
        0,
        Answer::status(307, "").with("location", &format!("{}/service", thief.address)),
    );

    let error = refused(&stage, settings(&stub)).await;

    assert!(!error.contains("let") && !error.contains("zz0123"), "{error}");
    assert_eq!(thief.asked().len(), 0);
}
