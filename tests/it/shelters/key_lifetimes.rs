//! Keys that expire, are rotated and are used.

use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CREATE_KEY, key, register};
use crate::support::{
    Actor, Answer, Bearer, Caller, FreshDatabase, Scratch, Setup, TestApp, Visitor, answer, codes, user_errors,
};

const KEYS: &str = "query($id: ID!) { shelter(id: $id) { apiKeys {
    id name prefix scopes expiresAt lastUsedAt lastUsedAddress revokedAt } } }";
const ROTATE: &str = "mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) {
    apiKey { id name prefix scopes expiresAt } secret userErrors { field code message } } }";
const REVOKE: &str = "mutation($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { field code message } } }";
const ASKED: &str = "{ stats { lost } }";
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The payload of a new key that expires then.
async fn create(app: &TestApp, ann: &Actor, shelter: &str, expires_at: Value) -> Answer {
    let input = json!({ "shelterId": shelter, "name": "kennel", "scopes": ["pets:read"], "expiresAt": expires_at });
    app.run(ann, CREATE_KEY, json!({ "input": input })).await
}

/// The id and the secret of one.
fn made(payload: &Value) -> (String, Bearer) {
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{payload}")).to_owned();
    (text(&payload["apiKey"]["id"]), Bearer(text(&payload["secret"])))
}

async fn rotate(app: &TestApp, ann: &Actor, input: Value) -> Answer {
    app.run(ann, ROTATE, json!({ "input": input })).await
}

async fn is_good(app: &TestApp, key: &impl Caller) -> bool {
    codes(&app.run(key, ASKED, json!({})).await).is_empty()
}

async fn keys(app: &TestApp, ann: &Actor, shelter: &str) -> Vec<Value> {
    let data = app.ok(ann, KEYS, json!({ "id": shelter })).await;
    data["shelter"]["apiKeys"].as_array().unwrap().clone()
}

/// The same member after so much time, with a log-in that is still good.
async fn later(app: &TestApp, ann: &Actor, by: Duration) -> Actor {
    app.clock.advance(by);
    app.log_in_again(ann).await
}

async fn audited(app: &TestApp, action: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM audit_entries WHERE action = '{action}'");
    app.value(&sql).await
}

#[tokio::test]
async fn a_key_expires_when_it_was_said_to_and_the_refusal_says_so() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, json!("2026-06-02T12:00:00Z")).await;
    let (_, script) = made(&payload.data()["createApiKey"]);
    let mut socket = app.socket(&script).await;
    assert!(is_good(&app, &script).await);

    app.clock.advance(DAY);

    assert_eq!(socket.closed().await, 4403);
    let refused = app.run(&script, ASKED, json!({})).await;
    assert_eq!(
        (refused.status, codes(&refused)),
        (401, vec!["UNAUTHENTICATED".to_owned()])
    );
    let words = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(words.contains("has expired"), "{words}");
    let unknown = app.run(&Bearer("sk_live_0123".to_owned()), ASKED, json!({})).await;
    assert!(!unknown.body.to_string().contains("expired"));
    let ann = app.log_in_again(&ann).await;
    assert_eq!(
        keys(&app, &ann, &shelter).await[0]["expiresAt"],
        "2026-06-02T12:00:00.000Z"
    );
}

#[tokio::test]
async fn a_key_expires_in_the_future_and_within_two_years() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    for wrong in ["2026-06-01T12:00:00Z", "2020-01-01T00:00:00Z", "2028-06-01T12:00:00Z"] {
        let refused = create(&app, &ann, &shelter, json!(wrong)).await;
        assert_eq!(user_errors(&refused), ["input.expiresAt OUT_OF_RANGE"], "{wrong}");
    }
    assert_eq!(app.count("api_keys").await, 0);

    for right in [
        json!("2026-06-01T12:00:01Z"),
        json!("2028-05-31T12:00:00Z"),
        Value::Null,
    ] {
        let made = create(&app, &ann, &shelter, right).await;
        assert_eq!(user_errors(&made), Vec::<String>::new());
    }
}

#[tokio::test]
async fn keys_from_before_go_on_working() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    key(&app, &ann, &shelter, &["pets:read"]).await;
    let of_before = "sk_0123456789abcdef";
    let hash = finding_sweetie::kernel::secret::fingerprint(of_before);
    app.execute("UPDATE api_keys SET hash = $1", [hash.into()]).await;

    assert!(is_good(&app, &Bearer(of_before.to_owned())).await);
}

#[tokio::test]
async fn a_rotated_key_goes_on_until_its_overlap_ends_and_the_new_one_is_like_it() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, json!("2026-07-01T12:00:00Z")).await;
    let (id, old) = made(&payload.data()["createApiKey"]);
    let ann = later(&app, &ann, 10 * DAY).await;

    let rotated = rotate(&app, &ann, json!({ "id": id, "overlapHours": 2 })).await;

    let payload = &rotated.data()["rotateApiKey"];
    let (_, new) = made(payload);
    assert_eq!(payload["apiKey"]["name"], "kennel");
    assert_eq!(payload["apiKey"]["scopes"], json!(["pets:read"]));
    assert_eq!(
        payload["apiKey"]["expiresAt"], "2026-07-11T12:00:00.000Z",
        "thirty days"
    );
    let shown = keys(&app, &ann, &shelter).await;
    assert_eq!(shown[1]["expiresAt"], "2026-06-11T14:00:00.000Z");
    assert!(is_good(&app, &old).await && is_good(&app, &new).await);
    let mut socket = app.socket(&old).await;
    app.clock.advance(2 * HOUR);
    assert_eq!(socket.closed().await, 4403);
    assert!(!is_good(&app, &old).await && is_good(&app, &new).await);
    assert_eq!(
        (
            audited(&app, "api_key_rotated").await,
            audited(&app, "api_key_created").await
        ),
        (1, 2)
    );
}

#[tokio::test]
async fn a_rotation_never_prolongs_a_key_and_can_end_it_at_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, json!("2026-06-01T13:00:00Z")).await;
    let (soon, _) = made(&payload.data()["createApiKey"]);
    let payload = create(&app, &ann, &shelter, Value::Null).await;
    let (other, secret) = made(&payload.data()["createApiKey"]);

    rotate(&app, &ann, json!({ "id": soon })).await;
    let rotated = rotate(&app, &ann, json!({ "id": other, "overlapHours": 0 })).await;

    let shown = keys(&app, &ann, &shelter).await;
    let expiry = |id: &str| shown.iter().find(|key| key["id"] == id).unwrap()["expiresAt"].clone();
    assert_eq!(expiry(&soon), "2026-06-01T13:00:00.000Z");
    assert_eq!(rotated.data()["rotateApiKey"]["apiKey"]["expiresAt"], Value::Null);
    assert!(!is_good(&app, &secret).await);
}

#[tokio::test]
async fn a_key_is_rotated_once_however_many_ask_at_once_and_a_repeat_gets_the_same_secret() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, Value::Null).await;
    let (id, _) = made(&payload.data()["createApiKey"]);
    let input = |key: &str| json!({ "id": id, "idempotencyKey": key });

    let (one, two, three) = tokio::join!(
        rotate(&app, &ann, input("first")),
        rotate(&app, &ann, input("first")),
        rotate(&app, &ann, json!({ "id": id })),
    );
    let four = rotate(&app, &ann, input("first")).await;

    let secrets: Vec<String> = [&one, &two, &four]
        .iter()
        .filter_map(|answer| answer.data()["rotateApiKey"]["secret"].as_str().map(str::to_owned))
        .collect();
    let of_three = three.data()["rotateApiKey"]["secret"].as_str();
    match of_three {
        Some(_) => assert_eq!(user_errors(&one), ["input.id CONFLICT"]),
        None => {
            assert_eq!(user_errors(&three), ["input.id CONFLICT"]);
            assert_eq!(secrets.len(), 3);
            assert!(secrets.iter().all(|secret| *secret == secrets[0]));
        }
    }
    assert_eq!(app.count("api_keys").await, 2);
}

#[tokio::test]
async fn what_cannot_be_rotated_is_refused_with_the_reason() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, json!("2026-06-02T12:00:00Z")).await;
    let (expiring, script) = made(&payload.data()["createApiKey"]);
    let payload = create(&app, &ann, &shelter, Value::Null).await;
    let (revoked, _) = made(&payload.data()["createApiKey"]);
    app.ok(&ann, REVOKE, json!({ "id": revoked })).await;
    let before = app.footprint().await;

    for hours in [-1, 169] {
        let refused = rotate(&app, &ann, json!({ "id": expiring, "overlapHours": hours })).await;
        assert_eq!(user_errors(&refused), ["input.overlapHours OUT_OF_RANGE"]);
    }
    let refused = rotate(&app, &ann, json!({ "id": revoked })).await;
    assert_eq!(user_errors(&refused), ["input.id NOT_ALLOWED"]);
    let refused = rotate(&app, &bob, json!({ "id": expiring })).await;
    assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"]);
    assert_eq!(
        codes(&app.run(&Visitor, ROTATE, json!({ "input": { "id": expiring } })).await),
        ["UNAUTHENTICATED"]
    );
    assert_eq!(app.footprint().await, before);
    let ann = later(&app, &ann, DAY).await;
    let refused = rotate(&app, &ann, json!({ "id": expiring })).await;
    assert_eq!(user_errors(&refused), ["input.id EXPIRED"]);
    assert!(!is_good(&app, &script).await);
    assert_eq!(app.count("api_keys").await, 2);
}

#[tokio::test]
async fn keys_that_have_ended_or_were_rotated_take_no_room() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let mut ids = Vec::new();
    for _ in 0..20 {
        let payload = create(&app, &ann, &shelter, json!("2026-06-03T12:00:00Z")).await;
        ids.push(made(&payload.data()["createApiKey"]).0);
    }
    let full = create(&app, &ann, &shelter, Value::Null).await;
    assert_eq!(user_errors(&full), ["input.shelterId LIMIT_REACHED"]);

    let mut newest = Vec::new();
    for id in &ids {
        let rotated = rotate(&app, &ann, json!({ "id": id })).await;
        newest.push(made(&rotated.data()["rotateApiKey"]).0);
    }
    let refused = rotate(&app, &ann, json!({ "id": newest[0] })).await;
    assert_eq!(user_errors(&refused), ["input.id LIMIT_REACHED"]);

    let ann = later(&app, &ann, DAY).await;
    let rotated = rotate(&app, &ann, json!({ "id": newest[0] })).await;
    assert_eq!(user_errors(&rotated), Vec::<String>::new());
    let ann = later(&app, &ann, DAY).await;
    let room = create(&app, &ann, &shelter, Value::Null).await;
    assert_eq!(user_errors(&room), Vec::<String>::new(), "the keys have expired");
}

#[tokio::test]
async fn the_last_use_of_a_key_and_its_first_from_every_network_are_kept() {
    let app = TestApp::start(Setup {
        adjust: |config| config.trust_proxy = true,
        ..Setup::default()
    })
    .await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, Value::Null).await;
    let (_, script) = made(&payload.data()["createApiKey"]);
    let used_from = async |address: &str, ann: &Actor| {
        let request = app.request(reqwest::Method::POST, "/graphql");
        let request = request.header("x-forwarded-for", address);
        let request = request.header("authorization", script.authorization().unwrap());
        assert!(codes(&answer(request.json(&json!({ "query": ASKED }))).await).is_empty());
        let shown = keys(&app, ann, &shelter).await[0].clone();
        (shown["lastUsedAt"].clone(), shown["lastUsedAddress"].clone())
    };

    let noon = "2026-06-01T12:00:00.000Z";
    assert_eq!(used_from("192.0.2.1", &ann).await, (json!(noon), json!("192.0.2.1")));
    let ann = later(&app, &ann, HOUR / 2).await;
    assert_eq!(
        used_from("192.0.2.1", &ann).await,
        (json!(noon), json!("192.0.2.1")),
        "to the hour"
    );
    let half_past = "2026-06-01T12:30:00.000Z";
    for address in ["2001:db8:1:2::1", "2001:db8:1:2::2"] {
        assert_eq!(
            used_from(address, &ann).await,
            (json!(half_past), json!("2001:db8:1:2::1"))
        );
    }
    assert_eq!(used_from("192.0.2.1", &ann).await.1, "2001:db8:1:2::1");
    let ann = later(&app, &ann, HOUR).await;
    assert_eq!(
        used_from("192.0.2.1", &ann).await,
        (json!("2026-06-01T13:30:00.000Z"), json!("192.0.2.1"))
    );
    assert_eq!(audited(&app, "api_key_used_from_new_network").await, 2);
    assert_eq!(app.count("api_key_networks").await, 2);
}

#[tokio::test]
async fn whoever_has_many_addresses_cannot_fill_the_audit_log_with_a_key() {
    let app = TestApp::start(Setup {
        adjust: |config| config.trust_proxy = true,
        ..Setup::default()
    })
    .await;
    let ann = app.member("ann").await;
    let shelter = register(&app, &ann).await;
    let payload = create(&app, &ann, &shelter, Value::Null).await;
    let (id, script) = made(&payload.data()["createApiKey"]);
    app.use_up("api-key-network", id.as_str()).await;

    assert!(is_good(&app, &script).await);

    assert_eq!(audited(&app, "api_key_used_from_new_network").await, 0);
}

#[tokio::test]
async fn keys_that_read_animals_before_read_their_matches_still() {
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
        .position(|step| step.name() == "m20261130_000037_api_keys")
        .unwrap();
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.unwrap();
    let run = async |sql: &str, values: Vec<sea_orm::Value>| {
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await.unwrap();
    };
    let one = Uuid::from_u128(1);
    run(
        "INSERT INTO members (id, email, email_verified, password_hash, display_name, role, created_at) \
         VALUES ($1, 'ann@example.org', $2, '', 'ann', 'member', 0)",
        vec![one.into(), true.into()],
    )
    .await;
    run(
        "INSERT INTO shelters (id, name, kind, verified, place_label, search_text, created_by, created_at, updated_at) \
         VALUES ($1, 'Haven', 'shelter', $2, '', '', $1, 0, 0)",
        vec![one.into(), true.into()],
    )
    .await;
    let scopes = ["pets:read", "pets:write", "pets:read pets:write imports:write"];
    for (n, scopes) in scopes.into_iter().enumerate() {
        run(
            "INSERT INTO api_keys (id, shelter_id, name, prefix, hash, scopes, created_by, created_at) \
             VALUES ($1, $2, 'kennel', 'sk_0123', $3, $4, $2, 0)",
            vec![
                Uuid::from_u128(n as u128 + 1).into(),
                one.into(),
                n.to_string().into(),
                scopes.into(),
            ],
        )
        .await;
    }

    Migrator::up(&db, None).await.unwrap();

    let sql = "SELECT scopes FROM api_keys ORDER BY hash";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    let scopes: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(
        scopes,
        [
            "pets:read matches:read",
            "pets:write",
            "pets:read pets:write imports:write matches:read"
        ]
    );
    db.close().await.unwrap();
}
