//! Animals that are handed over from one shelter to another.

use serde_json::{Value, json};

use super::{END, happened, seen, stay_of, taken_in, text};
use crate::{
    shelters::{employ, register, shelter},
    support::{Actor, TestApp, Visitor, codes, user_errors},
};

const OFFER: &str = "mutation($input: OfferTransferInput!) { offerTransfer(input: $input) {
    transfer { id state } userErrors { field code message } } }";
const ANSWER: &str = "mutation($input: AnswerTransferInput!) { answerTransfer(input: $input) {
    transfer { id state reason newAnimal { id name source externalId microchips
        currentStay { intakeKind report { id kind status formerReport { id } place { label } } } } }
    userErrors { field code message } } }";
const WITHDRAW: &str = "mutation($id: ID!) { withdrawTransfer(input: { id: $id }) {
    transfer { state } userErrors { field code message } } }";
const SEEN: &str = "query($id: ID!) { node(id: $id) { ... on Transfer { state note offeredBy report { id name }
    stay { id } newAnimal { id } fromShelter { id } toShelter { id } finder { id } } } }";
const LISTED: &str = "query($id: ID!, $direction: TransferDirection) { shelter(id: $id) {
    transfers(direction: $direction) { totalCount nodes { id } } } }";
const NEWS: &str = "{ viewer { notifications(first: 10) { nodes { kind title } } } }";

/// A verified shelter with an animal, another one, and an offer between them.
struct Offered {
    app: TestApp,
    ann: Actor,
    from: String,
    bob: Actor,
    to: String,
    report: String,
    stay: Value,
    offer: String,
}

async fn offered() -> Offered {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let (from, to) = (shelter(&app, &ann).await, shelter(&app, &bob).await);
    let report = taken_in(&app, &ann, &from, "Biscuit").await;
    let stay = stay_of(&app, &ann, &report).await["id"].clone();
    let input = json!({ "stayId": stay, "toShelterId": to, "note": "Gentle with cats.", "idempotencyKey": "once" });
    let first = app.ok(&ann, OFFER, json!({ "input": input })).await;
    let again = app.ok(&ann, OFFER, json!({ "input": input })).await;
    assert_eq!(first, again, "the same key is the same offer");
    let offer = text(&first["offerTransfer"]["transfer"]["id"]);
    app.run_work().await;
    Offered {
        app,
        ann,
        from,
        bob,
        to,
        report,
        stay,
        offer,
    }
}

impl Offered {
    async fn answer(&self, accept: bool) -> crate::support::Answer {
        let input = json!({ "id": self.offer, "accept": accept, "reason": "As far as we have room." });
        self.app.run(&self.bob, ANSWER, json!({ "input": input })).await
    }

    async fn state(&self) -> String {
        let seen = self.app.ok(&self.ann, SEEN, json!({ "id": self.offer })).await;
        text(&seen["node"]["state"])
    }

    async fn stays(&self) -> i64 {
        self.app.count("stays").await
    }
}

async fn news(app: &TestApp, who: &Actor) -> Vec<String> {
    let data = app.ok(who, NEWS, json!({})).await;
    let nodes = data["viewer"]["notifications"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| text(&node["title"])).collect()
}

#[tokio::test]
async fn an_accepted_offer_ends_the_stay_and_begins_one_whose_report_points_back() {
    let it = offered().await;
    assert_eq!(
        news(&it.app, &it.bob).await,
        ["Biscuit is offered to Sweetwater Animal Haven"]
    );

    let first = it.answer(true).await;
    let again = it.answer(true).await;

    assert_eq!(user_errors(&first), Vec::<String>::new());
    assert_eq!(first.data(), again.data(), "the same answer again changes nothing");
    let transfer = &first.data()["answerTransfer"]["transfer"];
    assert_eq!(transfer["state"], "ACCEPTED");
    let animal = &transfer["newAnimal"];
    assert_eq!(
        (
            &animal["name"],
            &animal["microchips"],
            &animal["source"],
            &animal["externalId"]
        ),
        (
            &json!("Biscuit"),
            &json!(["985112004567894"]),
            &Value::Null,
            &Value::Null
        )
    );
    let stay = &animal["currentStay"];
    assert_eq!(stay["intakeKind"], "TRANSFER_IN");
    assert_eq!(
        stay["report"],
        json!({ "id": stay["report"]["id"], "kind": "SHELTERED", "status": "OPEN",
            "formerReport": { "id": it.report }, "place": { "label": "Austin, TX" } })
    );
    let former = seen(&it.app, &it.ann, &it.report).await;
    assert_eq!(former["status"], "TRANSFERRED");
    assert_eq!(former["stay"]["outcome"], "TRANSFERRED");
    let last = happened(&former["stay"]).pop().unwrap();
    assert_eq!(last, ("ENDED".to_owned(), Value::Null, json!("transferred")));
    it.app.run_work().await;
    assert_eq!(news(&it.app, &it.ann).await, ["Sweetwater Animal Haven takes Biscuit"]);
    assert_eq!(it.stays().await, 2);
}

#[tokio::test]
async fn a_refused_or_withdrawn_offer_changes_nothing_else() {
    for accept_too_late in [false, true] {
        let it = offered().await;
        let before = it.app.count("stay_events").await;
        match accept_too_late {
            false => assert_eq!(user_errors(&it.answer(false).await), Vec::<String>::new()),
            true => {
                for _ in 0..2 {
                    let data = it.app.ok(&it.ann, WITHDRAW, json!({ "id": it.offer })).await;
                    assert_eq!(data["withdrawTransfer"]["transfer"]["state"], "WITHDRAWN");
                }
            }
        }
        assert_eq!(user_errors(&it.answer(true).await), ["input.id CONFLICT"]);
        it.app.run_work().await;

        assert_eq!(seen(&it.app, &it.ann, &it.report).await["status"], "OPEN");
        assert_eq!((it.stays().await, it.app.count("stay_events").await), (1, before));
        let again = json!({ "input": { "stayId": it.stay, "toShelterId": it.to } });
        let again = it.app.ok(&it.ann, OFFER, again).await;
        assert_eq!(
            again["offerTransfer"]["transfer"]["state"], "OFFERED",
            "it may be offered anew"
        );
        it.app.run_work().await;
    }
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts() {
    let it = offered().await;

    let (yes, no) = tokio::join!(it.answer(true), it.answer(false));

    let refused = [user_errors(&yes), user_errors(&no)].concat();
    assert_eq!(refused, ["input.id CONFLICT"]);
    let (state, stays) = match user_errors(&yes).is_empty() {
        true => ("ACCEPTED", 2),
        false => ("REFUSED", 1),
    };
    assert_eq!((it.state().await.as_str(), it.stays().await), (state, stays));
    it.app.run_work().await;
}

#[tokio::test]
async fn of_two_acceptances_at_once_one_hands_the_animal_over() {
    let it = offered().await;

    let (one, other) = tokio::join!(it.answer(true), it.answer(true));

    assert_eq!(one.data(), other.data());
    assert_eq!((it.stays().await, it.app.count("shelter_animals").await), (2, 2));
    it.app.run_work().await;
}

#[tokio::test]
async fn an_offer_whose_animal_has_left_is_withdrawn() {
    for tells_at_once in [false, true] {
        let it = offered().await;
        let end = json!({ "input": { "ids": [it.stay], "outcome": "ADOPTED" } });
        it.app.ok(&it.ann, END, end).await;
        if tells_at_once {
            it.app.run_work().await;
        }
        assert_eq!(user_errors(&it.answer(true).await), ["input.id CONFLICT"]);

        assert_eq!(it.state().await, "WITHDRAWN");
        assert_eq!(it.stays().await, 1);
        assert_eq!(seen(&it.app, &it.ann, &it.report).await["status"], "ADOPTED");
        it.app.run_work().await;
    }
}

#[tokio::test]
async fn each_side_sees_what_is_its_own_and_other_shelters_see_nothing() {
    let it = offered().await;
    let cleo = it.app.member("cleo").await;
    let other = shelter(&it.app, &cleo).await;
    let id = json!({ "id": it.offer });

    let inside = it.app.ok(&it.ann, SEEN, id.clone()).await["node"].clone();
    assert_eq!(
        (&inside["stay"]["id"], &inside["offeredBy"]),
        (&it.stay, &json!(it.ann.id))
    );
    let outside = it.app.ok(&it.bob, SEEN, id.clone()).await["node"].clone();
    assert_eq!(
        outside,
        json!({ "state": "OFFERED", "note": "Gentle with cats.", "offeredBy": null, "stay": null, "newAnimal": null,
            "finder": null, "report": { "id": it.report, "name": "Biscuit" },
            "fromShelter": { "id": it.from }, "toShelter": { "id": it.to } })
    );
    for (who, shelter, direction, count) in [
        (&it.ann, &it.from, "OUTGOING", Some(1)),
        (&it.ann, &it.from, "INCOMING", Some(0)),
        (&it.bob, &it.to, "INCOMING", Some(1)),
        (&it.bob, &it.from, "OUTGOING", None),
        (&cleo, &it.to, "INCOMING", None),
        (&cleo, &other, "INCOMING", Some(0)),
    ] {
        let variables = json!({ "id": shelter, "direction": direction });
        let listed = it.app.ok(who, LISTED, variables).await["shelter"]["transfers"]["totalCount"].clone();
        assert_eq!(listed, json!(count), "{direction}");
    }
    assert!(it.app.ok(&cleo, SEEN, id.clone()).await["node"].is_null());
    assert!(it.app.ok(&Visitor, SEEN, id.clone()).await["node"].is_null());
    let answer = json!({ "input": { "id": it.offer, "accept": true } });
    assert_eq!(
        user_errors(&it.app.run(&cleo, ANSWER, answer.clone()).await),
        ["input.id NOT_FOUND"]
    );
    assert_eq!(codes(&it.app.run(&it.ann, ANSWER, answer).await), ["FORBIDDEN"]);
    assert_eq!(codes(&it.app.run(&it.bob, WITHDRAW, id).await), ["FORBIDDEN"]);
    it.app.run_work().await;
}

#[tokio::test]
async fn an_animal_is_offered_to_one_verified_shelter_at_a_time() {
    let it = offered().await;
    let cleo = it.app.member("cleo").await;
    let unverified = register(&it.app, &cleo).await;
    let offer = async |to: &str| {
        let input = json!({ "input": { "stayId": it.stay, "toShelterId": to } });
        user_errors(&it.app.run(&it.ann, OFFER, input).await)
    };

    assert_eq!(offer(&it.to).await, ["input.stayId CONFLICT"]);
    it.app.ok(&it.ann, WITHDRAW, json!({ "id": it.offer })).await;
    assert_eq!(offer(&unverified).await, ["input.toShelterId UNVERIFIED"]);
    assert_eq!(offer(&it.from).await, ["input.toShelterId NOT_ALLOWED"]);
    let end = json!({ "input": { "ids": [it.stay], "outcome": "ADOPTED" } });
    it.app.ok(&it.ann, END, end).await;
    assert_eq!(offer(&it.to).await, ["input.stayId CONFLICT"]);
    it.app.run_work().await;
}

#[tokio::test]
async fn who_has_left_the_staff_gets_no_offer_by_a_repeat() {
    let it = offered().await;
    let dan = it.app.verified("dan").await;
    employ(&it.app, &it.ann, &it.from, &dan, "STAFF").await;
    it.app.ok(&it.ann, WITHDRAW, json!({ "id": it.offer })).await;
    let offer = json!({ "input": { "stayId": it.stay, "toShelterId": it.to, "idempotencyKey": "his" } });
    let first = it.app.ok(&dan, OFFER, offer.clone()).await;
    assert_eq!(first["offerTransfer"]["transfer"]["state"], "OFFERED");
    let remove =
        "mutation($input: RemoveStaffInput!) { removeStaff(input: $input) { userErrors { field code message } } }";
    let left = json!({ "input": { "shelterId": it.from, "memberId": dan.id } });
    it.app.ok(&it.ann, remove, left).await;

    let repeated = it.app.run(&dan, OFFER, offer).await;

    assert_eq!(user_errors(&repeated), ["input.idempotencyKey NOT_FOUND"]);
    it.app.run_work().await;
}
