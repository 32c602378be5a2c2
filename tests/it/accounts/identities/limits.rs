//! How many identities a member has, and how long what comes from outside may be.

use serde_json::json;

use super::{IDENTITIES, UNLINK, back, both, finish, link, member, sign_in, start, with};
use crate::support::user_errors;

/// Most identities of one member.
const MOST: usize = 20;

#[tokio::test]
async fn a_member_has_at_most_20_identities_and_sees_all() {
    let (provider, app) = both().await;
    let ann = app.verified("ann").await;
    for number in 1..=MOST {
        provider.says(json!({ "sub": format!("account {number}") }));
        assert_eq!(user_errors(&link(&provider, &app, &ann).await), [""; 0], "{number}");
    }
    provider.says(json!({ "sub": "one more" }));

    assert_eq!(user_errors(&link(&provider, &app, &ann).await), ["input.code TOO_MANY"]);
    // Both sides have verified the address, so this leads to the same member.
    assert_eq!(user_errors(&sign_in(&provider, &app).await), ["input.code TOO_MANY"]);
    let seen = app.ok(&ann, IDENTITIES, json!({})).await["viewer"]["identities"].clone();
    assert_eq!(seen.as_array().unwrap().len(), MOST);

    let unlinked = with(&app, &ann, UNLINK, json!({ "id": seen[0]["id"] })).await;
    assert_eq!(user_errors(&unlinked), [""; 0]);
    // Of two at once, one fits.
    let mut inputs = Vec::new();
    for name in ["one", "another"] {
        provider.says(json!({ "sub": name }));
        inputs.push(back(&provider, &start(&app).await));
    }
    let (one, another) = tokio::join!(finish(&app, inputs[0].clone()), finish(&app, inputs[1].clone()));
    let mut ends = [user_errors(&one), user_errors(&another)];
    ends.sort();
    assert_eq!(ends, [vec![], vec!["input.code TOO_MANY".to_owned()]]);
    assert_eq!(app.count("identities").await, 20);
    app.leave_work();
}

#[tokio::test]
async fn the_name_of_an_account_is_1_to_255_printable_ascii_characters() {
    let (provider, app) = both().await;
    for subject in ["", "ann\n", "ann\u{0}", "änn", "a".repeat(256).as_str()] {
        provider.says(json!({ "sub": subject }));
        let answer = sign_in(&provider, &app).await;
        assert_eq!(user_errors(&answer), ["input.code INVALID"], "{subject:?}");
    }
    assert_eq!((app.count("members").await, app.count("identities").await), (0, 0));

    provider.says(json!({ "sub": "~".repeat(255) }));
    let first = sign_in(&provider, &app).await;
    assert_eq!(member(&sign_in(&provider, &app).await), member(&first));
    app.run_work().await;
}

#[tokio::test]
async fn a_state_or_a_code_of_more_than_4096_characters_is_not_looked_at() {
    let (provider, app) = both().await;
    let input = back(&provider, &start(&app).await);
    for field in ["state", "code"] {
        let mut wrong = input.clone();
        wrong[field] = json!("é".repeat(4_097));
        assert_eq!(
            user_errors(&finish(&app, wrong).await),
            [format!("input.{field} TOO_LONG")]
        );
    }
    let mut unknown = input.clone();
    unknown["state"] = json!("é".repeat(4_096));
    assert_eq!(user_errors(&finish(&app, unknown).await), ["input.state EXPIRED"]);
    assert_eq!(provider.asked("token"), 0);

    // The attempt is as good as before.
    assert_eq!(user_errors(&finish(&app, input).await), [""; 0]);
    app.run_work().await;
}
