//! The messages of `graphql-transport-ws`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::{Envelope, Problem};

/// The longest id of an operation; it comes back with every message.
const ID_BYTES: usize = 128;

/// What a client may say.
#[derive(Debug)]
pub(super) enum FromClient {
    /// The first message; whom it claims to come from, and which history of the database they know.
    Init {
        authorization: Option<String>,
        epoch: Option<String>,
    },
    /// Wants a pong, and may bring a new token.
    Ping { authorization: Option<String> },
    /// A sign of life.
    Pong,
    /// Starts an operation.
    Subscribe { id: String, envelope: Envelope },
    /// Stops an operation.
    Complete { id: String },
}

impl FromClient {
    /// Reads a text frame. The error names what is wrong, for the reason of a 4400.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return Err("not a JSON object".into());
        };
        match message.get("type").and_then(Value::as_str) {
            Some("connection_init") => {
                let payload = payload(&mut message)?;
                Ok(Self::Init {
                    authorization: authorization(&payload),
                    epoch: epoch(&payload)?,
                })
            }
            Some("ping") => payload(&mut message).map(|payload| Self::Ping {
                authorization: authorization(&payload),
            }),
            Some("pong") => payload(&mut message).map(|_| Self::Pong),
            Some("subscribe") => {
                let id = id(&mut message)?;
                match message.remove("payload") {
                    Some(payload @ Value::Object(_)) => Ok(Self::Subscribe {
                        id,
                        envelope: Envelope::from_json(payload)?,
                    }),
                    _ => Err("payload is not an object".into()),
                }
            }
            Some("complete") => id(&mut message).map(|id| Self::Complete { id }),
            _ => Err("unknown type".into()),
        }
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, String> {
    match message.remove("id") {
        Some(Value::String(id)) if (1..=ID_BYTES).contains(&id.len()) => Ok(id),
        _ => Err(format!("id is not a string of 1 to {ID_BYTES} bytes")),
    }
}

fn authorization(payload: &Map<String, Value>) -> Option<String> {
    let field = payload.get("authorization").or_else(|| payload.get("Authorization"));
    field.and_then(Value::as_str).map(str::to_owned)
}

fn epoch(payload: &Map<String, Value>) -> Result<Option<String>, String> {
    match payload.get("epoch") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(epoch)) => Ok(Some(epoch.clone())),
        Some(_) => Err("epoch is not a string: give back the one of connection_ack".into()),
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Map<String, Value>, String> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(payload)) => Ok(payload),
        Some(_) => Err("payload is not an object".into()),
    }
}

/// What the server says; `P` is the payload of a result.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum FromServer<'a, P: Serialize> {
    /// The client may begin.
    ConnectionAck { payload: P },
    /// Answers a ping.
    Pong,
    /// A result.
    Next { id: &'a str, payload: P },
    /// The operation was refused or broke off; nothing follows.
    Error { id: &'a str, payload: P },
    /// The operation is over.
    Complete { id: &'a str },
}

impl<P: Serialize> FromServer<'_, P> {
    /// As a text frame.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| {
            tracing::error!(%error, "a message could not be written");
            String::new()
        })
    }
}

/// The acknowledgement of a `connection_init`, with the history that the numbers of streams belong to.
pub(super) fn acknowledgement(epoch: &str) -> String {
    #[derive(Serialize)]
    struct Acknowledged<'a> {
        epoch: &'a str,
    }
    let payload = Acknowledged { epoch };
    FromServer::ConnectionAck { payload }.to_text()
}

/// The answer to a ping.
pub(super) fn pong() -> String {
    FromServer::<()>::Pong.to_text()
}

/// An operation that was not executed or broke off.
pub(super) fn error(id: &str, problems: &[Problem]) -> String {
    FromServer::Error { id, payload: problems }.to_text()
}

/// The end of an operation.
pub(super) fn complete(id: &str) -> String {
    let message: FromServer<'_, ()> = FromServer::Complete { id };
    message.to_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_message_is_named() {
        let id = "id is not a string of 1 to 128 bytes";
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "i".repeat(129));
        let table = [
            ("x", "not a JSON object"),
            ("[]", "not a JSON object"),
            ("{}", "unknown type"),
            (r#"{"type":1}"#, "unknown type"),
            (r#"{"type":"next","id":"1"}"#, "unknown type"),
            (r#"{"type":"ping","payload":[]}"#, "payload is not an object"),
            (
                r#"{"type":"connection_init","payload":{"epoch":1}}"#,
                "epoch is not a string: give back the one of connection_ack",
            ),
            (r#"{"type":"complete"}"#, id),
            (&long, id),
            (r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#, id),
            (r#"{"type":"subscribe","id":"1"}"#, "payload is not an object"),
            (r#"{"type":"subscribe","id":"1","payload":{}}"#, "\"query\" is missing"),
        ];
        for (text, expected) in table {
            assert_eq!(FromClient::parse(text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn the_token_is_read_from_the_first_message() {
        let text = r#"{"type":"connection_init","payload":{"authorization":"Bearer t"}}"#;
        let FromClient::Init { authorization, .. } = FromClient::parse(text).unwrap() else {
            panic!("another message")
        };
        assert_eq!(authorization.as_deref(), Some("Bearer t"));
    }
}
