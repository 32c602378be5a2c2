//! A request that comes twice, since its first answer got lost, happens once.

mod without_a_key;

use serde_json::{Value, json};

use crate::{
    pets, shelters, sms,
    support::{Actor, TestApp, user_errors},
};

/// A mutation with its input, and a change of it.
type Keyed = (&'static str, Value, Value);

async fn cast(app: &TestApp) -> (Actor, Vec<Keyed>) {
    let (ann, _, conversation) = sms::ann_and_bob(app).await;
    let shelter = shelters::shelter(app, &ann).await;
    let pet = pets::report(app, &ann, pets::lost()).await;
    app.run_work().await;
    let sighting = "mutation($input: AddSightingInput!) { addSighting(input: $input) { sighting { id } userErrors { field code message } } }";
    let register = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) { shelter { id } userErrors { field code message } } }";
    let key = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } secret userErrors { field code message } } }";
    let webhook = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret userErrors { field code message } } }";
    let connector = "mutation($input: CreateConnectorInput!) { createConnector(input: $input) { connector { id } userErrors { field code message } } }";
    let search = "mutation($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) { savedSearch { id } userErrors { field code message } } }";
    let invite = "mutation($input: InviteStaffInput!) { inviteStaff(input: $input) { invitation { email expiresAt } userErrors { field code message } } }";
    let share = "mutation($input: SharePetInput!) { sharePet(input: $input) { share { url } userErrors { field code message } } }";
    let upload = "mutation($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } userErrors { field code message } } }";
    let code = "mutation($input: RequestPhoneVerificationInput!) { requestPhoneVerification(input: $input) { sms { phone } userErrors { field code message } } }";
    let text = "mutation($input: SendSmsInput!) { sendSms(input: $input) { smsMessage { id } userErrors { field code message } } }";
    let keyed = vec![
        (
            sighting,
            json!({ "petId": pet, "seenAt": "2026-06-01T11:00:00Z", "address": "Austin, TX", "note": "by the creek" }),
            json!({ "note": "by the bridge" }),
        ),
        (
            text,
            json!({ "conversationId": conversation, "text": "Is she home?" }),
            json!({ "text": "Is he?" }),
        ),
        (
            register,
            json!({ "name": "Elm Shelter", "type": "RESCUE", "location": { "postalCode": "78701" } }),
            json!({ "name": "Oak Shelter" }),
        ),
        (
            key,
            json!({ "shelterId": shelter, "name": "night script", "scopes": ["pets:read"] }),
            json!({ "scopes": ["pets:write"] }),
        ),
        (
            webhook,
            json!({ "shelterId": shelter, "url": "https://example.org/hooks", "events": ["IMPORT_FINISHED"] }),
            json!({ "events": ["MATCH_FOUND"] }),
        ),
        (
            connector,
            json!({ "shelterId": shelter, "kind": "CSV_HTTPS", "name": "List", "address": "https://example.org/a.csv", "secret": "key" }),
            json!({ "name": "Night list" }),
        ),
        (
            search,
            json!({ "name": "Dogs", "filter": { "species": ["DOG"] } }),
            json!({ "name": "All dogs" }),
        ),
        (
            invite,
            json!({ "shelterId": shelter, "email": "cleo@example.org", "role": "STAFF" }),
            json!({ "role": "VOLUNTEER" }),
        ),
        (
            share,
            json!({ "petId": pet, "platform": "COPY" }),
            json!({ "platform": "EMAIL" }),
        ),
        (
            upload,
            json!({ "purpose": "PET_PHOTO", "contentType": "image/png", "byteSize": 9 }),
            json!({ "byteSize": 10 }),
        ),
        (
            code,
            json!({ "phone": "+15125550188" }),
            json!({ "phone": "+15125550189" }),
        ),
    ];
    (ann, keyed)
}

fn with(input: &Value, more: Value) -> Value {
    let mut input = input.clone();
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "input": input })
}

#[tokio::test]
async fn a_request_with_a_key_happens_once_and_answers_the_same() {
    let app = TestApp::new().await;
    let (ann, keyed) = cast(&app).await;
    for (mutation, input, change) in keyed {
        let first = with(&input, json!({ "idempotencyKey": "one" }));
        let answer = app.ok(&ann, mutation, first.clone()).await;
        app.run_work().await;
        let (before, events) = (app.footprint().await, app.events().await);

        let again = app.ok(&ann, mutation, first.clone()).await;
        let other = with(&first["input"], change);
        let refused = app.run(&ann, mutation, other).await;
        app.run_work().await;

        assert_eq!(answer, again, "{mutation}");
        assert_eq!(user_errors(&refused), ["input.idempotencyKey CONFLICT"], "{mutation}");
        assert_eq!(
            (app.footprint().await, app.events().await),
            (before.clone(), events),
            "{mutation}"
        );
        let another = with(&input, json!({ "idempotencyKey": "two" }));
        app.ok(&ann, mutation, another).await;
        assert_ne!(
            app.footprint().await,
            before,
            "another key is another request: {mutation}"
        );
    }
    app.run_work().await;
}

#[tokio::test]
async fn a_key_from_before_an_upgrade_gives_its_first_result() {
    let app = TestApp::new().await;
    let (ann, keyed) = cast(&app).await;
    for (mutation, input, _) in keyed {
        let input = with(&input, json!({ "idempotencyKey": "one" }));
        let first = app.ok(&ann, mutation, input.clone()).await;
        let earlier = "UPDATE idempotency_keys SET request_hash = $1";
        app.execute(earlier, ["in the form of an earlier version".into()]).await;

        assert_eq!(app.ok(&ann, mutation, input).await, first, "{mutation}");
    }
    app.leave_work();
}

#[tokio::test]
async fn of_several_requests_with_a_key_at_once_one_happens() {
    let app = TestApp::new().await;
    let (ann, keyed) = cast(&app).await;
    for (mutation, input, _) in keyed {
        let input = with(&input, json!({ "idempotencyKey": "one" }));
        let asked = (0..4).map(|_| app.ok(&ann, mutation, input.clone()));
        let answers = futures_util::future::join_all(asked).await;
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{mutation}: {answers:?}"
        );
    }
    app.run_work().await;
    let tables = [
        ("sightings", 1),
        ("saved_searches", 1),
        ("shelters", 2),
        ("api_keys", 1),
        ("shares", 1),
        ("uploads", 1),
        ("staff_invitations", 1),
    ];
    for (table, rows) in tables {
        assert_eq!(app.count(table).await, rows, "{table}");
    }
}

#[tokio::test]
async fn the_secret_of_a_key_is_shown_again_to_the_same_caller_within_a_day_only() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    let make = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } secret userErrors { code } } }";
    let input = json!({ "shelterId": shelter, "name": "script", "scopes": ["pets:read"], "idempotencyKey": "one" });
    let first = app.ok(&ann, make, json!({ "input": input })).await["createApiKey"].clone();

    app.clock.advance(std::time::Duration::from_secs(24 * 60 * 60 + 1));
    let ann = app.log_in_again(&ann).await;
    let later = app.ok(&ann, make, json!({ "input": input })).await["createApiKey"].clone();

    assert_ne!(first["apiKey"]["id"], later["apiKey"]["id"]);
    assert_ne!(first["secret"], later["secret"]);
    let stored: String = app.value("SELECT hash FROM api_keys ORDER BY created_at LIMIT 1").await;
    assert!(!stored.contains(first["secret"].as_str().unwrap()));
}

#[tokio::test]
async fn what_is_already_so_is_answered_and_announced_once() {
    let app = TestApp::new().await;
    let (ann, bob, conversation) = sms::ann_and_bob(&app).await;
    let pet = pets::report(&app, &ann, pets::lost()).await;
    let send = "mutation($id: ID!) { sendMessage(input: { conversationId: $id, text: \"Hello\" }) { message { id } userErrors { code } } }";
    let sent = app.ok(&ann, send, json!({ "id": conversation })).await;
    let message = sent["sendMessage"]["message"]["id"].as_str().unwrap().to_owned();
    app.run_work().await;
    let states = [
        format!("favoritePet(input: {{ petId: \"{pet}\" }})"),
        format!("favoritePet(input: {{ petId: \"{pet}\", favorite: false }})"),
        format!("archiveConversation(input: {{ conversationId: \"{conversation}\" }})"),
        format!("muteConversation(input: {{ conversationId: \"{conversation}\" }})"),
        format!("hidePresenceFrom(input: {{ memberId: \"{}\" }})", bob.id),
        format!("reactToMessage(input: {{ id: \"{message}\", emoji: \"🐾\" }})"),
        format!("deleteMessage(input: {{ id: \"{message}\" }})"),
        "setSearchHistory(input: { enabled: false })".to_owned(),
        format!("blockMember(input: {{ memberId: \"{}\" }})", bob.id),
        format!("closePet(input: {{ id: \"{pet}\", outcome: REUNITED }})"),
    ];
    for state in states {
        let mutation = format!("mutation {{ {state} {{ userErrors {{ field code message }} }} }}");
        app.ok(&ann, &mutation, json!({})).await;
        app.run_work().await;
        let (before, events) = (app.footprint().await, app.events().await);

        app.ok(&ann, &mutation, json!({})).await;

        assert_eq!((app.footprint().await, app.events().await), (before, events), "{state}");
    }
}

#[tokio::test]
async fn a_code_that_has_proved_the_phone_says_so_again() {
    let app = TestApp::new().await;
    let ann = app.verified("ann").await;
    let code = json!({ "input": { "code": sms::code_for(&app, &ann, sms::ANN).await } });
    let first = app.ok(&ann, sms::VERIFY, code.clone()).await;

    let again = app.ok(&ann, sms::VERIFY, code.clone()).await;

    assert_eq!(first, again);
    let bob = app.verified("bob").await;
    let taken = json!({ "input": { "code": sms::code_for(&app, &bob, sms::ANN).await } });
    app.ok(&bob, sms::VERIFY, taken).await;
    let refused = app.run(&ann, sms::VERIFY, code).await;
    assert_eq!(
        user_errors(&refused),
        ["input.code EXPIRED"],
        "the phone is another's now"
    );
    app.run_work().await;
}

#[tokio::test]
async fn what_somebody_has_ended_is_answered_again_to_them_alone() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let search = "mutation { createSavedSearch(input: { name: \"Dogs\" }) { savedSearch { id } userErrors { field code message } } }";
    let search = app.ok(&ann, search, json!({})).await["createSavedSearch"]["savedSearch"]["id"].clone();
    let group = "mutation($ids: [ID!]!) { startGroup(input: { title: \"Us\", memberIds: $ids }) { conversation { id } userErrors { field code message } } }";
    let group = app.ok(&ann, group, json!({ "ids": [bob.id] })).await["startGroup"]["conversation"]["id"].clone();
    app.run_work().await;
    let remove = json!({ "conversationId": group, "memberId": bob.id });
    for (mutation, input, field) in [
        ("deleteSavedSearch", json!({ "id": search }), "input.id NOT_FOUND"),
        ("removeParticipant", remove, "input.conversationId NOT_FOUND"),
        (
            "leaveConversation",
            json!({ "conversationId": group }),
            "input.conversationId NOT_FOUND",
        ),
    ] {
        let (first, rest) = mutation.split_at(1);
        let document = format!(
            "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ field code message }} }} }}",
            first.to_uppercase()
        );
        let input = json!({ "input": input });
        app.ok(&ann, &document, input.clone()).await;
        app.run_work().await;
        let (before, events) = (app.footprint().await, app.events().await);

        let again = app.run(&ann, &document, input.clone()).await;
        let other = app.run(&cleo, &document, input).await;

        assert_eq!(user_errors(&again), Vec::<String>::new(), "{mutation}");
        assert_eq!(user_errors(&other), [field], "{mutation}");
        assert_eq!(
            (app.footprint().await, app.events().await),
            (before, events),
            "{mutation}"
        );
    }
}

#[tokio::test]
async fn a_secret_that_cannot_be_shown_again_is_refused_with_what_to_do() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let shelter = shelters::shelter(&app, &ann).await;
    let input = json!({ "shelterId": shelter, "name": "script", "scopes": ["pets:read"], "idempotencyKey": "one" });
    app.ok(&ann, shelters::CREATE_KEY, json!({ "input": input })).await;
    // As after a change of the installation's secret: what is remembered gives another key.
    app.execute(
        "UPDATE idempotency_keys SET result = $1 WHERE action = 'createApiKey'",
        ["00".into()],
    )
    .await;

    let again = app.run(&ann, shelters::CREATE_KEY, json!({ "input": input })).await;

    assert_eq!(user_errors(&again), ["input.idempotencyKey CONFLICT"]);
    let message = again.data()["createApiKey"]["userErrors"][0]["message"]
        .as_str()
        .unwrap();
    assert!(message.contains("revoke"), "{message}");
    assert_eq!(app.count("api_keys").await, 1);
}
