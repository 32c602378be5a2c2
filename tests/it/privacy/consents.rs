//! Consents.

use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    sms,
    support::{Actor, Answer, FreshDatabase, Scratch, TestApp, codes, user_errors},
};

const RECORD: &str = "mutation($input: RecordConsentInput!) { recordConsent(input: $input) {
    consent { purpose granted wording createdAt } userErrors { field code message } } }";
const MINE: &str = "{ viewer { consents { purpose granted wording } } }";

async fn record(app: &TestApp, member: &Actor, input: Value) -> Answer {
    app.run(member, RECORD, json!({ "input": input })).await
}

async fn consents(app: &TestApp, member: &Actor) -> Value {
    app.ok(member, MINE, json!({})).await["viewer"]["consents"].clone()
}

#[tokio::test]
async fn the_last_word_counts_and_every_word_is_kept() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    assert_eq!(consents(&app, &ann).await, json!([]));
    let yes = json!({ "purpose": "NEWS", "granted": true, "wording": "Send me news by mail." });
    let no = json!({ "purpose": "NEWS", "granted": false, "wording": "Send me news by mail." });

    record(&app, &ann, yes.clone()).await;
    record(&app, &ann, yes.clone()).await;
    assert_eq!(consents(&app, &ann).await, json!([yes]));
    record(&app, &ann, no.clone()).await;

    assert_eq!(consents(&app, &ann).await, json!([no]));
    let kept: String = app.value("SELECT COUNT(*) || ' ' || MIN(address) FROM consents").await;
    assert_eq!(kept, "2 127.0.0.1", "saying it twice is saying it once");
}

#[tokio::test]
async fn a_consent_said_twice_at_once_is_kept_once() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let input = json!({ "purpose": "MAIL_STATISTICS", "granted": true, "wording": "Count what I open." });
    tokio::join!(record(&app, &ann, input.clone()), record(&app, &ann, input));
    assert_eq!(app.count("consents").await, 1);
}

#[tokio::test]
async fn fifty_changes_a_day_are_the_most_and_the_same_again_is_none() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    let said = |granted: bool| json!({ "purpose": "NEWS", "granted": granted, "wording": "Send me news by mail." });
    record(&app, &ann, said(true)).await;
    app.use_up("record-consent", ann.id.as_str()).await;

    let again = record(&app, &ann, said(true)).await;
    let refused = record(&app, &ann, said(false)).await;

    assert_eq!(user_errors(&again), [""; 0]);
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(app.count("consents").await, 1);
}

#[tokio::test]
async fn what_was_shown_must_be_told_and_text_messages_have_a_way_of_their_own() {
    let app = TestApp::quiet().await;
    let ann = app.member("ann").await;
    for (input, expected) in [
        (
            json!({ "purpose": "NEWS", "granted": true, "wording": "" }),
            "input.wording REQUIRED",
        ),
        (
            json!({ "purpose": "NEWS", "granted": true, "wording": "x".repeat(2_001) }),
            "input.wording TOO_LONG",
        ),
        (
            json!({ "purpose": "TEXT_MESSAGES", "granted": true, "wording": "Text me." }),
            "input.purpose NOT_ALLOWED",
        ),
    ] {
        assert_eq!(user_errors(&record(&app, &ann, input).await), [expected]);
    }
    assert_eq!(consents(&app, &ann).await, json!([]));
}

#[tokio::test]
async fn text_messages_are_agreed_to_by_the_code_and_ended_by_stop() {
    let app = TestApp::quiet().await;
    let ann = sms::with_phone(&app, "ann", "+15125550142").await;
    let given = consents(&app, &ann).await;
    assert_eq!(
        (&given[0]["purpose"], &given[0]["granted"]),
        (&json!("TEXT_MESSAGES"), &json!(true))
    );
    assert!(given[0]["wording"].as_str().unwrap().contains("Reply STOP"), "{given}");
    for (sid, word, granted) in [("SM1", "Stop", false), ("SM2", "start", true)] {
        sms::text_from(&app, "+15125550142", sid, word).await;
        let expected = json!([{ "purpose": "TEXT_MESSAGES", "granted": granted, "wording": word }]);
        assert_eq!(consents(&app, &ann).await, expected);
    }
}

#[tokio::test]
async fn consents_that_were_kept_with_the_number_have_moved() {
    let folder = Scratch::new();
    let fresh = FreshDatabase::empty(folder.path()).await;
    let url = match fresh.url.starts_with("sqlite") {
        true => format!("{}?mode=rwc", fresh.url),
        false => fresh.url.clone(),
    };
    let db = sea_orm::Database::connect(url).await.unwrap();
    let mut steps = Migrator::migrations().into_iter();
    let before = steps
        .position(|step| step.name() == "m20261130_000044_consents")
        .unwrap();
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.unwrap();
    let id = match fresh.url.starts_with("sqlite") {
        true => "x'0190a1b2c3d4e5f60718293a4b5c6d7e'",
        false => "'0190a1b2-c3d4-e5f6-0718-293a4b5c6d7e'",
    };
    for sql in [
        format!(
            "INSERT INTO members (id, email, email_verified, password_hash, display_name, role, created_at)
             VALUES ({id}, 'ann@example.org', TRUE, '', 'ann', 'member', 0)"
        ),
        format!(
            "INSERT INTO sms_accounts (member_id, phone, verified_at, opted_in, consent_at, consent_text, credits)
             VALUES ({id}, '+15125550142', 1, TRUE, 7, 'Text me.', 10)"
        ),
    ] {
        db.execute_unprepared(&sql).await.unwrap();
    }

    Migrator::up(&db, None).await.unwrap();

    let moved = "SELECT purpose || ' ' || wording || ' ' || created_at FROM consents WHERE granted";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), moved);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<String>(0).unwrap(), "text_messages Text me. 7");
}
