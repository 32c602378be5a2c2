//! When shelters are asked about their adoptions.

use finding_sweetie::domain::notifications::ask_about_adoptions;
use serde_json::{Value, json};

use super::{DAY, UNTIL_25_AUGUST, adopted, record};
use crate::{
    custody::haven,
    shelters::employ,
    support::{Actor, TestApp, user_errors},
};

/// The titles and bodies of what somebody was asked, the first question first, and what it is about.
async fn asked(app: &TestApp, who: &Actor) -> Vec<(String, String, Value)> {
    let who = app.log_in_again(who).await;
    let query = "{ viewer { notifications(first: 100) { nodes { number kind title body subject { __typename } } } } }";
    let data = app.ok(&who, query, json!({})).await;
    let all = data["viewer"]["notifications"]["nodes"].as_array().unwrap().clone();
    let mut asked: Vec<Value> = all.into_iter().filter(|one| one["kind"] == "ADOPTION").collect();
    asked.sort_by_key(|one| one["number"].as_i64());
    let told = |one: Value| {
        let said = |name: &str| one[name].as_str().unwrap().to_owned();
        (said("title"), said("body"), one["subject"]["__typename"].clone())
    };
    asked.into_iter().map(told).collect()
}

#[tokio::test]
async fn a_shelter_is_asked_once_with_the_number_of_adoptions_and_so_are_its_admin_and_staff() {
    let (app, ann, shelter) = haven().await;
    let (bob, cleo) = (app.verified("bob").await, app.verified("cleo").await);
    employ(&app, &ann, &shelter, &bob, "STAFF").await;
    employ(&app, &ann, &shelter, &cleo, "VOLUNTEER").await;
    for at in ["2026-05-25T10:00:00Z", "2026-05-25T11:00:00Z", "2026-05-26T11:00:00Z"] {
        adopted(&app, &ann, &shelter, at).await;
    }
    app.clock.advance(UNTIL_25_AUGUST - DAY);
    ask_about_adoptions(&app.deps).await.unwrap();
    assert_eq!(asked(&app, &ann).await, []);

    app.clock.advance(DAY);
    // Whichever node looks first on the day asks; the others find that it is done.
    app.clock.advance(DAY / 6);
    let node = || ask_about_adoptions(&app.deps);
    let (one, two, three) = tokio::join!(node(), node(), node());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());

    let expected = (
        "Are the animals still in their new homes?".to_owned(),
        "2 animals were adopted from Sweetwater Animal Haven 3 or 12 months ago. Ask, and record the answers."
            .to_owned(),
        json!("Shelter"),
    );
    assert_eq!(asked(&app, &ann).await, std::slice::from_ref(&expected));
    assert_eq!(asked(&app, &bob).await, [expected]);
    assert_eq!(asked(&app, &cleo).await, []);
    app.leave_work();
}

#[tokio::test]
async fn it_is_asked_again_when_more_is_due_or_after_a_week_and_not_about_what_it_answered() {
    let (app, ann, shelter) = haven().await;
    let first = adopted(&app, &ann, &shelter, "2026-05-25T10:00:00Z").await;
    adopted(&app, &ann, &shelter, "2026-05-26T10:00:00Z").await;
    let numbers = async || -> Vec<String> {
        let asked = asked(&app, &ann).await.into_iter();
        asked
            .map(|(_, body, _)| body.split(' ').next().unwrap_or_default().to_owned())
            .collect()
    };
    app.clock.advance(UNTIL_25_AUGUST);
    ask_about_adoptions(&app.deps).await.unwrap();
    assert_eq!(numbers().await, ["1"]);

    app.clock.advance(DAY);
    ask_about_adoptions(&app.deps).await.unwrap();
    assert_eq!(numbers().await, ["1", "2"], "one more is due");
    for _ in 0..6 {
        app.clock.advance(DAY);
        ask_about_adoptions(&app.deps).await.unwrap();
    }
    assert_eq!(numbers().await, ["1", "2"], "nothing new is due");
    let staff = app.log_in_again(&ann).await;
    let done = record(&app, &staff, &first, ("THREE_MONTHS", "KEPT")).await;
    assert_eq!(user_errors(&done), Vec::<String>::new());
    app.clock.advance(DAY);
    ask_about_adoptions(&app.deps).await.unwrap();
    assert_eq!(
        numbers().await,
        ["1", "2", "1"],
        "a week is over, and one has no answer"
    );
    app.clock.advance(90 * DAY);
    ask_about_adoptions(&app.deps).await.unwrap();
    assert_eq!(numbers().await, ["1", "2", "1"], "after 90 days it stays unknown");
    app.leave_work();
}
