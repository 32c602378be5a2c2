//! An animal that somebody may be looking for is not adopted.

use serde_json::{Value, json};

use crate::{
    custody::{CHANGE, CLOSE, END, haven, stay_of, taken_in, text},
    matching::{dog, report, with},
    shelters::import,
    support::{Actor, TestApp, user_errors},
};

const BLOCKED: &str = "query($id: ID!) { pet(id: $id) { stay { adoptionBlockedBy {
    reason message until match { id band } claim { id state } } } } }";
const DISMISS: &str =
    "mutation($id: ID!) { dismissMatch(input: { id: $id }) { match { state } userErrors { field code message } } }";
const CONFIRM: &str =
    "mutation($id: ID!) { confirmMatch(input: { id: $id }) { match { state } userErrors { field code message } } }";
const CLAIM: &str =
    "mutation($id: ID!) { openClaim(input: { matchId: $id }) { claim { id } userErrors { field code message } } }";
const WITHDRAW: &str =
    "mutation($id: ID!) { withdrawClaim(input: { id: $id }) { claim { id } userErrors { field code message } } }";

/// The shelter has Biscuit, and bob has lost a dog with the same chip.
async fn sought() -> (TestApp, Actor, Actor, String, String) {
    let (app, ann, shelter) = haven().await;
    let bob = app.member("bob").await;
    let pet = taken_in(&app, &ann, &shelter, "Biscuit").await;
    let lost = json!({ "microchip": "985112004567894", "privateMarks": ["a torn ear"] });
    let lost = with(dog("LOST", 30.2690, "2026-05-18T10:00:00Z"), lost);
    report(&app, &bob, lost).await;
    app.run_work().await;
    (app, ann, bob, shelter, pet)
}

async fn blocks(app: &TestApp, ann: &Actor, pet: &str) -> Vec<Value> {
    let mut data = app.ok(ann, BLOCKED, json!({ "id": pet })).await;
    let blocks = data["pet"]["stay"]["adoptionBlockedBy"].take();
    blocks.as_array().expect("a list").clone()
}

async fn reasons(app: &TestApp, ann: &Actor, pet: &str) -> Vec<String> {
    let blocks = blocks(app, ann, pet).await;
    blocks.iter().map(|block| text(&block["reason"])).collect()
}

/// The only match, as one that would not keep an animal by itself.
async fn merely_possible(app: &TestApp, ann: &Actor, pet: &str) -> String {
    let found = text(&blocks(app, ann, pet).await[0]["match"]["id"]);
    app.execute("UPDATE matches SET band = 'possible'", []).await;
    found
}

#[tokio::test]
async fn an_animal_that_somebody_may_be_looking_for_is_not_adopted() {
    let (app, ann, _, shelter, pet) = sought().await;
    let far = with(
        dog("SHELTERED", 45.0, "2026-05-20T10:00:00Z"),
        json!({ "shelterId": shelter }),
    );
    let other = report(&app, &ann, far).await;
    let (stay, other) = (stay_of(&app, &ann, &pet).await, stay_of(&app, &ann, &other).await);
    let block = blocks(&app, &ann, &pet).await;
    assert_eq!(block.len(), 1, "{block:?}");
    assert_eq!(
        (&block[0]["reason"], &block[0]["until"]),
        (&json!("MATCH"), &Value::Null)
    );
    assert_eq!(block[0]["match"]["band"], "CHIP");
    let found = text(&block[0]["match"]["id"]);

    let adopt = json!({ "input": { "ids": [other["id"], stay["id"]], "outcome": "ADOPTED" } });
    let refused = app.run(&ann, END, adopt.clone()).await;
    assert_eq!(user_errors(&refused), ["input.ids.1 NOT_ALLOWED"]);
    let message = text(&refused.data()["endStays"]["userErrors"][0]["message"]);
    assert!(message.contains("Biscuit") && message.contains(&found), "{message}");
    assert_eq!(block[0]["message"], json!(message));
    let close = json!({ "input": { "id": pet, "outcome": "ADOPTED" } });
    assert_eq!(
        user_errors(&app.run(&ann, CLOSE, close).await),
        ["input.outcome NOT_ALLOWED"]
    );
    let offer = json!({ "input": { "ids": [stay["id"]], "stage": "ADOPTABLE" } });
    assert_eq!(
        user_errors(&app.run(&ann, CHANGE, offer.clone()).await),
        ["input.ids.0 NOT_ALLOWED"]
    );
    let ended: i64 = app.value("SELECT COUNT(*) FROM stays WHERE outcome IS NOT NULL").await;
    assert_eq!(ended, 0, "all or none");

    app.ok(&ann, DISMISS, json!({ "id": found })).await;
    assert_eq!(reasons(&app, &ann, &pet).await, Vec::<String>::new());
    assert_eq!(user_errors(&app.run(&ann, CHANGE, offer).await), Vec::<String>::new());
    assert_eq!(user_errors(&app.run(&ann, END, adopt).await), Vec::<String>::new());
    app.run_work().await;
}

#[tokio::test]
async fn it_is_given_back_to_its_owner_and_no_longer_kept_once_nobody_looks_for_it() {
    let (app, ann, bob, _, pet) = sought().await;
    let stay = stay_of(&app, &ann, &pet).await["id"].clone();
    let found = text(&blocks(&app, &ann, &pet).await[0]["match"]["id"]);
    let lost = "query($id: ID!) { node(id: $id) { ... on Match { lost { id } } } }";
    let lost = app.ok(&bob, lost, json!({ "id": found })).await["node"]["lost"]["id"].take();
    for hide in ["hidden", "visible"] {
        app.execute(
            &format!("UPDATE pets SET visibility = '{hide}' WHERE kind = 'lost'"),
            [],
        )
        .await;
        let kept = reasons(&app, &ann, &pet).await.len();
        assert_eq!(
            kept,
            usize::from(hide == "visible"),
            "nobody can clear up what is hidden"
        );
    }
    app.ok(&bob, CLOSE, json!({ "input": { "id": lost, "outcome": "CLOSED" } }))
        .await;
    assert_eq!(reasons(&app, &ann, &pet).await, Vec::<String>::new());
    let home = json!({ "input": { "ids": [stay], "outcome": "RETURNED_TO_OWNER" } });
    assert_eq!(user_errors(&app.run(&ann, END, home).await), Vec::<String>::new());
    app.run_work().await;
}

#[tokio::test]
async fn a_claim_keeps_an_animal_until_it_ends_and_so_does_one_that_was_accepted() {
    let (app, ann, bob, _, pet) = sought().await;
    let stay = stay_of(&app, &ann, &pet).await["id"].clone();
    let found = merely_possible(&app, &ann, &pet).await;
    assert_eq!(reasons(&app, &ann, &pet).await, Vec::<String>::new());
    let claim = app.ok(&bob, CLAIM, json!({ "id": found })).await["openClaim"]["claim"]["id"].take();
    let adopt = json!({ "input": { "ids": [stay], "outcome": "ADOPTED" } });

    let block = blocks(&app, &ann, &pet).await;
    assert_eq!(block.len(), 1, "{block:?}");
    assert_eq!(
        (&block[0]["reason"], &block[0]["claim"]["id"]),
        (&json!("CLAIM"), &claim)
    );
    let refused = app.run(&ann, END, adopt.clone()).await;
    assert_eq!(user_errors(&refused), ["input.ids.0 NOT_ALLOWED"]);
    let message = text(&refused.data()["endStays"]["userErrors"][0]["message"]);
    assert!(message.contains(&text(&claim)), "{message}");

    app.execute("UPDATE claims SET state = 'accepted'", []).await;
    assert_eq!(reasons(&app, &ann, &pet).await, ["CLAIM"]);
    app.execute("UPDATE claims SET state = 'open', expires_at = 1", [])
        .await;
    assert_eq!(reasons(&app, &ann, &pet).await, Vec::<String>::new(), "it has expired");
    app.execute("UPDATE claims SET expires_at = 4000000000000", []).await;
    app.ok(&bob, WITHDRAW, json!({ "id": claim })).await;
    assert_eq!(reasons(&app, &ann, &pet).await, Vec::<String>::new());
    assert_eq!(user_errors(&app.run(&ann, END, adopt).await), Vec::<String>::new());
    app.run_work().await;
}

#[tokio::test]
async fn of_an_adoption_and_a_claim_at_the_same_moment_one_wins() {
    let (app, ann, bob, _, pet) = sought().await;
    let stay = stay_of(&app, &ann, &pet).await["id"].clone();
    let found = merely_possible(&app, &ann, &pet).await;
    // Confirmed before, so that the claim has nothing left to confirm.
    app.ok(&bob, CONFIRM, json!({ "id": found })).await;

    let adopt = json!({ "input": { "ids": [stay], "outcome": "ADOPTED" } });
    let (adoption, claim) = tokio::join!(app.run(&ann, END, adopt), app.run(&bob, CLAIM, json!({ "id": found })));

    let refused = [user_errors(&adoption), user_errors(&claim)].concat();
    assert_eq!(refused.len(), 1, "{refused:?}");
    app.run_work().await;
}

#[tokio::test]
async fn what_a_file_tells_of_an_adoption_is_never_refused() {
    let (app, ann, shelter) = haven().await;
    let bob = app.member("bob").await;
    let csv = |row: &str| {
        format!("Animal ID,Species,Name,Microchip,Intake Date,Intake Type,Outcome Type,Outcome Date\n{row}\n")
    };
    let file = csv("A1,Dog,Biscuit,985112004567894,2026-05-20,Stray,,");
    import(&app, &ann, &shelter, &file, json!({})).await;
    let lost = with(
        dog("LOST", 30.2690, "2026-05-18T10:00:00Z"),
        json!({ "microchip": "985112004567894" }),
    );
    report(&app, &bob, lost).await;
    app.run_work().await;
    let strong: i64 = app.value("SELECT COUNT(*) FROM matches WHERE band = 'chip'").await;
    assert_eq!(strong, 1);

    let file = csv("A1,Dog,Biscuit,985112004567894,2026-05-20,Stray,Adoption,2026-05-31");
    import(&app, &ann, &shelter, &file, json!({})).await;

    let adopted: i64 = app.value("SELECT COUNT(*) FROM stays WHERE outcome = 'adopted'").await;
    assert_eq!(adopted, 1);
}
