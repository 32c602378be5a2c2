//! The Twilio adapter against a small gateway that speaks Twilio's protocol.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Form, Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use finding_sweetie::ports::sms::{
    Accepted, OutgoingSms, SmsError, SmsGateway, Twilio, TwilioSender, TwilioSettings, sign,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

/// What the gateway was asked.
#[derive(Debug, PartialEq)]
struct Call {
    account: String,
    authorization: String,
    form: BTreeMap<String, String>,
}

/// Answers every call with the same status and body.
struct Gateway {
    url: String,
    calls: mpsc::UnboundedReceiver<Call>,
}

type Answer = Arc<(StatusCode, Value, mpsc::UnboundedSender<Call>)>;

impl Gateway {
    async fn answering(status: u16, body: Value) -> Self {
        let (sender, calls) = mpsc::unbounded_channel();
        let answer: Answer = Arc::new((StatusCode::from_u16(status).unwrap(), body, sender));
        let routes = Router::new()
            .route("/base/2010-04-01/Accounts/{account}/Messages.json", post(answer_call))
            .with_state(answer);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/base/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, calls }
    }
}

async fn answer_call(
    State(answer): State<Answer>,
    Path(account): Path<String>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let (status, body, calls) = &*answer;
    let authorization = headers["authorization"].to_str().unwrap().to_owned();
    calls
        .send(Call {
            account,
            authorization,
            form,
        })
        .unwrap();
    (*status, Json(body.clone()))
}

fn twilio(url: &str, sender: TwilioSender) -> Twilio {
    Twilio::new(TwilioSettings {
        account_sid: ACCOUNT.into(),
        auth_token: "token".into(),
        sender,
        base_url: url.parse().unwrap(),
    })
    .unwrap()
}

fn number() -> TwilioSender {
    TwilioSender::Number("+15550100".into())
}

fn sms(status_callback: Option<&str>) -> OutgoingSms {
    OutgoingSms {
        id: "sms_1".into(),
        to: "+15550101".into(),
        body: "Sweetie & you: 1 + 1".into(),
        status_callback: status_callback.map(str::to_owned),
    }
}

fn form(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields
        .iter()
        .map(|&(name, value)| (name.into(), value.into()))
        .collect()
}

#[tokio::test]
async fn a_message_is_posted_as_twilio_wants_it() {
    let mut gateway = Gateway::answering(201, json!({ "sid": "SM1", "num_segments": "2", "status": "queued" })).await;
    let accepted = twilio(&gateway.url, number())
        .send(&sms(Some("https://sweetie.example/s?a=b")))
        .await;
    assert_eq!(
        accepted.unwrap(),
        Accepted {
            provider_id: "SM1".into(),
            segments: Some(2),
        }
    );
    let call = gateway.calls.recv().await.unwrap();
    assert_eq!(call.account, ACCOUNT);
    // "AC00000000000000000000000000000001:token"
    assert_eq!(
        call.authorization,
        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0b2tlbg=="
    );
    let expected = form(&[
        ("To", "+15550101"),
        ("From", "+15550100"),
        ("Body", "Sweetie & you: 1 + 1"),
        ("StatusCallback", "https://sweetie.example/s?a=b"),
    ]);
    assert_eq!(call.form, expected);
}

#[tokio::test]
async fn a_messaging_service_chooses_the_number() {
    let mut gateway = Gateway::answering(201, json!({ "sid": "SM1" })).await;
    let twilio = twilio(&gateway.url, TwilioSender::MessagingService("MG1".into()));
    assert_eq!(twilio.sender(), "MG1");
    assert_eq!(twilio.send(&sms(None)).await.unwrap().segments, None);
    let expected = form(&[
        ("To", "+15550101"),
        ("MessagingServiceSid", "MG1"),
        ("Body", "Sweetie & you: 1 + 1"),
    ]);
    assert_eq!(gateway.calls.recv().await.unwrap().form, expected);
}

/// What a caller has to know about a refusal.
#[derive(Debug, PartialEq)]
enum Outcome {
    Later,
    LaterUnlessSent,
    Never(Option<u32>),
    OptedOut,
}

async fn outcome(url: &str) -> Outcome {
    match twilio(url, number()).send(&sms(None)).await.unwrap_err() {
        SmsError::Temporary {
            may_have_been_sent: true,
            ..
        } => Outcome::LaterUnlessSent,
        SmsError::Temporary { .. } => Outcome::Later,
        SmsError::Permanent { code, .. } => Outcome::Never(code),
        SmsError::OptedOut => Outcome::OptedOut,
    }
}

#[tokio::test]
async fn every_refusal_says_whether_to_try_again() {
    let cases = [
        (400, json!({ "code": 21610 }), Outcome::OptedOut),
        (400, json!({ "code": 21211 }), Outcome::Never(Some(21211))),
        (400, json!({ "code": 21614 }), Outcome::Never(Some(21614))),
        (400, json!({ "code": 99999 }), Outcome::Never(Some(99999))),
        (400, json!("not a problem"), Outcome::Never(None)),
        (400, json!({ "code": 21611 }), Outcome::Later),
        (401, json!({ "code": 20003 }), Outcome::Later),
        (404, json!({ "code": 20404 }), Outcome::Later),
        (429, json!({ "code": 20429 }), Outcome::Later),
        (429, json!(null), Outcome::Later),
        (302, json!(null), Outcome::Later),
        (500, json!({ "code": 20500 }), Outcome::LaterUnlessSent),
        (503, json!(null), Outcome::LaterUnlessSent),
        (201, json!({ "no": "sid" }), Outcome::LaterUnlessSent),
    ];
    for (status, body, expected) in cases {
        let gateway = Gateway::answering(status, body.clone()).await;
        assert_eq!(outcome(&gateway.url).await, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_gateway_that_is_not_there_was_not_asked() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(outcome(&format!("http://{address}")).await, Outcome::Later);
}

#[tokio::test]
async fn a_gateway_that_hangs_up_may_have_sent_the_message() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        stream.readable().await.unwrap();
    });
    assert_eq!(outcome(&url).await, Outcome::LaterUnlessSent);
}

#[tokio::test]
async fn webhooks_are_signed_with_the_auth_token() {
    let twilio = twilio("https://api.twilio.com", number());
    let (url, form) = (
        "https://sweetie.example/webhooks/sms",
        [("Body".to_owned(), "STOP".to_owned())],
    );
    assert!(twilio.verify_webhook(url, &form, &sign("token", url, &form)));
    assert!(!twilio.verify_webhook(url, &form, &sign("other", url, &form)));
    assert!(!twilio.is_idempotent());
}
