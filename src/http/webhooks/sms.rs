//! `POST /webhooks/sms/inbound` and `POST /webhooks/sms/status`: calls from the SMS gateway, form-encoded and signed
//! as Twilio does (<https://www.twilio.com/docs/usage/webhooks/webhooks-security>).

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, OriginalUri, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::post,
};
use url::form_urlencoded;

use super::twiml;
use crate::{
    deps::Deps,
    domain::sms::{self, ReceivedSms, StatusReport},
    http::refusal::{failed, refusal},
};

/// Maximum size of a body in bytes; a message has at most 1,600 characters, plus a few hundred bytes of other fields.
const MAX_BODY: usize = 64 * 1024;
const SIGNATURE: &str = "x-twilio-signature";

/// The routes for the SMS gateway.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/webhooks/sms/inbound", post(inbound))
        .route("/webhooks/sms/status", post(status))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(deps)
}

/// The decoded form fields of a genuine call.
struct Form(Vec<(String, String)>);

impl Form {
    /// Parses and verifies a call. The signature covers the public URL.
    fn genuine(deps: &Deps, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let path = uri.path_and_query().map_or("", |path| path.as_str());
        let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let signature = headers.get(SIGNATURE)?.to_str().ok()?;
        deps.sms
            .verify_webhook(&format!("{}{path}", deps.public_url), &fields, signature)
            .then_some(Self(fields))
    }

    /// The field with that name, unless it is empty.
    fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter().filter(|(field, _)| field == name);
        named
            .next()
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

async fn inbound(State(deps): State<Deps>, OriginalUri(uri): OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    let Some(form) = Form::genuine(&deps, &uri, &headers, &body) else {
        return not_genuine();
    };
    let Some(sms) = received(&form) else {
        return incomplete();
    };
    match sms::receive_sms(&deps, &sms).await {
        // If the gateway reports an opt-out word, it has already answered the phone itself.
        Ok(_) if form.get("OptOutType").is_some() => twiml::answer(None),
        Ok(answer) => twiml::answer(answer),
        Err(error) => failed(&error),
    }
}

fn received(form: &Form) -> Option<ReceivedSms> {
    Some(ReceivedSms {
        provider_id: form.get("MessageSid")?.to_owned(),
        from: form.get("From")?.to_owned(),
        to: form.get("To")?.to_owned(),
        body: form
            .get("OptOutType")
            .or(form.get("Body"))
            .unwrap_or_default()
            .to_owned(),
    })
}

async fn status(State(deps): State<Deps>, OriginalUri(uri): OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    let Some(form) = Form::genuine(&deps, &uri, &headers, &body) else {
        return not_genuine();
    };
    let Some(report) = report(&form, uri.query().unwrap_or_default()) else {
        return incomplete();
    };
    match sms::record_status(&deps, &report).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

fn report(form: &Form, query: &str) -> Option<StatusReport> {
    let mut query = form_urlencoded::parse(query.as_bytes());
    let ours = query
        .find(|(name, _)| name == "sms")
        .and_then(|(_, id)| id.parse().ok());
    Some(StatusReport {
        sms_message_id: ours,
        provider_id: form.get("MessageSid")?.to_owned(),
        status: form.get("MessageStatus")?.to_owned(),
        error_code: form.get("ErrorCode").map(str::to_owned),
    })
}

fn not_genuine() -> Response {
    let message = "the signature does not fit this call: check SWEETIE_PUBLIC_URL and the auth token";
    refusal(StatusCode::FORBIDDEN, "FORBIDDEN", message)
}

fn incomplete() -> Response {
    refusal(
        StatusCode::BAD_REQUEST,
        "BAD_USER_INPUT",
        "a field that every such call has is missing",
    )
}
