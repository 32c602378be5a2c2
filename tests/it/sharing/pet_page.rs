//! The public page of a pet.

use serde_json::json;

use super::lost;
use crate::support::TestApp;

async fn page(app: &TestApp, pet: &str) -> (u16, String, String) {
    let response = app.get(&format!("/p/{pet}")).await;
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    (response.status().as_u16(), policy, response.text().await.unwrap())
}

#[tokio::test]
async fn the_page_says_what_is_public_and_nothing_else() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let pet = lost(&app, &ann, "Sweetie").await;
    let (status, policy, html) = page(&app, &pet).await;
    assert_eq!(status, 200);
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    for part in [
        "<h1>LOST: Sweetie</h1>",
        "property=\"og:title\" content=\"LOST: Sweetie\"",
        "twitter:card",
        "Beagle",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    for secret in ["30.267", "-97.74", "ann@example.org"] {
        assert!(!html.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn what_people_write_stays_text() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let pet = lost(&app, &ann, "<script>x</script>\"'&").await;
    let (_, _, html) = page(&app, &pet).await;
    assert!(
        !html.contains("<script") && html.contains("&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;"),
        "{html}"
    );
}

#[tokio::test]
async fn a_pet_that_is_home_is_shown_as_home() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let pet = lost(&app, &ann, "Sweetie").await;
    app.execute("UPDATE pets SET status = $1", ["reunited".into()]).await;
    let (_, _, html) = page(&app, &pet).await;
    assert!(
        html.contains("Sweetie is home.") && html.contains("og:title\" content=\"REUNITED: Sweetie\""),
        "{html}"
    );
}

#[tokio::test]
async fn a_pet_that_is_not_there_has_a_page_that_says_so() {
    let app = TestApp::new().await;
    for id in ["pet_00000000000000000000000000", "x", "%00", &json!("<b>").to_string()] {
        let (status, _, html) = page(&app, id).await;
        assert!(
            status == 404 && html.contains("There is no such page"),
            "{status} {html}"
        );
    }
}
