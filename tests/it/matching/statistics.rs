//! What became of matches: numbers for admins, and known pairs to fit the score to.

use finding_sweetie::domain::matching::known_pairs;
use serde_json::json;

use super::{dog, matches, report};
use crate::support::{TestApp, codes};

#[tokio::test]
async fn admins_see_how_often_each_band_was_right_and_what_dismissed_pairs_differ_in() {
    let app = TestApp::new().await;
    let (ann, bob, eve) = (app.member("ann").await, app.member("bob").await, app.admin("eve").await);
    report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    let id = matches(&app, &ann).await[0]["id"].clone();
    let dismiss = "mutation($id: ID!) { dismissMatch(input: { id: $id, difference: MARKS }) { userErrors { code } } }";
    app.ok(&ann, dismiss, json!({ "id": id })).await;
    app.run_work().await;

    let query = "{ matchStatistics { state difference count } }";
    let seen = app.ok(&eve, query, json!({})).await;
    assert_eq!(
        seen["matchStatistics"],
        json!([{ "state": "DISMISSED", "difference": "MARKS", "count": 1 }])
    );
    assert_eq!(codes(&app.run(&ann, query, json!({})).await), ["FORBIDDEN"]);
}

#[tokio::test]
async fn decided_pairs_can_be_measured_confirmed_ones_by_both_as_one_animal_dismissed_ones_as_two() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    // The same street on one day, in two towns, and a third that nobody decides about.
    for latitude in [30.2672, 31.2672, 32.2672] {
        report(&app, &ann, dog("LOST", latitude, "2026-05-30T10:00:00Z")).await;
        report(&app, &bob, dog("FOUND", latitude + 0.001, "2026-05-30T18:00:00Z")).await;
    }
    app.run_work().await;
    let decide = async |who, mutation: &str, id: &serde_json::Value| {
        let mutation = format!("mutation($id: ID!) {{ {mutation}(input: {{ id: $id }}) {{ userErrors {{ code }} }} }}");
        app.ok(who, &mutation, json!({ "id": id })).await;
    };
    let list = matches(&app, &ann).await;
    let [one, two, half] = [&list[0]["id"], &list[1]["id"], &list[2]["id"]];
    decide(&ann, "confirmMatch", one).await;
    decide(&bob, "confirmMatch", one).await;
    decide(&ann, "dismissMatch", two).await;
    decide(&ann, "confirmMatch", half).await;
    app.run_work().await;

    let known = known_pairs(&app.deps).await.unwrap();

    let animals: Vec<_> = known.iter().filter_map(|report| report.animal.clone()).collect();
    assert_eq!(
        (known.len(), animals.len()),
        (4, 2),
        "one that only one side confirmed is not known"
    );
    assert_eq!(animals[0], animals[1]);
    let read = match_evaluation::read(&match_evaluation::write(&known)).unwrap();
    assert_eq!(read.len(), 4);
    assert!(match_evaluation::evaluation(&read).contains("| all | 2 | 1 | 100.0 % |"));
    app.leave_work();
}
