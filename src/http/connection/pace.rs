//! Aborts request bodies that arrive too slowly, on every route.

use std::{
    error::Error,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    middleware::Next,
    response::Response,
};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// How long a sender may pause, and how long the pace is ignored at the start.
const PATIENCE: Duration = Duration::from_secs(30);
/// Minimum average after that, in bytes per second: slower than any connection in use.
const PACE: u64 = 4 * 1024;

/// Wraps the body of a request in a [`Paced`].
pub async fn paced(request: Request, next: Next) -> Response {
    let request = match request.body().is_end_stream() {
        true => request,
        false => request.map(|body| Body::new(Paced::new(body, PATIENCE, PACE))),
    };
    next.run(request).await
}

/// Whether a body failed because it arrived too slowly.
pub fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    let is_slow = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    error.downcast_ref::<io::Error>().is_some_and(is_slow) || error.source().is_some_and(is_too_slow)
}

/// A body that fails if nothing arrives for too long, or too little. Time starts with the first poll.
struct Paced {
    body: Body,
    idle_timeout: Duration,
    pace: u64,
    received: u64,
    begun: Option<Instant>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    fn new(body: Body, idle_timeout: Duration, pace: u64) -> Self {
        Self {
            body,
            idle_timeout,
            pace,
            received: 0,
            begun: None,
            pause: None,
        }
    }

    fn is_behind(&self) -> bool {
        let begun = self.begun.map(|begun| begun.elapsed()).unwrap_or_default();
        let late = begun.saturating_sub(self.idle_timeout);
        u128::from(self.received) * 1000 < u128::from(self.pace) * late.as_millis()
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        self.begun.get_or_insert_with(Instant::now);
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            let bytes = frame
                .as_ref()
                .and_then(|frame| frame.as_ref().ok()?.data_ref().map(Bytes::len));
            self.received += bytes.unwrap_or_default() as u64;
            self.pause = None;
            return Poll::Ready(match frame {
                Some(Ok(_)) if self.is_behind() => Some(Err(too_slow())),
                frame => frame.map(|frame| frame.map_err(Into::into)),
            });
        }
        let idle_timeout = self.idle_timeout;
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(idle_timeout)));
        ready!(pause.as_mut().poll(context));
        Poll::Ready(Some(Err(too_slow())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn too_slow() -> axum::BoxError {
    Box::new(io::Error::new(io::ErrorKind::TimedOut, "the body comes too slowly"))
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt, stream};
    use http_body_util::BodyExt;

    use super::*;

    const BRIEF: Duration = Duration::from_millis(20);

    async fn read(body: Body, idle_timeout: Duration, pace: u64) -> Result<Bytes, axum::Error> {
        let body = Body::new(Paced::new(body, idle_timeout, pace));
        Ok(body.collect().await?.to_bytes())
    }

    fn drops(every: Duration, count: usize) -> Body {
        let drops = stream::iter(0..count).then(move |_| async move {
            sleep(every).await;
            Ok::<_, io::Error>("x")
        });
        Body::from_stream(drops)
    }

    #[tokio::test]
    async fn a_body_that_never_comes_is_given_up() {
        let never = Body::from_stream(stream::pending::<io::Result<Bytes>>());
        assert!(is_too_slow(&read(never, BRIEF, 1).await.unwrap_err()));
    }

    #[tokio::test]
    async fn a_body_that_drips_is_given_up_though_it_never_pauses() {
        let drips = drops(Duration::from_millis(5), usize::MAX);
        assert!(is_too_slow(&read(drips, BRIEF * 10, 1024 * 1024).await.unwrap_err()));
    }

    #[tokio::test]
    async fn a_body_that_comes_is_read_whole() {
        let body = drops(Duration::ZERO, 1000);
        assert_eq!(read(body, Duration::from_secs(60), 1).await.unwrap().len(), 1000);
    }
}
