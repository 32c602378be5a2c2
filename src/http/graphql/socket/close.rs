//! Why the server ends a socket.

use std::{borrow::Cow, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use tokio::time::timeout;

use super::super::{Refused, problem::whole_seconds};

/// The most bytes of a reason that fit into a close frame.
const REASON: usize = 123;
/// How long a closing handshake may take.
const FAREWELL: Duration = Duration::from_secs(2);
/// Frames that are still read while the socket closes.
const LAST_FRAMES: usize = 1_000;

/// How a socket ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// The peer closed it, or the connection is broken.
    Gone,
    /// The server closes it with this code and reason.
    Close(u16, Cow<'static, str>),
}

impl End {
    pub(super) const SHUTDOWN: Self = Self::Close(1001, Cow::Borrowed("The server is going away"));
    pub(super) const SILENT: Self = Self::Close(1001, Cow::Borrowed("No sign of life"));
    pub(super) const TOO_BIG: Self = Self::Close(1009, Cow::Borrowed("Message too big"));
    pub(super) const UNAUTHORIZED: Self = Self::Close(
        4401,
        Cow::Borrowed("Send connection_init first and wait for connection_ack"),
    );
    pub(super) const EXPIRED: Self = Self::Close(
        4403,
        Cow::Borrowed(
            "The token has ended: connect with a new one (refreshTokens); next time send it before, in a ping (docs/API.md)",
        ),
    );
    pub(super) const REVOKED: Self = Self::Close(
        4403,
        Cow::Borrowed(
            "The token was revoked, or the role of the member has changed: get a new token and connect again",
        ),
    );
    pub(super) const ANOTHER_ACCOUNT: Self = Self::Close(
        4401,
        Cow::Borrowed("The new token is of another account: open another socket for it"),
    );
    pub(super) const SUBPROTOCOL: Self = Self::Close(4406, Cow::Borrowed("Use the subprotocol graphql-transport-ws"));
    pub(super) const INIT_TIMEOUT: Self = Self::Close(4408, Cow::Borrowed("Connection initialisation timeout"));
    pub(super) const SECOND_INIT: Self = Self::Close(4429, Cow::Borrowed("Too many initialisation requests"));

    /// 4400: the message does not follow the protocol.
    pub(super) fn invalid(reason: impl std::fmt::Display) -> Self {
        Self::Close(4400, format!("Invalid message: {reason}").into())
    }

    /// 1013: as many sockets as one may have are open; try again after so long.
    pub(super) fn too_many_sockets(after: Duration) -> Self {
        Self::later("Too many sockets", after)
    }

    /// 1013, which clients try again after, where they would give up for good after 4429.
    fn later(what: &str, after: Duration) -> Self {
        Self::Close(1013, format!("{what}, try again in {} s", whole_seconds(after)).into())
    }

    /// 4409: an operation with that id is running.
    pub(super) fn duplicate(id: &str) -> Self {
        Self::Close(4409, format!("Subscriber for {id} already exists").into())
    }

    /// The frame to send, its reason cut to what fits.
    pub(super) fn into_frame(self) -> Option<CloseFrame> {
        let Self::Close(code, reason) = self else { return None };
        let mut reason = reason.into_owned();
        reason.truncate(reason.floor_char_boundary(REASON));
        Some(CloseFrame {
            code,
            reason: reason.into(),
        })
    }
}

/// What a read error means. The library's own error type is not within reach, only its text.
impl From<axum::Error> for End {
    fn from(error: axum::Error) -> Self {
        match error.to_string().starts_with("Space limit exceeded") {
            true => Self::TOO_BIG,
            false => Self::Gone,
        }
    }
}

impl From<Refused> for End {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unauthenticated(message) => Self::Close(4403, message.into()),
            Refused::RateLimited { after, .. } => Self::later("Too many requests", after),
            Refused::Unavailable => Self::Close(1013, "Not available at the moment".into()),
        }
    }
}

/// Sends the close frame, if there is one to send, and reads on until the peer has answered it.
pub(super) async fn farewell(mut socket: WebSocket, end: End) {
    let goodbye = async {
        if let Some(frame) = end.into_frame() {
            socket.send(Message::Close(Some(frame))).await?;
        }
        for _ in 0..LAST_FRAMES {
            match socket.recv().await {
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => break,
            }
        }
        Ok::<(), axum::Error>(())
    };
    if let Ok(Err(error)) = timeout(FAREWELL, goodbye).await {
        tracing::trace!(%error, "the peer did not wait for the end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_reads_to_the_end_what_to_do() {
        for end in [End::EXPIRED, End::REVOKED, End::ANOTHER_ACCOUNT] {
            let End::Close(_, reason) = &end else {
                panic!("a reason")
            };
            assert_eq!(end.clone().into_frame().unwrap().reason.as_str(), reason);
        }
    }

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        let frame = End::duplicate(&"ß".repeat(128)).into_frame().unwrap();
        assert!(frame.reason.len() <= REASON && frame.reason.ends_with('ß'));
    }
}
