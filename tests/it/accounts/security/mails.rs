//! What mails look like to people.

use serde_json::json;

use super::forgot;
use crate::support::TestApp;

#[tokio::test]
async fn every_mail_with_a_token_has_a_button_to_a_page_of_the_app_and_names_no_mutation() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    forgot(&app, &ann.email()).await;
    let input = json!({ "email": "ann.new@example.org", "password": ann.password() });
    super::with(&app, &ann, super::CHANGE_EMAIL, input).await;
    app.run_work().await;
    let mut mails = app.mailbox.to(&ann.email());
    mails.extend(app.mailbox.to("ann.new@example.org"));
    assert_eq!(mails.len(), 3);
    for mail in mails {
        assert!(
            !mail.text.contains("mutation") && !mail.html.contains("mutation"),
            "{}",
            mail.text
        );
        let link = mail.text.lines().find(|line| line.contains('#')).expect("no link");
        assert!(link.starts_with(&format!("{}/", app.url)), "{link}");
        assert!(mail.html.contains(&format!("<a href=\"{link}\"")), "{}", mail.html);
        assert!(
            mail.text
                .lines()
                .filter(|line| *line != link)
                .all(|line| line.chars().count() <= 72),
            "{}",
            mail.text
        );
    }
}
