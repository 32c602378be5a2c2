//! HTTP requests from tests.

use reqwest::{Client, ClientBuilder, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Answer, Caller, TestApp, codes, user_errors};

/// A client for servers on this machine, which use no TLS. It loads no certificates, because that takes long in
/// unoptimised builds.
pub fn plain_client() -> ClientBuilder {
    Client::builder().no_proxy().tls_certs_only([])
}

impl TestApp {
    /// Sends a query or mutation and returns the response, whatever it is.
    pub async fn run(&self, caller: &impl Caller, query: &str, variables: Value) -> Answer {
        let mut request = self.request(Method::POST, "/graphql");
        if let Some(authorization) = caller.authorization() {
            request = request.header("authorization", authorization);
        }
        answer(request.json(&json!({ "query": query, "variables": variables }))).await
    }

    /// Sends a query or mutation that must succeed, and returns its data.
    pub async fn ok(&self, caller: &impl Caller, query: &str, variables: Value) -> Value {
        let mut answer = self.run(caller, query, variables).await;
        assert!(
            answer.status == 200 && codes(&answer).is_empty() && user_errors_if_asked(&answer).is_empty(),
            "{query}\nwas answered with {} {:#}",
            answer.status,
            answer.body
        );
        answer.body["data"].take()
    }

    /// A request to any path of the server.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// The page of the metrics.
    pub async fn metrics(&self) -> reqwest::Response {
        self.client.get(&self.metrics_url).send().await.unwrap()
    }

    /// `GET path`.
    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.request(Method::GET, path).send().await.unwrap()
    }
}

/// Sends a prepared request to `/graphql`.
pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.json().await.unwrap_or(Value::Null),
    }
}

fn user_errors_if_asked(answer: &Answer) -> Vec<String> {
    let roots = answer.data().as_object().into_iter().flat_map(|roots| roots.values());
    let has_any = |payload: &Value| {
        payload["userErrors"]
            .as_array()
            .is_some_and(|faults| !faults.is_empty())
    };
    if roots.clone().any(has_any) {
        user_errors(answer)
    } else {
        Vec::new()
    }
}
