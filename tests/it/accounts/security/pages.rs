//! The pages that mails and other services lead to.

use crate::support::TestApp;

#[tokio::test]
async fn every_page_of_an_account_is_there_and_runs_only_its_own_script() {
    let app = TestApp::quiet().await;
    for path in [
        "verify-email",
        "confirm-email",
        "forgot-password",
        "reset-password",
        "accept-invitation",
        "sign-in",
        "sign-in/finish",
    ] {
        let page = app.get(&format!("/{path}")).await;
        assert_eq!(page.status(), 200, "{path}");
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        let html = page.text().await.unwrap();
        assert!(html.contains("id=\"page\"") && !html.contains("onclick"), "{html}");
        // Relative, so that a proxy may serve all of it under a prefix.
        let way = if path.contains('/') { "\"../" } else { "\"./" };
        assert!(html.contains(&format!("{way}assets/")), "{html}");
    }
}
