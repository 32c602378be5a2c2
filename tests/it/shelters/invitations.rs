//! Invitations: who sends them, whom they reach, and when they end.

use serde_json::{Value, json};

use super::{ACCEPT, REMOVE, employ, invite, invited, key, register, shelter};
use crate::support::{Actor, Bearer, TestApp, codes, user_errors};

const INVITATIONS: &str = "query($id: ID!) { shelter(id: $id) {
    invitations { id email role invitedBy { displayName } shelter { id } } } }";
const WITHDRAW: &str = "mutation($id: ID!) { withdrawInvitation(input: { id: $id }) {
    invitation { email } userErrors { field code message } } }";

/// The invitations that wait, as that member sees them.
async fn waiting(app: &TestApp, viewer: &Actor, shelter: &str) -> Value {
    app.ok(viewer, INVITATIONS, json!({ "id": shelter })).await["shelter"]["invitations"].clone()
}

#[tokio::test]
async fn admins_see_what_waits_and_take_it_back() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &cleo, "STAFF").await;
    let token = invited(&app, &ann, &id, &bob, "ADMIN").await;

    let seen = waiting(&app, &ann, &id).await;
    assert_eq!(
        seen.as_array().unwrap().len(),
        1,
        "the accepted one does not wait: {seen}"
    );
    assert_eq!(
        (&seen[0]["email"], &seen[0]["role"]),
        (&json!(bob.email()), &json!("ADMIN"))
    );
    assert_eq!(seen[0]["invitedBy"]["displayName"], "ann");
    assert_eq!(seen[0]["shelter"]["id"], id.as_str());
    let which = json!({ "id": seen[0]["id"] });
    for outsider in [&bob, &cleo] {
        assert_eq!(waiting(&app, outsider, &id).await, Value::Null);
        let refused = app.run(outsider, WITHDRAW, which.clone()).await;
        assert_eq!(user_errors(&refused), ["input.id NOT_FOUND"]);
    }

    app.ok(&ann, WITHDRAW, which.clone()).await;

    assert_eq!(waiting(&app, &ann, &id).await, json!([]));
    let late = app.run(&bob, ACCEPT, token).await;
    assert_eq!(user_errors(&late), ["input.token EXPIRED"]);
    assert_eq!(
        user_errors(&app.run(&ann, WITHDRAW, which.clone()).await),
        Vec::<String>::new(),
        "twice is harmless"
    );
    assert_eq!(
        user_errors(&app.run(&cleo, WITHDRAW, which).await),
        ["input.id NOT_FOUND"]
    );
}

#[tokio::test]
async fn an_invitation_that_is_over_does_not_wait() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = register(&app, &ann).await;
    invite(&app, &ann, &id, "bob@example.org", "ADMIN").await;
    app.run_work().await;
    app.clock.advance(std::time::Duration::from_secs(7 * 24 * 3600));
    let ann = app.log_in_again(&ann).await;
    assert_eq!(waiting(&app, &ann, &id).await, json!([]));
}

#[tokio::test]
async fn who_leaves_takes_their_keys_and_invitations_along() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "ADMIN").await;
    let (his, hers) = (
        Bearer(key(&app, &bob, &id, &["pets:write"]).await),
        Bearer(key(&app, &ann, &id, &["pets:write"]).await),
    );
    let backdoor = invited(&app, &bob, &id, &cleo, "ADMIN").await;
    invite(&app, &ann, &id, "dan@example.org", "ADMIN").await;
    app.run_work().await;

    app.ok(&ann, REMOVE, json!({ "shelter": id, "member": bob.id })).await;

    let stats = "{ stats { lost } }";
    assert_eq!(codes(&app.run(&his, stats, json!({})).await), ["UNAUTHENTICATED"]);
    app.ok(&hers, stats, json!({})).await;
    assert_eq!(
        user_errors(&app.run(&cleo, ACCEPT, backdoor).await),
        ["input.token EXPIRED"]
    );
    let seen = waiting(&app, &ann, &id).await;
    assert_eq!(seen.as_array().unwrap().len(), 1, "{seen}");
    assert_eq!(seen[0]["email"], "dan@example.org");
    app.run_work().await;
}

#[tokio::test]
async fn an_invitation_of_somebody_who_may_not_invite_any_more_is_over() {
    use entity::vocabulary::Role;
    use finding_sweetie::domain::accounts::grant_role;
    let app = TestApp::new().await;
    let (ann, bob, root) = (
        app.member("ann").await,
        app.member("bob").await,
        app.admin("root").await,
    );
    let id = register(&app, &ann).await;
    let token = invited(&app, &root, &id, &bob, "ADMIN").await;
    grant_role(&app.deps, &root.email(), Role::Member).await.unwrap();

    let late = app.run(&bob, ACCEPT, token).await;

    assert_eq!(user_errors(&late), ["input.token EXPIRED"]);
    assert_eq!(app.count("shelter_staff").await, 1);
}

#[tokio::test]
async fn a_stranger_gets_five_invitations_a_day_whoever_sends_them() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let mut sent = Vec::new();
    for founder in [&ann, &bob] {
        for _ in 0..3 {
            let id = register(&app, founder).await;
            sent.extend(codes(
                &invite(&app, founder, &id, "stranger@example.org", "ADMIN").await,
            ));
        }
    }
    app.run_work().await;

    assert_eq!(sent, ["RATE_LIMITED"]);
    assert_eq!(app.mailbox.to("stranger@example.org").len(), 5);
    let verified = shelter(&app, &ann).await;
    let serious = invite(&app, &ann, &verified, "stranger@example.org", "ADMIN").await;
    assert_eq!(
        codes(&serious),
        Vec::<String>::new(),
        "those of verified shelters are counted apart"
    );
    app.run_work().await;
}

#[tokio::test]
async fn a_member_sends_fifty_invitations_a_day_for_all_their_shelters() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let (one, other) = (register(&app, &ann).await, register(&app, &ann).await);
    for number in 0..50 {
        let shelter = if number % 2 == 0 { &one } else { &other };
        let sent = invite(&app, &ann, shelter, &format!("guest{number}@example.org"), "ADMIN").await;
        assert_eq!(codes(&sent), Vec::<String>::new());
    }
    let refused = invite(&app, &ann, &one, "guest50@example.org", "ADMIN").await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    app.leave_work();
}

#[tokio::test]
async fn an_invitation_names_the_shelter_once_it_is_verified() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    app.execute(
        "UPDATE shelters SET name = $1",
        ["Prizes at https://evil.example".into()],
    )
    .await;
    invited(&app, &ann, &id, &bob, "ADMIN").await;
    let mail = app.mailbox.to(&bob.email()).pop().unwrap();
    assert!(
        !mail.subject.contains("evil") && !mail.text.contains("evil"),
        "{mail:?}"
    );

    app.execute(
        "UPDATE shelters SET verified = $1, name = $2",
        [true.into(), "Happy Tails".into()],
    )
    .await;
    invited(&app, &ann, &id, &bob, "ADMIN").await;
    let mail = app.mailbox.to(&bob.email()).pop().unwrap();
    assert_eq!(mail.subject, "Happy Tails invites you to its staff");
}
