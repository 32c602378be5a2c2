//! One operation on a socket, in a task of its own.

use std::{future::poll_fn, panic::AssertUnwindSafe, sync::Arc, task::Poll, time::Duration};

use async_graphql::{Request, Response};
use futures_util::{FutureExt, StreamExt, future::join, stream::BoxStream};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::sleep,
};

use super::{
    super::{
        Admitted, Approved, Envelope, GraphqlEndpoint, Kind, Problem, Refused, Turn, outcome,
        telemetry::{self, Counted, Transport},
    },
    close::End,
    message::{self, FromServer},
};
use crate::events::{Hibernation, Sleep};

/// Before an event that did not come whole is asked for once more, time after time. While the database is away a stream
/// waits by itself, so that this is about what fails although the database answers.
const PAUSES: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];

/// What an operation hands to its socket.
pub(super) struct Outgoing {
    /// Of the operation.
    pub id: String,
    /// Tells it from an earlier operation with the same id.
    pub serial: u64,
    /// What happened.
    pub what: What,
    /// Its bytes of the socket's queue, free again when it is sent.
    pub room: Option<OwnedSemaphorePermit>,
}

/// What happened in an operation.
pub(super) enum What {
    /// A message to send.
    Message(String),
    /// The last message to send; the id is free again.
    Last(String),
    /// The socket must end.
    End(End),
}

impl What {
    fn bytes(&self) -> usize {
        match self {
            Self::Message(text) | Self::Last(text) => text.len(),
            Self::End(_) => 0,
        }
    }
}

/// An operation and the way back to its socket.
pub(super) struct Operation {
    pub endpoint: Arc<GraphqlEndpoint>,
    pub admitted: Admitted,
    pub request_id: String,
    pub id: String,
    pub serial: u64,
    pub outbox: mpsc::Sender<Box<Outgoing>>,
    /// Bytes that may still wait in the socket's queue, and how many those are when nothing waits.
    pub room: (Arc<Semaphore>, u32),
}

impl Operation {
    /// Runs it to its end, be it a panic. Waiting for room in the queue is what pauses the stream of a client that
    /// reads slowly.
    pub(super) async fn perform(self, envelope: Envelope) {
        if AssertUnwindSafe(self.work(envelope)).catch_unwind().await.is_err() {
            let problem = outcome::panicked(&self.request_id);
            self.send(self.failed(None, problem)).await;
        }
    }

    /// What comes before the stream is in boxes: thousands of idle streams would otherwise keep the room for it.
    async fn work(&self, mut envelope: Envelope) {
        match Box::pin(self.admit(&mut envelope)).await {
            Err(last) => self.send(last).await,
            Ok((Kind::Subscription, mut request, turn)) => {
                drop(turn);
                let counted = Counted::subscription(&mut request);
                self.subscription(&envelope, request).await;
                drop(counted);
            }
            Ok((kind, request, turn)) => {
                Box::pin(self.once(kind, *request)).await;
                drop(turn);
            }
        }
    }

    async fn admit(&self, envelope: &mut Envelope) -> Result<(Kind, Box<Request>, Turn), What> {
        let approved = self.endpoint.documents.approve(envelope).await;
        let Approved { kind, request, cost } = approved.map_err(|unapproved| {
            let problems = unapproved.into_problems();
            telemetry::answered(Transport::Socket, None, problems.first().map(|problem| problem.code));
            What::Last(message::error(&self.id, &problems))
        })?;
        match self.endpoint.gate.spend(&self.admitted, cost).await {
            Ok(()) => {}
            Err(refused @ Refused::Unauthenticated(_)) => return Err(What::End(refused.into())),
            Err(refused) => return Err(self.refused(kind, Problem::from(&refused), refused.into())),
        }
        let turn = self.endpoint.gate.turn(&self.admitted, cost).await;
        let turn =
            turn.map_err(|refused| self.refused(kind, Problem::from(&refused), Refused::from(&refused).into()))?;
        Ok((kind, Box::new((self.admitted.attach)(request)), turn))
    }

    async fn once(&self, kind: Kind, request: Request) {
        let limits = self.endpoint.limits();
        let origin = (Transport::Socket, self.request_id.as_str());
        match outcome::run(&*self.endpoint.engine, limits, (kind, request), origin).await {
            Ok(response) => {
                telemetry::answered(Transport::Socket, Some(kind), outcome::first_code(&response));
                self.send(What::Message(self.next(&response))).await;
                self.send(What::Last(message::complete(&self.id))).await;
            }
            Err(problem) => self.send(self.failed(Some(kind), problem)).await,
        }
    }

    /// While it rests, nothing of it is kept but what was asked.
    async fn subscription(&self, envelope: &Envelope, mut request: Box<Request>) {
        let sockets = &self.endpoint.sockets;
        let _permit = match sockets.streams.take(&self.admitted, &sockets.settings) {
            Ok(permit) => permit,
            Err(problem) => return self.send(self.failed(Some(Kind::Subscription), problem)).await,
        };
        let hibernation = Hibernation::watched();
        loop {
            *request = request.data(hibernation.clone());
            let Some(sleep) = Box::pin(self.stream(*request, &hibernation)).await else {
                return;
            };
            hibernation.leave(sleep.await);
            request = match self.endpoint.documents.guard().check(envelope) {
                Ok(approved) => Box::new((self.admitted.attach)(approved.request)),
                Err(problems) => return self.send(What::Last(message::error(&self.id, &problems))).await,
            };
        }
    }

    /// Hands on what comes, until the stream is over or rests. An event comes whole; one that could not be looked at is
    /// asked for once more, and if that does not help the stream ends with its error before the event, so that the client
    /// can go on from the one before.
    async fn stream(&self, request: Request, hibernation: &Hibernation) -> Option<Sleep> {
        let mut stream = self.endpoint.engine.subscribe(request);
        let mut upcoming = next(&mut stream, hibernation).await;
        let (mut code, mut pauses) = (None, PAUSES.iter());
        let last = loop {
            let mut response = match upcoming {
                Ok(Some(response)) => response,
                Ok(None) => break message::complete(&self.id),
                Err(sleep) => return Some(sleep),
            };
            let is_whole = !response.errors.iter().any(outcome::is_lost);
            if !is_whole {
                response.errors.retain(outcome::is_lost);
            }
            let response = self.settle(response);
            code = outcome::first_code(&response);
            let after = if is_whole {
                pauses = PAUSES.iter();
                self.hand_on(response, &mut stream, hibernation).await
            } else {
                let error = self.error(&response);
                drop(response);
                once_more(&mut stream, hibernation, pauses.next()).await.ok_or(error)
            };
            upcoming = match after {
                Ok(upcoming) => upcoming,
                Err(error) => break error,
            };
        };
        telemetry::answered(Transport::Socket, Some(Kind::Subscription), code);
        self.send(What::Last(last)).await;
        None
    }

    /// Sends an event and waits for the next; the error of a stream that ends with this one.
    async fn hand_on(
        &self,
        response: Response,
        stream: &mut Responses,
        hibernation: &Hibernation,
    ) -> Result<Upcoming, String> {
        let failure = is_failure(&response).then(|| self.error(&response));
        let message = What::Message(self.next(&response));
        drop(response);
        let Some(error) = failure else {
            // In this order: what a stream holds on its way to an event, such as a connection to the database, a reader
            // who has stopped would keep from everybody else.
            self.send(message).await;
            return Ok(next(stream, hibernation).await);
        };
        // A stream that fails has nothing after its error; one that only had a bad event goes on.
        match next(stream, hibernation).now_or_never() {
            Some(Ok(None)) => Err(error),
            Some(upcoming) => {
                self.send(message).await;
                Ok(upcoming)
            }
            None => Ok(Box::pin(join(self.send(message), next(stream, hibernation))).await.1),
        }
    }

    fn settle(&self, response: Response) -> Response {
        outcome::settle(response, self.endpoint.limits().errors, &self.request_id)
    }

    fn next(&self, response: &Response) -> String {
        FromServer::Next {
            id: &self.id,
            payload: response,
        }
        .to_text()
    }

    fn error(&self, response: &Response) -> String {
        FromServer::Error {
            id: &self.id,
            payload: &response.errors,
        }
        .to_text()
    }

    /// An error would end a stream for good in most clients; a socket that closes with 1013 they open again.
    fn refused(&self, kind: Kind, problem: Problem, end: End) -> What {
        match kind {
            Kind::Subscription => {
                telemetry::answered(Transport::Socket, Some(kind), Some(problem.code));
                What::End(end)
            }
            _ => self.failed(Some(kind), problem),
        }
    }

    fn failed(&self, kind: Option<Kind>, problem: Problem) -> What {
        telemetry::answered(Transport::Socket, kind, Some(problem.code));
        What::Last(message::error(&self.id, &[problem]))
    }

    /// The socket may be gone already; then nobody waits for the message.
    async fn send(&self, what: What) {
        let (room, all) = &self.room;
        let bytes = u32::try_from(what.bytes()).unwrap_or(u32::MAX);
        let outgoing = Outgoing {
            // Closed only when the socket is gone.
            room: Arc::clone(room).acquire_many_owned(bytes.min(*all)).await.ok(),
            id: self.id.clone(),
            serial: self.serial,
            what,
        };
        if self.outbox.send(Box::new(outgoing)).await.is_err() {
            tracing::trace!(request.id = self.request_id, "the socket is gone");
        }
    }
}

type Responses = BoxStream<'static, Response>;

/// What comes next of a stream, nothing at its end; or how it sleeps, when it rests.
type Upcoming = Result<Option<Response>, Sleep>;

/// What comes after a pause in the place of an event that did not come whole; nothing if the stream ended with that one, or
/// if there is no pause left.
async fn once_more(stream: &mut Responses, hibernation: &Hibernation, pause: Option<&Duration>) -> Option<Upcoming> {
    sleep(*pause?).await;
    hibernation.repeat();
    let upcoming = next(stream, hibernation).await;
    (!matches!(upcoming, Ok(None))).then_some(upcoming)
}

async fn next(stream: &mut Responses, hibernation: &Hibernation) -> Upcoming {
    poll_fn(|context| match stream.poll_next_unpin(context) {
        Poll::Ready(response) => Poll::Ready(Ok(response)),
        Poll::Pending => hibernation
            .sleep()
            .map_or(Poll::Pending, |sleep| Poll::Ready(Err(sleep))),
    })
    .await
}

/// Errors and nothing else.
fn is_failure(response: &Response) -> bool {
    !response.errors.is_empty() && response.data == async_graphql::Value::Null
}
