//! What attackers send over HTTP, and what comes of it: nothing.

use reqwest::Method;

use super::raw::{exchange, statuses};
use crate::support::{TestApp, answer};

const REGISTER: &str = "mutation { register(input: { email: \"eve@example.org\", password: \"a long password\", \
     displayName: \"eve\" }) { userErrors { code } } }";
/// What must not leave the data folder.
const SECRET: &str = "the words of a file that nobody may read";

#[tokio::test]
async fn a_form_of_a_foreign_page_changes_nothing() {
    let app = TestApp::new().await;
    let encoded: String = url::form_urlencoded::byte_serialize(REGISTER.as_bytes()).collect();
    let json = serde_json::json!({ "query": REGISTER }).to_string();
    let part = "--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n";
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", format!("query={encoded}")),
        ("text/plain", json.clone()),
        ("text/plain; charset=utf-8; a=application/json", json.clone()),
        ("multipart/form-data; boundary=x", format!("{part}{json}\r\n--x--\r\n")),
        ("", json.clone()),
        ("application/json-patch", json.clone()),
    ] {
        let mut request = app
            .request(Method::POST, "/graphql")
            .header("origin", "https://evil.example.net");
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        let refused = answer(request.body(body)).await;
        assert_eq!(refused.status, 415, "{content_type}");
        assert!(
            !refused.headers.contains_key("access-control-allow-origin"),
            "{content_type}"
        );
    }
    let by_get = app.request(Method::GET, &format!("/graphql?query={encoded}"));
    let refused = answer(by_get.header("origin", "null")).await;
    assert_eq!(refused.status, 405);
    for method in ["HEAD", "PUT", "PATCH", "TRACE"] {
        let request = app.request(method.parse().unwrap(), &format!("/graphql?query={encoded}"));
        assert_eq!(request.send().await.unwrap().status(), 405, "{method}");
    }

    assert!(app.events().await.is_empty(), "nobody has registered");
}

#[tokio::test]
async fn no_path_leads_out_of_what_is_served() {
    let app = TestApp::new().await;
    std::fs::write(app.folder().join("secret"), SECRET).unwrap();
    let climbs = [
        "../secret",
        "../../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "%252e%252e%252fsecret",
        "..%5csecret",
        "..\\secret",
        "....//secret",
        "%c0%ae%c0%ae/secret",
        "%00",
        "secret%00.js",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "//etc/passwd",
        "C:%5cwindows%5cwin.ini",
        "%ff%fe",
    ];
    for below in ["/media/", "/media/x/", "/assets/", "/p/", "/s/", "/uploads/", "/"] {
        for climb in climbs {
            let request = format!("GET {below}{climb} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            let answer = exchange(&app, request).await;
            let status = statuses(&answer);
            assert!(matches!(status[..], [400 | 404 | 405]), "{below}{climb}: {answer}");
            assert!(!answer.contains(SECRET) && !answer.contains("root:"), "{below}{climb}");
        }
    }
}

#[tokio::test]
async fn targets_of_other_forms_lead_nowhere() {
    let app = TestApp::new().await;
    for (target, expected) in [
        ("http://evil.example.net/health/live", 200),
        ("file:///etc/passwd", 404),
        ("*", 400),
        ("evil.example.net:443", 400),
    ] {
        let answer = exchange(
            &app,
            format!("GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
        )
        .await;
        let status = statuses(&answer);
        assert!(
            status == [expected] || status == [404] || status == [400],
            "{target}: {answer}"
        );
        assert!(!answer.contains("root:"), "{target}");
    }
}

#[tokio::test]
async fn a_request_whose_length_is_unclear_hides_no_other_request() {
    let app = TestApp::new().await;
    let hidden = "GET /hidden HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let post = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let length = hidden.len();
    for headers in [
        format!("content-length: 0\r\ncontent-length: {length}\r\n\r\n"),
        format!("content-length: 0, {length}\r\n\r\n"),
        "content-length: +5\r\n\r\n".to_owned(),
        "content-length: 0x5\r\n\r\n".to_owned(),
        "content-length: -1\r\n\r\n".to_owned(),
        "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n".to_owned(),
        "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n".to_owned(),
        "transfer-encoding : chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "x: y\r\n transfer-encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
    ] {
        let answers = exchange(&app, format!("{post}{headers}{hidden}")).await;
        assert_eq!(statuses(&answers), [400], "{headers}: {answers}");
    }
    for headers in [
        "transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let answers = exchange(&app, format!("{post}{headers}{hidden}")).await;
        assert_eq!(
            statuses(&answers).len(),
            1,
            "the connection ends after the first: {answers}"
        );
    }
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let app = TestApp::new().await;
    let long = format!(
        "GET /health/live HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
        "y".repeat(1024 * 1024)
    );
    let many: String = (0..500).map(|number| format!("x{number}: y\r\n")).collect();
    let many = format!("GET /health/live HTTP/1.1\r\nhost: x\r\n{many}\r\n");
    let target = format!(
        "GET /{} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "y".repeat(100_000)
    );
    for (request, expected) in [(many, 431), (target, 414)] {
        let answers = exchange(&app, request).await;
        assert_eq!(statuses(&answers), [expected], "{answers}");
    }
    // Whoever still writes may see a reset instead of the answer.
    let answers = exchange(&app, long).await;
    assert!(matches!(statuses(&answers)[..], [431] | []), "{answers}");
    assert_eq!(app.get("/health/live").await.status(), 200);
}

#[tokio::test]
async fn a_header_cannot_be_smuggled_into_an_answer() {
    let app = TestApp::new().await;
    for path in [
        "/s/x%0d%0aset-cookie:%20a=b",
        "/p/x%0d%0a%0d%0a<script>",
        "/%0d%0alocation:%20https://evil.example.net",
    ] {
        let answers = exchange(
            &app,
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nx-request-id: a\tb\r\nconnection: close\r\n\r\n"),
        )
        .await;
        let head = answers.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
        assert!(!head.contains("set-cookie") && !head.contains("evil"), "{path}: {head}");
        assert!(!answers.contains("<script>"), "{path}: {answers}");
    }
}
