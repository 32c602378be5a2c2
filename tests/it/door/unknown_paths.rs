//! Paths that do not exist, and methods that a path does not take.

use reqwest::Method;
use serde_json::Value;

use crate::support::TestApp;

#[tokio::test]
async fn a_program_is_told_in_json_what_there_is_instead() {
    let app = TestApp::new().await;
    for path in [
        "/nothing",
        "/api",
        "/favicon.ico",
        "/.well-known/security.txt",
        "/.env",
        "/assets/nothing.js",
        "/graphql/",
        "/GraphQL",
        "/api/graphql",
        "/graphql/v1",
    ] {
        for method in [Method::GET, Method::POST] {
            if path.starts_with("/assets/") && method == Method::POST {
                continue;
            }
            let response = app.request(method.clone(), path).send().await.unwrap();
            assert_eq!(response.status(), 404, "{method} {path}");
            let error = response.json::<Value>().await.unwrap()["error"].take();
            assert_eq!(error["code"], "NOT_FOUND", "{path}");
            assert!(
                error["message"].as_str().unwrap().contains("/graphql"),
                "{path}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn an_address_that_is_nearly_right_is_corrected() {
    let app = TestApp::new().await;
    for path in ["/graphql/", "/GraphQL", "/api/graphql", "/v1/graphql/"] {
        let error = app.get(path).await.json::<Value>().await.unwrap()["error"].take();
        assert!(
            error["message"].as_str().unwrap().contains("written exactly so"),
            "{path}: {error}"
        );
    }
}

#[tokio::test]
async fn a_person_gets_a_page() {
    let app = TestApp::new().await;
    let request = app.request(Method::GET, "/nothing%3Cscript%3E");
    let request = request.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 404);
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let page = response.text().await.unwrap();
    assert!(page.contains("<a href=\"/\">") && !page.contains("script"), "{page}");
}

#[tokio::test]
async fn robots_may_read_everything_but_the_api() {
    let app = TestApp::new().await;
    let response = app.get("/robots.txt").await;
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    assert_eq!(response.text().await.unwrap(), "User-agent: *\nDisallow: /graphql\n");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_told_with_those_it_takes() {
    let app = TestApp::new().await;
    for path in ["/", "/health/live", "/robots.txt", "/p/nothing"] {
        let response = app.request(Method::DELETE, path).send().await.unwrap();
        assert_eq!(response.status(), 405, "{path}");
        assert!(response.headers()["allow"].to_str().unwrap().contains("GET"), "{path}");
        let error = response.json::<Value>().await.unwrap()["error"].take();
        assert_eq!(error["code"], "METHOD_NOT_ALLOWED", "{path}");
        assert!(error["message"].as_str().unwrap().contains("DELETE"), "{path}: {error}");
    }
}
