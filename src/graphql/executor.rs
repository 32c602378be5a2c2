//! Runs the schema and gives every error its code. Nothing but the words of `kernel::Error` reaches a client.

use async_graphql::Data;
use async_graphql::{Executor, Request, Response, ServerError};
use futures_util::{StreamExt, stream::BoxStream};
use std::sync::Arc;

use super::schema::SweetieSchema;
use crate::{deps::Foreground, kernel::Error};

/// The schema with coded errors; no extension of the library is involved, since those take every field off its fast
/// path.
#[derive(Clone)]
pub struct CodedExecutor {
    /// What is run.
    pub schema: SweetieSchema,
    /// Where it is counted for as long as somebody waits for its answer.
    pub foreground: Foreground,
}

impl Executor for CodedExecutor {
    async fn execute(&self, request: Request) -> Response {
        let _waiting = self.foreground.enter();
        coded(self.schema.execute(request).await)
    }

    fn execute_stream(&self, request: Request, session_data: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.schema, request, session_data)
            .map(coded)
            .boxed()
    }
}

fn coded(mut response: Response) -> Response {
    response.errors.iter_mut().for_each(code);
    response
}

fn code(error: &mut ServerError) {
    let Some(cause) = error.source::<Error>() else { return };
    let mut extensions = error.extensions.clone().unwrap_or_default();
    // Causes are logged here, once; an error without a code is masked and logged by the transport.
    if let Error::Internal(source) | Error::Unavailable(source) = cause {
        tracing::error!(error = %chain(&**source), path = ?error.path, "a request failed");
    }
    if matches!(cause, Error::Internal(_)) {
        error.message = "something went wrong on our side".to_owned();
        return;
    }
    extensions.set("code", cause.code());
    if let Error::RateLimited { after, .. } = cause {
        extensions.set("retryAfter", after.as_secs().max(1));
    }
    error.extensions = Some(extensions);
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        line.push_str(": ");
        line.push_str(&next.to_string());
        cause = next.source();
    }
    line
}
