//! Calls that are signed rightly and say anything.

use url::form_urlencoded;

use super::{ann_and_bob, send, webhook};
use crate::{fuzz::mutation::Mutator, support::TestApp};

const CALLS: [&str; 3] = [
    "MessageSid=SM1&From=%2B15125550143&To=%2B15005550006&Body=Yes%2C+she+is&NumMedia=0",
    "MessageSid=SM1&MessageStatus=delivered&ErrorCode=30003",
    "MessageSid=SM2&From=%2B15125550142&To=%2B15005550006&Body=STOP&OptOutType=STOP",
];
const WORDS: [&str; 9] = ["&", "=", "+", "%00", "%FF", "%2B", "From=", "Body=START", "sms"];

#[tokio::test]
async fn a_genuine_call_is_answered_whatever_it_says() {
    let app = TestApp::new().await;
    let (ann, _, conversation) = ann_and_bob(&app).await;
    send(&app, &ann, &conversation, "Is she home?").await;
    app.run_work().await;
    let corpus = CALLS.map(|call| call.as_bytes().to_vec()).to_vec();
    let mut calls = Mutator::new(1, corpus, WORDS.map(str::to_owned).to_vec(), 2_000);

    for number in 0..200 {
        let call = calls.next();
        let form: Vec<(String, String)> = form_urlencoded::parse(&call).into_owned().collect();
        let fields: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let path = ["/webhooks/sms/inbound", "/webhooks/sms/status?sms=1"][number % 2];

        let (status, answer) = webhook(&app, path, &fields).await;

        assert!([200, 204, 400].contains(&status), "{status} {answer} to {form:?}");
    }
    app.run_work().await;
}
