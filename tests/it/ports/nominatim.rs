//! The Nominatim adapter against a small server that speaks its protocol.

use std::time::Duration;

use finding_sweetie::ports::geocoder::{LookUpError, Nominatim, NominatimSettings, OnlineGeocoder};
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::{LIMIT, MapService, Reply, found};

fn nominatim(url: &str, timeout: Duration) -> Nominatim {
    Nominatim::new(NominatimSettings {
        url: url.parse().unwrap(),
        contact: Some("ann@example.org".to_owned()),
        timeout,
    })
    .unwrap()
}

#[tokio::test]
async fn a_text_is_asked_for_and_its_places_come_in_the_order_of_the_server() {
    let service = MapService::start().await;
    let address = json!({ "town": "Whitby", "state": "Ontario", "country": "Canada", "country_code": "ca" });
    let places = [
        found(43.87, -78.94, 0.0001, "Mill & Co, Whitby", address.clone()),
        found(43.88, -78.95, 0.02, "Whitby", address),
    ];
    service.knows("Mill & Co, Whitby", json!(places));

    let found = nominatim(&service.url, LIMIT)
        .search("Mill & Co, Whitby")
        .await
        .unwrap();

    let names: Vec<_> = found.iter().map(|place| place.address.as_str()).collect();
    assert_eq!(names, ["Mill & Co, Whitby", "Whitby"]);
    assert_eq!(
        (
            found[0].city.as_deref(),
            found[0].region.as_deref(),
            found[0].country.as_deref()
        ),
        (Some("Whitby"), Some("Ontario"), Some("CA"))
    );
    assert_eq!(found[0].attribution, "Data of the mapmakers");
    assert!(found[0].reach_meters < 50.0 && 2_000.0 < found[1].reach_meters);
    assert_eq!(service.asked(), ["Mill & Co, Whitby"]);
}

#[tokio::test]
async fn a_point_is_asked_for_to_the_metre() {
    let service = MapService::start().await;
    service.calls_every_point(found(-33.4, 151.3, 0.02, "Gosford", json!({ "city": "Gosford" })));

    let found = nominatim(&service.url, LIMIT)
        .reverse(-33.423_456_789, 151.3)
        .await
        .unwrap();

    assert_eq!(found.unwrap().city.as_deref(), Some("Gosford"));
    assert_eq!(service.asked(), ["-33.42346 151.30000"]);
}

#[tokio::test]
async fn nothing_is_an_answer_too() {
    let service = MapService::start().await;
    let nominatim = nominatim(&service.url, LIMIT);

    assert_eq!(nominatim.search("Nowhere").await.unwrap(), []);
    assert_eq!(nominatim.reverse(0.0, 0.0).await.unwrap(), None);
}

/// What a caller has to know about a failure.
#[derive(Debug, PartialEq)]
enum Outcome {
    Away,
    Refused,
    Rejected,
    TooOften(Option<u64>),
}

async fn outcome(url: &str, timeout: Duration) -> Outcome {
    match nominatim(url, timeout).search("12 Oak Street").await.unwrap_err() {
        LookUpError::Away(_) => Outcome::Away,
        LookUpError::Refused(_) => Outcome::Refused,
        LookUpError::Rejected => Outcome::Rejected,
        LookUpError::TooOften { after } => Outcome::TooOften(after.map(|after| after.as_secs())),
    }
}

fn raw(status: u16, header: Option<(&'static str, &str)>, body: &str) -> Reply {
    Reply::Raw {
        status,
        headers: header
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

#[tokio::test]
async fn every_failure_says_whether_and_when_to_try_again() {
    let service = MapService::start().await;
    let nonsense = r#"{ "error": { "code": 400, "message": "Nothing to search for." } }"#;
    let endless = format!("[{}]", "\"x\",".repeat(300_000));
    let cases = [
        (raw(429, Some(("retry-after", "120")), ""), Outcome::TooOften(Some(120))),
        (raw(429, None, "slow down"), Outcome::TooOften(None)),
        (raw(503, Some(("retry-after", "7")), ""), Outcome::TooOften(Some(7))),
        (raw(503, None, ""), Outcome::Away),
        (raw(500, None, nonsense), Outcome::Away),
        (raw(401, None, ""), Outcome::Refused),
        (raw(403, None, "<html>blocked</html>"), Outcome::Refused),
        (raw(400, None, nonsense), Outcome::Rejected),
        (raw(400, None, "<html>bad gateway</html>"), Outcome::Away),
        (raw(404, None, nonsense), Outcome::Away),
        (raw(301, Some(("location", "https://example.org/")), ""), Outcome::Away),
        (raw(200, None, "<html>please log in</html>"), Outcome::Away),
        (raw(200, None, nonsense), Outcome::Away),
        (raw(200, None, ""), Outcome::Away),
        (raw(200, None, "[{\"lat\": \"1\"}]"), Outcome::Away),
        (raw(200, None, &endless), Outcome::Away),
    ];
    for (reply, expected) in cases {
        service.answers_next(reply.clone());
        let reply = format!("{reply:?}").chars().take(200).collect::<String>();
        assert_eq!(outcome(&service.url, LIMIT).await, expected, "{reply}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let service = MapService::start().await;
    service.answers_next(Reply::Silence);

    assert_eq!(outcome(&service.url, Duration::from_millis(100)).await, Outcome::Away);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_away() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();

    assert_eq!(outcome(&format!("http://{address}"), LIMIT).await, Outcome::Away);
}

#[tokio::test]
async fn no_failure_tells_what_was_asked_for() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nominatim = nominatim(&format!("http://{address}"), LIMIT);

    let fault = nominatim.search("12 Oak Street").await.unwrap_err();

    assert!(!format!("{fault:?} {fault}").contains("Oak"), "{fault:?}");
}
