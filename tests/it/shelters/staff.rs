//! Joining and leaving a shelter's staff.

use serde_json::json;

use super::{ACCEPT, REMOVE, employ, invite, invited, register, token_for};
use crate::support::{Actor, TestApp, codes, user_errors};

const STAFF_OF: &str = "{ viewer { staffOf { role shelter { id } member { displayName } } } }";

#[tokio::test]
async fn an_invited_member_joins_with_the_token_from_the_mail() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "STAFF").await;

    let data = app.ok(&bob, STAFF_OF, json!({})).await;
    let place = json!([{ "role": "STAFF", "shelter": { "id": id }, "member": { "displayName": "bob" } }]);
    assert_eq!(data["viewer"]["staffOf"], place);
    let again = app.ok(&bob, ACCEPT, json!({ "token": token_for(&app, &bob) })).await;
    assert_eq!(again["acceptInvitation"]["staff"]["role"], "STAFF", "twice is harmless");
    assert_eq!(app.count("shelter_staff").await, 2);
}

#[tokio::test]
async fn the_token_is_in_the_mail_and_nowhere_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    invited(&app, &ann, &id, &bob, "STAFF").await;

    let stored: String = app.value("SELECT token_hash FROM staff_invitations").await;
    assert!(!stored.contains(&token_for(&app, &bob)) && stored.len() == 64);
}

#[tokio::test]
async fn nobody_else_can_use_an_invitation_and_an_old_one_is_over() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = register(&app, &ann).await;
    let token = invited(&app, &ann, &id, &bob, "ADMIN").await;

    assert_eq!(
        user_errors(&app.run(&cleo, ACCEPT, token.clone()).await),
        ["input.token NOT_ALLOWED"]
    );
    let forged = app.run(&bob, ACCEPT, json!({ "token": "inv_0" })).await;
    assert_eq!(user_errors(&forged), ["input.token EXPIRED"]);
    app.clock.advance(std::time::Duration::from_secs(8 * 24 * 3600));
    let bob = app.log_in_again(&bob).await;
    assert_eq!(
        user_errors(&app.run(&bob, ACCEPT, token).await),
        ["input.token EXPIRED"]
    );
    assert_eq!(app.count("shelter_staff").await, 1);
}

#[tokio::test]
async fn a_later_invitation_takes_the_place_of_an_open_one() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    let mut tokens = Vec::new();
    for role in ["ADMIN", "VOLUNTEER"] {
        tokens.push(invited(&app, &ann, &id, &bob, role).await);
    }
    let first = app.run(&bob, ACCEPT, tokens[0].clone()).await;
    assert_eq!(user_errors(&first), ["input.token EXPIRED"]);
    let data = app.ok(&bob, ACCEPT, tokens[1].clone()).await;
    assert_eq!(data["acceptInvitation"]["staff"]["role"], "VOLUNTEER");
}

#[tokio::test]
async fn who_works_there_already_is_not_invited_again() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "STAFF").await;
    let mails = app.mailbox.count();
    let again = async |role: &str| invite(&app, &ann, &id, &bob.email(), role).await;
    assert_eq!(again("STAFF").await.data()["inviteStaff"]["staff"]["role"], "STAFF");
    assert_eq!(user_errors(&again("ADMIN").await), ["input.email TAKEN"]);
    app.run_work().await;
    assert_eq!(app.mailbox.count(), mails);
}

#[tokio::test]
async fn staff_leave_or_are_removed_but_the_last_admin_stays() {
    let app = TestApp::new().await;
    let (ann, bob, cleo) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("cleo").await,
    );
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "STAFF").await;
    employ(&app, &ann, &id, &cleo, "VOLUNTEER").await;
    let remove = |member: &str| json!({ "shelter": id, "member": member });

    assert_eq!(codes(&app.run(&bob, REMOVE, remove(&cleo.id)).await), ["FORBIDDEN"]);
    assert_eq!(
        user_errors(&app.run(&ann, REMOVE, remove(&ann.id)).await),
        ["input.memberId NOT_ALLOWED"]
    );
    app.ok(&bob, REMOVE, remove(&bob.id)).await;
    let data = app.ok(&ann, REMOVE, remove(&cleo.id)).await;
    assert_eq!(data["removeStaff"]["shelter"]["staff"], json!([{ "role": "ADMIN" }]));
    for (who, whom) in [(&ann, &cleo), (&bob, &bob)] {
        let again = app.run(who, REMOVE, remove(&whom.id)).await;
        assert_eq!(user_errors(&again), Vec::<String>::new(), "twice is harmless");
    }
    let never = app.run(&cleo, REMOVE, remove(&cleo.id)).await;
    assert_eq!(user_errors(&never), ["input.memberId NOT_FOUND"], "she has not left");
}

const CHANGE_ROLE: &str = "mutation($input: ChangeStaffRoleInput!) { changeStaffRole(input: $input) {
    staff { role member { displayName } } userErrors { field code message } } }";

#[tokio::test]
async fn roles_are_changed_by_admins_and_the_last_admin_keeps_theirs() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "VOLUNTEER").await;
    let change = |whom: &Actor, role: &str| json!({ "input": { "shelterId": id, "memberId": whom.id, "role": role } });

    assert_eq!(
        codes(&app.run(&bob, CHANGE_ROLE, change(&bob, "ADMIN")).await),
        ["FORBIDDEN"]
    );
    let last = app.run(&ann, CHANGE_ROLE, change(&ann, "STAFF")).await;
    assert_eq!(user_errors(&last), ["input.memberId NOT_ALLOWED"]);
    for _ in 0..2 {
        let data = app.ok(&ann, CHANGE_ROLE, change(&bob, "ADMIN")).await;
        assert_eq!(
            data["changeStaffRole"]["staff"],
            json!({ "role": "ADMIN", "member": { "displayName": "bob" } })
        );
    }
    let audited: i64 = app
        .value("SELECT COUNT(*) FROM audit_entries WHERE action = 'staff_role_changed'")
        .await;
    assert_eq!(audited, 1);
    app.run_work().await;
}

#[tokio::test]
async fn of_two_admins_who_demote_each_other_at_once_one_stays() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "ADMIN").await;
    let change = |whom: &Actor| json!({ "input": { "shelterId": id, "memberId": whom.id, "role": "VOLUNTEER" } });
    let (one, two) = tokio::join!(
        app.run(&ann, CHANGE_ROLE, change(&bob)),
        app.run(&bob, CHANGE_ROLE, change(&ann)),
    );
    let refused = [codes(&one), user_errors(&one), codes(&two), user_errors(&two)].concat();
    assert!(
        refused == ["FORBIDDEN"] || refused == ["input.memberId NOT_ALLOWED"],
        "{refused:?}"
    );
    let admins: i64 = app
        .value("SELECT COUNT(*) FROM shelter_staff WHERE role = 'admin'")
        .await;
    assert_eq!(admins, 1);
    app.run_work().await;
}

#[tokio::test]
async fn the_keys_and_invitations_of_an_admin_end_when_they_become_less() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let id = register(&app, &ann).await;
    employ(&app, &ann, &id, &bob, "ADMIN").await;
    let secret = super::key(&app, &bob, &id, &["pets:read"]).await;
    invite(&app, &bob, &id, "cleo@example.org", "STAFF").await;

    let input = json!({ "input": { "shelterId": id, "memberId": bob.id, "role": "STAFF" } });
    app.ok(&ann, CHANGE_ROLE, input).await;

    let refused = app
        .run(&crate::support::Bearer(secret), "{ __typename }", json!({}))
        .await;
    assert_eq!(codes(&refused), ["UNAUTHENTICATED"]);
    let pending: i64 = app
        .value("SELECT COUNT(*) FROM staff_invitations WHERE accepted_at IS NULL")
        .await;
    assert_eq!(pending, 0);
    app.run_work().await;
}
