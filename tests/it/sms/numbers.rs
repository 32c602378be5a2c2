//! One phone, however it is written, and who gets text messages at all.

use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};
use serde_json::json;

use super::{ANN, BOB, REQUEST, SEND, account, code_for, said, send, talk, text_from, webhook, with_phone};
use crate::support::{FreshDatabase, Phone, Scratch, Setup, TestApp, user_errors};

const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

#[tokio::test]
async fn a_phone_that_its_carrier_writes_in_another_way_answers_and_stops() {
    for (proved, answers_from) in [
        ("+525555501234", "+5215555501234"),
        ("+5215555501234", "+525555501234"),
        ("+5511961234567", "+551161234567"),
        ("+551161234567", "+5511961234567"),
        ("+5491161234567", "+541161234567"),
        ("+541161234567", "+54111561234567"),
    ] {
        let app = TestApp::new().await;
        let bob = with_phone(&app, "bob", BOB).await;
        let ann = app.verified("ann").await;
        app.ok(&ann, REQUEST, json!({ "input": { "phone": proved } })).await;
        app.run_work().await;
        let body = app.phone.sent().last().unwrap().body.clone();
        let code: String = body.chars().filter(char::is_ascii_digit).take(6).collect();
        app.ok(&ann, super::VERIFY, json!({ "input": { "code": code } })).await;
        let conversation = talk(&app, &bob, &ann).await;
        send(&app, &bob, &conversation, "Where are you?").await;
        app.run_work().await;

        let (_, answer) = text_from(&app, answers_from, "SM1", "I am coming").await;
        text_from(&app, answers_from, "SM2", "STOP").await;

        assert_eq!(answer, NOTHING, "{answers_from}");
        let last = said(&app, &bob, &conversation).await.last().unwrap().clone();
        assert_eq!(last, ("ann".to_owned(), "I am coming".to_owned()), "{answers_from}");
        assert_eq!(account(&app, &ann).await["optedIn"], false, "{answers_from}");
        let sent = app.phone.sent().len();
        let input = json!({ "input": { "conversationId": conversation, "text": "Hello?" } });
        let refused = app.run(&bob, SEND, input).await;
        assert_eq!(user_errors(&refused), ["input.conversationId NOT_ALLOWED"]);
        app.run_work().await;
        assert_eq!(app.phone.sent().len(), sent, "{answers_from}");
    }
}

#[tokio::test]
async fn a_number_is_taken_however_people_write_it() {
    let app = TestApp::new().await;
    for (name, phone, right) in [
        ("ann", "+1 520-555-0142", "+15205550142"),
        ("bob", "+1 (520) 555-0143", "+15205550143"),
        ("cleo", "520.555.0144", "+15205550144"),
        ("dan", "00 52 55 5550 1234", "+525555501234"),
    ] {
        let who = app.verified(name).await;

        let data = app.ok(&who, REQUEST, json!({ "input": { "phone": phone } })).await;

        assert_eq!(data["requestPhoneVerification"]["sms"]["phone"], right, "{phone}");
        app.run_work().await;
    }
}

#[tokio::test]
async fn what_is_no_number_is_a_fault_of_the_phone_that_a_form_can_show() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let before = app.footprint().await;
    for phone in ["", "hello", "+1 520", "+1 520 555 0142 ext 3", "+0 520 555 0142"] {
        let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": phone } })).await;

        assert_eq!(user_errors(&refused), ["input.phone INVALID"], "{phone}");
        let fault = &refused.data()["requestPhoneVerification"]["userErrors"][0];
        assert!(
            fault["message"].as_str().unwrap().contains("+1 512 555 0142"),
            "{fault}"
        );
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn one_phone_in_two_forms_has_one_holder() {
    let app = TestApp::new().await;
    let ann = with_phone(&app, "ann", "+525555501234").await;
    let bob = app.verified("bob").await;

    app.ok(&bob, REQUEST, json!({ "input": { "phone": "+5215555501234" } }))
        .await;
    app.run_work().await;
    let body = app.phone.to("+525555501234").last().unwrap().body.clone();
    let code: String = body.chars().filter(char::is_ascii_digit).take(6).collect();
    app.ok(&bob, super::VERIFY, json!({ "input": { "code": code } })).await;

    assert_eq!(account(&app, &ann).await["verified"], false);
    assert_eq!(account(&app, &bob).await["phone"], "+525555501234");
    app.run_work().await;
}

#[tokio::test]
async fn machines_are_written_down_and_never_answered() {
    let app = TestApp::new().await;
    for (n, sender) in ["68849", "AMAZON", "+18002345678", "+15005550006"]
        .into_iter()
        .enumerate()
    {
        let answer = text_from(&app, sender, &format!("SM{n}"), "Your code is ready").await;
        assert_eq!(answer, (200, NOTHING.to_owned()), "{sender}");
    }
    assert_eq!(app.count("sms_messages").await, 4);
}

#[tokio::test]
async fn nobody_is_answered_in_the_same_words_twice_a_day() {
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    for n in 0..40 {
        let (_, answer) = text_from(&app, BOB, &format!("SM{n}"), "I am away until Monday").await;
        answers.push(answer.contains("<Message>"));
    }
    assert_eq!(answers.iter().filter(|is_answer| **is_answer).count(), 1);
    app.clock.advance(Duration::from_secs(24 * 60 * 60));
    assert!(text_from(&app, BOB, "SM40", "Hello?").await.1.contains("<Message>"));
}

#[tokio::test]
async fn after_stop_only_the_words_are_answered() {
    let app = TestApp::new().await;
    let stop = text_from(&app, BOB, "SM1", "Please stop texting me").await.1;
    assert!(stop.contains("no more text messages"), "{stop}");
    assert_eq!(text_from(&app, BOB, "SM2", "Hello?").await.1, NOTHING);
    assert!(text_from(&app, BOB, "SM3", "AYUDA").await.1.contains("<Message>"));
    let start = text_from(&app, BOB, "SM4", "START").await.1;
    assert!(start.contains("again"), "{start}");
}

#[tokio::test]
async fn stop_is_taken_in_the_languages_of_its_countries_and_in_sentences() {
    for wish in ["ARRET", "ALTO", "PARAR", "Please stop", "Deja de escribirme por favor"] {
        let app = TestApp::new().await;
        let bob = with_phone(&app, "bob", BOB).await;
        text_from(&app, BOB, "SM1", wish).await;
        assert_eq!(account(&app, &bob).await["optedIn"], false, "{wish}");
    }
    let app = TestApp::new().await;
    let bob = with_phone(&app, "bob", BOB).await;
    text_from(&app, BOB, "SM1", "please don't stop looking").await;
    assert_eq!(account(&app, &bob).await["optedIn"], true);
}

#[tokio::test]
async fn a_carrier_that_tells_of_a_stop_afterwards_is_believed() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = super::ann_and_bob(&app).await;
    let message = send(&app, &ann, &conversation, "Hi").await;
    app.run_work().await;
    let sid = Phone::provider_id(message["id"].as_str().unwrap());
    let fields = [
        ("MessageSid", sid.as_str()),
        ("MessageStatus", "failed"),
        ("ErrorCode", "21610"),
    ];

    assert_eq!(webhook(&app, "/webhooks/sms/status", &fields).await.0, 204);

    assert_eq!(account(&app, &bob).await["optedIn"], false);
}

#[tokio::test]
async fn numbers_of_other_countries_and_of_no_mobile_phone_get_no_text() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let before = app.footprint().await;
    for (number, code) in [
        ("+4915112345678", "NOT_ALLOWED"),
        ("+18764123456", "NOT_ALLOWED"),
        ("+5352345678", "NOT_ALLOWED"),
        ("+18002345678", "INVALID"),
        ("+551132345678", "INVALID"),
    ] {
        let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": number } })).await;
        assert_eq!(user_errors(&refused), [format!("input.phone {code}")], "{number}");
    }
    for satellite in ["+881612345678", "+88216123456789", "+870773123456"] {
        let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": satellite } })).await;
        assert_eq!(user_errors(&refused).len(), 1, "{satellite}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn a_number_of_a_country_that_was_taken_off_the_list_gets_no_text_any_more() {
    let app = TestApp::new().await;
    let (ann, bob) = (
        with_phone(&app, "ann", ANN).await,
        with_phone(&app, "bob", "+525555501234").await,
    );
    let conversation = talk(&app, &ann, &bob).await;
    let adjust = |config: &mut finding_sweetie::config::Config| config.sms_countries.truncate(1);
    let narrow = app
        .beside(Setup {
            adjust,
            ..Setup::default()
        })
        .await;

    let input = json!({ "input": { "conversationId": conversation, "text": "Hi" } });
    let refused = narrow.run(&ann, SEND, input).await;

    assert_eq!(user_errors(&refused), ["input.conversationId NOT_ALLOWED"]);
}

#[tokio::test]
async fn a_code_is_sent_only_to_whoever_has_proved_a_mail_address() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let before = app.footprint().await;

    let refused = app.run(&ann, REQUEST, json!({ "input": { "phone": ANN } })).await;

    assert_eq!(user_errors(&refused), ["UNVERIFIED"]);
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn many_accounts_of_one_network_get_twenty_codes_an_hour() {
    let app = TestApp::new().await;
    for n in 0..20 {
        let who = app.verified(&format!("ann{n}")).await;
        code_for(&app, &who, &format!("+1512555{:04}", 100 + n)).await;
    }
    let (bob, before) = (app.verified("bob").await, app.phone.sent().len());

    let refused = app
        .run(&bob, REQUEST, json!({ "input": { "phone": "+12125550142" } }))
        .await;

    assert_eq!(user_errors(&refused), ["input.phone LIMIT_REACHED"]);
    app.run_work().await;
    assert_eq!(app.phone.sent().len(), before);
    app.clock.advance(Duration::from_secs(60 * 60));
    let bob = app.log_in_again(&bob).await;
    code_for(&app, &bob, "+12125550142").await;
}

#[tokio::test]
async fn numbers_beside_each_other_get_thirty_texts_an_hour_from_wherever_they_are_asked_for() {
    let adjust = |config: &mut finding_sweetie::config::Config| config.trusted_proxies = "1".parse().unwrap();
    let app = TestApp::start(Setup {
        adjust,
        ..Setup::default()
    })
    .await;
    let mut told = Vec::new();
    for n in 0..31 {
        let who = app.verified(&format!("ann{n}")).await;
        let body =
            json!({ "query": REQUEST, "variables": { "input": { "phone": format!("+1512555{:04}", 100 + n) } } });
        let request = app.request(reqwest::Method::POST, "/graphql").bearer_auth(&who.token);
        let request = request.header("x-forwarded-for", format!("203.0.113.{n}"));
        let answer: serde_json::Value = request.json(&body).send().await.unwrap().json().await.unwrap();
        told.push(answer["data"]["requestPhoneVerification"]["userErrors"].clone());
    }
    app.run_work().await;
    assert_eq!(told[..30], vec![json!([]); 30]);
    assert_eq!(told[30][0]["code"], "LIMIT_REACHED");
    assert_eq!(app.phone.sent().len(), 30);
    let metrics = app.metrics().await.text().await.unwrap();
    assert!(
        metrics.contains("sweetie_sms_refused_total{bound=\"block\"}"),
        "{metrics}"
    );
}

async fn run(db: &DatabaseConnection, sql: &str, values: Vec<Value>) {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.unwrap();
}

async fn phones(db: &DatabaseConnection, sql: &str) -> Vec<Option<String>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn numbers_that_were_stored_before_get_their_one_form() {
    let folder = Scratch::new();
    let fresh = FreshDatabase::empty(folder.path()).await;
    let url = match fresh.url.starts_with("sqlite") {
        true => format!("{}?mode=rwc", fresh.url),
        false => fresh.url.clone(),
    };
    let db = sea_orm::Database::connect(url).await.unwrap();
    let steps = Migrator::migrations();
    let before = steps
        .iter()
        .position(|step| step.name() == "m20261128_000021_phones_and_uploads")
        .unwrap();
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.unwrap();
    for (n, phone) in [
        "+5215555501234",
        "+525555501234",
        "+551161234567",
        "+551132345678",
        "+541161234567",
        "+15125550142",
    ]
    .into_iter()
    .enumerate()
    {
        let id = uuid::Uuid::from_u128(n as u128 + 1);
        let sql = "INSERT INTO members (id, email, email_verified, password_hash, display_name, role, created_at) \
             VALUES ($1, $2, $3, '', 'ann', 'member', 0)";
        run(
            &db,
            sql,
            vec![id.into(), format!("{n}@example.org").into(), true.into()],
        )
        .await;
        let sql =
            "INSERT INTO sms_accounts (member_id, phone, verified_at, opted_in, credits) VALUES ($1, $2, 1, $3, 10)";
        run(&db, sql, vec![id.into(), phone.into(), true.into()]).await;
        let sql = "INSERT INTO sms_opt_outs (phone, opted_out_at) VALUES ($1, 1)";
        run(&db, sql, vec![phone.into()]).await;
    }

    Migrator::up(&db, None).await.unwrap();

    let right = [
        "+15125550142",
        "+525555501234",
        "+5491161234567",
        "+551132345678",
        "+5511961234567",
    ];
    let mut right: Vec<Option<String>> = right.into_iter().map(|phone| Some(phone.to_owned())).collect();
    right.sort();
    let sorted = |mut list: Vec<Option<String>>| {
        list.sort();
        list
    };
    assert_eq!(sorted(phones(&db, "SELECT phone FROM sms_opt_outs").await), right);
    let held = "SELECT phone FROM sms_accounts WHERE verified_at IS NOT NULL";
    assert_eq!(sorted(phones(&db, held).await), right);
    db.close().await.unwrap();
}
