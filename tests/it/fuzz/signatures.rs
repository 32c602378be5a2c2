//! Calls of the SMS gateway: a URL on the first line, a form on the second.

use std::{collections::BTreeSet, sync::LazyLock};

use finding_sweetie::ports::sms::{SmsGateway, Twilio, TwilioSender, TwilioSettings, sign};
use url::form_urlencoded;

use super::hunt::{Target, hunt};

const TOKEN: &str = "00112233445566778899aabbccddeeff";
const CALLS: &[&str] = &[
    "https://sweetie.example/webhooks/sms/inbound\nMessageSid=SM1&From=%2B15125550143&To=%2B15005550006&Body=Yes%2C+she+is&NumMedia=0",
    "https://sweetie.example:443/webhooks/sms/status?sms=0190\nMessageSid=SM1&MessageStatus=delivered&ErrorCode=30003",
    "http://[::1]:8080/webhooks/sms/inbound\nBody=&Body=twice&Body=twice&OptOutType=STOP",
    "http://user@host/x#y\n=&==&a=%F0%9F%90%95&b=%FF",
];

static GATEWAY: LazyLock<Twilio> = LazyLock::new(|| {
    Twilio::new(TwilioSettings {
        account_sid: "AC00000000000000000000000000000001".into(),
        auth_token: TOKEN.into(),
        sender: TwilioSender::Number("+15550100".into()),
        base_url: "https://twilio.example".parse().expect("a URL"),
    })
    .expect("the settings are right")
});

#[test]
fn a_call_is_genuine_with_its_own_signature_alone() {
    hunt(Target {
        name: "signatures",
        corpus: CALLS.iter().map(|call| call.as_bytes().to_vec()).collect(),
        words: [
            "&",
            "=",
            "%",
            "+",
            "%00",
            ":443",
            ":80",
            ":",
            "/",
            "?",
            "#",
            "@",
            "]",
            "https://",
            "Body",
            "MessageSid=",
            "\n",
        ]
        .map(str::to_owned)
        .to_vec(),
        longest: 4_000,
        check,
    });
}

fn check(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let (url, body) = text.split_once('\n').unwrap_or(("https://sweetie.example/", &text));
    let form = parsed(body);
    let signature = sign(TOKEN, url, &form);
    if !GATEWAY.verify_webhook(url, &form, &signature) {
        return Err("its own signature does not fit".to_owned());
    }
    if GATEWAY.verify_webhook(url, &form, &sign("another token", url, &form)) {
        return Err("the signature of another token fits".to_owned());
    }
    if GATEWAY.verify_webhook(url, &form, &signature[1..]) || GATEWAY.verify_webhook(url, &form, body) {
        return Err("what is no signature fits".to_owned());
    }
    // The scheme signs names and values in one row, so that only a change of the row can be seen.
    let other = parsed(&body.replacen(['a', '1', '='], "b", 1));
    if row(&other) != row(&form) && GATEWAY.verify_webhook(url, &other, &signature) {
        return Err(format!("the signature of {form:?} fits {other:?}"));
    }
    let other_path = format!("{url}x");
    if GATEWAY.verify_webhook(&other_path, &form, &signature) && !row(&form).starts_with('x') {
        return Err(format!("the signature of {url} fits {other_path}"));
    }
    Ok(format!("{} fields", form.len().min(20)))
}

fn parsed(body: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}

fn row(form: &[(String, String)]) -> String {
    let sorted: BTreeSet<_> = form.iter().collect();
    sorted
        .into_iter()
        .flat_map(|(name, value)| [name.as_str(), value])
        .collect()
}
