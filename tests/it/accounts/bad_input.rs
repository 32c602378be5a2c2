//! Input that is wrong, absurd or hostile.

use serde_json::{Value, json};

use super::REGISTER;
use crate::support::{Answer, TestApp, Visitor, codes, user_errors};

async fn register(app: &TestApp, input: Value) -> Answer {
    app.run(&Visitor, REGISTER, json!({ "input": input })).await
}

async fn register_as(app: &TestApp, display_name: &str) -> Answer {
    let email = format!("member{}@example.org", app.count("members").await);
    register(
        app,
        json!({ "email": email, "password": "correct horse", "displayName": display_name }),
    )
    .await
}

#[tokio::test]
async fn a_name_is_stored_as_it_was_meant() {
    let app = TestApp::new().await;
    let table = [
        ("Robert'); DROP TABLE members;--", "Robert'); DROP TABLE members;--"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("50% _ \\ \" $1 {{x}}", "50% _ \\ \" $1 {{x}}"),
        ("  Ann \t\n Marie ", "Ann Marie"),
        ("a\u{202e}n\u{200b}n\u{0}", "ann"),
        ("Zoë 🐕 王小明", "Zoë 🐕 王小明"),
    ];
    for (given, stored) in table {
        let answer = register_as(&app, given).await;
        assert_eq!(
            answer.data()["register"]["viewer"]["member"]["displayName"],
            stored,
            "{given:?}: {}",
            answer.body
        );
    }
    assert_eq!(app.count("members").await, 6);
    app.run_work().await;
}

#[tokio::test]
async fn a_name_without_a_visible_letter_or_with_too_many_is_refused() {
    let app = TestApp::new().await;
    let before = app.footprint().await;
    let (long, huge) = ("n".repeat(51), "n".repeat(900_000));
    let table = [
        ("", "REQUIRED"),
        (" \t ", "REQUIRED"),
        ("\u{200b}\u{200d}\u{feff}", "REQUIRED"),
        ("\u{202e}\u{2066}", "REQUIRED"),
        (&long, "TOO_LONG"),
        (&huge, "TOO_LONG"),
    ];
    for (name, code) in table {
        let refused = register_as(&app, name).await;
        assert_eq!(user_errors(&refused), [format!("input.displayName {code}")]);
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_name_of_50_letters_is_fine_whatever_the_letters_weigh() {
    let app = TestApp::new().await;
    let name = "犬".repeat(50);
    assert_eq!(user_errors(&register_as(&app, &name).await), Vec::<String>::new());
    app.run_work().await;
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_with_a_hint() {
    let app = TestApp::new().await;
    let long = format!("{}@example.org", "a".repeat(250));
    for email in [
        "",
        "ann",
        "ann@",
        "@example.org",
        "a b@example.org",
        "ann@example",
        "ann@@example.org",
        "a\u{0}@example.org",
        &long,
    ] {
        let refused = register(
            &app,
            json!({ "email": email, "password": "correct horse", "displayName": "Ann" }),
        )
        .await;
        let code = if 254 < email.len() { "TOO_LONG" } else { "INVALID" };
        assert_eq!(user_errors(&refused), [format!("input.email {code}")], "{email:?}");
        let fault = &refused.data()["register"]["userErrors"][0];
        assert!(fault["message"].as_str().unwrap().contains("e-mail address"), "{fault}");
    }
    assert_eq!(app.count("members").await, 0);
}

#[tokio::test]
async fn wrong_types_and_missing_fields_are_refused_before_anything_happens() {
    let app = TestApp::new().await;
    let before = app.footprint().await;
    let good = json!({ "email": "ann@example.org", "password": "correct horse", "displayName": "Ann" });
    let with = |name: &str, value: Value| {
        let mut input = good.clone();
        input[name] = value;
        input
    };
    let mut without_password = good.clone();
    without_password.as_object_mut().unwrap().remove("password");
    let table = [
        with("displayName", json!(5)),
        with("displayName", json!(["Ann"])),
        with("displayName", json!({ "name": "Ann" })),
        with("displayName", Value::Null),
        with("email", json!(true)),
        with("role", json!("ADMIN")),
        without_password,
        json!([]),
        json!("Ann"),
        Value::Null,
    ];
    for input in table {
        let refused = register(&app, input.clone()).await;
        assert_eq!(codes(&refused), ["BAD_USER_INPUT"], "{input}: {}", refused.body);
        assert!(refused.data().is_null(), "{input}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn ten_megabytes_are_refused_at_the_door() {
    let app = TestApp::new().await;
    let refused = register_as(&app, &"n".repeat(10_000_000)).await;
    assert_eq!(
        (refused.status, codes(&refused)),
        (413, vec!["DOCUMENT_TOO_LARGE".to_owned()])
    );
    assert_eq!(app.count("members").await, 0);
}
