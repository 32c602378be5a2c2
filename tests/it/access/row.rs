//! A row of the table: a request and what comes of it for whom.

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::cast::{Cast, Somebody, Who};
use crate::support::{Answer, LIMIT, codes, user_errors};

/// Makes what the request is about; called anew for everybody, so that nobody meets what another has changed.
pub type Variables = for<'a> fn(&'a Cast, Who) -> BoxFuture<'a, Value>;

/// A root field, a request for it, and what comes of it.
#[derive(Clone)]
pub struct Row {
    /// `Mutation.logOut`.
    pub field: &'static str,
    document: &'static str,
    variables: Variables,
    otherwise: &'static str,
    exceptions: Vec<(Who, &'static str)>,
    ends_log_in: bool,
}

/// No variables.
pub fn nothing(_: &Cast, _: Who) -> BoxFuture<'_, Value> {
    Box::pin(async { json!({}) })
}

impl Row {
    /// What comes of it is `otherwise` for everybody who is not named by `but`: `ok`, `null`, the code of an error, or
    /// a user error such as `input.id NOT_FOUND`; for a subscription, `open` when it starts and says nothing yet.
    pub fn new(field: &'static str, document: &'static str, variables: Variables, otherwise: &'static str) -> Self {
        Self {
            field,
            document,
            variables,
            otherwise,
            exceptions: Vec::new(),
            ends_log_in: false,
        }
    }

    /// For these it is something else.
    pub fn but(mut self, whom: &[Who], outcome: &'static str) -> Self {
        self.exceptions.extend(whom.iter().map(|who| (*who, outcome)));
        self
    }

    /// The request ends the log-in that it comes from.
    pub fn ends_log_in(self) -> Self {
        Self {
            ends_log_in: true,
            ..self
        }
    }

    /// What should come of it.
    pub fn expected(&self, who: Who) -> &'static str {
        self.exceptions
            .iter()
            .find(|(named, _)| *named == who)
            .map_or(self.otherwise, |(_, outcome)| outcome)
    }

    /// What comes of it.
    pub async fn outcome(&self, cast: &Cast, who: Who) -> String {
        let caller = if self.ends_log_in {
            cast.caller_elsewhere(who).await
        } else {
            cast.caller(who)
        };
        let variables = (self.variables)(cast, who).await;
        if self.field.starts_with("Subscription.") {
            return match cast.refusal(who).await {
                Some(refused) => refused,
                None => self.heard(cast, caller, variables).await,
            };
        }
        let answer = cast.app.run(&caller, self.document, variables).await;
        self.told(&answer)
    }

    fn told(&self, answer: &Answer) -> String {
        let name = self.field.split('.').nth(1).unwrap();
        match (codes(answer).as_slice(), user_errors(answer).as_slice()) {
            ([], []) if answer.data()[name].is_null() => "null".to_owned(),
            ([], []) => "ok".to_owned(),
            ([], faults) => faults.join(", "),
            (codes, _) => codes.join(", "),
        }
    }

    async fn heard(&self, cast: &Cast, caller: Somebody, variables: Value) -> String {
        let mut socket = cast.app.socket(&caller).await;
        let mut stream = socket.subscribe(self.document, variables);
        socket.settle().await;
        match tokio::time::timeout(LIMIT.min(Duration::from_millis(300)), stream.next_answer()).await {
            Ok(answer) => self.told(&answer),
            Err(_) => "open".to_owned(),
        }
    }
}

/// A kind of entity that `node` finds.
#[derive(Clone)]
pub struct Entity {
    /// Its type.
    pub kind: &'static str,
    /// Makes one that belongs to `Who::Owner`, and gives its id.
    pub make: for<'a> fn(&'a Cast) -> BoxFuture<'a, String>,
    /// Who sees it.
    pub seen_by: &'static [Who],
}

impl Entity {
    /// What `node` gives that one: `seen`, `null`, or the code of an error.
    pub async fn found_by(&self, cast: &Cast, who: Who) -> String {
        let id = (self.make)(cast).await;
        cast.found(who, &id).await
    }

    /// What it should give.
    pub fn expected(&self, who: Who) -> &'static str {
        if self.seen_by.contains(&who) { "seen" } else { "null" }
    }
}
