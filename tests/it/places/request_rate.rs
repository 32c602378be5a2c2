//! How often the service is asked, by all nodes together. The service itself minds that it is once a second at most.

use std::time::Duration;

use futures_util::{
    future::join_all,
    stream::{FuturesUnordered, StreamExt},
};
use serde_json::json;

use super::{asking, geocode, house_abroad, labels, with_service};
use crate::support::{Answer, LIMIT, MapService, Reply, TestApp, Visitor, codes, until};

/// Moves the clock from turn to turn while requests wait for theirs, until all of them have an answer.
async fn take_turns(
    (app, service): (&TestApp, &MapService),
    waiting: usize,
    requests: impl Future<Output = Vec<Answer>>,
) -> Vec<Answer> {
    let turns = async {
        for left in (1..=waiting).rev() {
            let asked = 1 + waiting - left;
            until(LIMIT, "the others wait", async || {
                app.clock.waiting() == left && service.asked().len() == asked
            })
            .await;
            app.clock.advance(Duration::from_millis(1_100));
        }
    };
    tokio::join!(requests, turns).0
}

#[tokio::test]
async fn nodes_take_turns_once_a_second() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    for query in ["Rue Verte", "Rue Rouge", "Rue Bleue"] {
        service.knows(query, json!([house_abroad()]));
    }

    let requests = join_all([
        geocode(&app, &Visitor, "Rue Verte"),
        geocode(&other, &Visitor, "Rue Rouge"),
        geocode(&app, &Visitor, "Rue Bleue"),
    ]);
    let answers = take_turns((&app, &service), 2, requests).await;

    for answer in &answers {
        assert_eq!(labels(answer), ["Kenora, Ontario, Canada"]);
    }
    assert_eq!(service.asked().len(), 3);
}

#[tokio::test]
async fn nobody_waits_for_more_than_three_seconds() {
    let (app, service) = with_service().await;
    let queries: Vec<String> = (1..=6).map(|number| format!("{number} Rue Verte")).collect();

    let requests: FuturesUnordered<_> = queries.iter().map(|query| geocode(&app, &Visitor, query)).collect();
    let (at_once, later) = {
        let mut requests = requests;
        let at_once: Vec<Answer> = requests.by_ref().take(4).collect().await;
        (at_once, take_turns((&app, &service), 2, requests.collect()).await)
    };

    let refused = at_once.iter().filter(|answer| codes(answer) == ["UNAVAILABLE"]).count();
    assert_eq!((refused, at_once.len(), later.len()), (3, 4, 2));
    assert!(later.iter().all(|answer| codes(answer).is_empty()));
    assert_eq!(service.asked().len(), 3);
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(
        labels(&geocode(&app, &Visitor, "7 Rue Verte").await),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn two_nodes_that_ask_the_same_at_once_both_have_the_answer() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    service.knows("Rue Verte", json!([house_abroad()]));
    service.hold_back();

    let requests = join_all([
        geocode(&app, &Visitor, "Rue Verte"),
        geocode(&other, &Visitor, "Rue Verte"),
    ]);
    let let_out = async {
        until(LIMIT, "one waits", async || {
            app.clock.waiting() == 1 && service.asked().len() == 1
        })
        .await;
        app.clock.advance(Duration::from_millis(1_100));
        service.let_out();
    };
    let (answers, ()) = tokio::join!(requests, let_out);

    for answer in &answers {
        assert_eq!(labels(answer), ["Kenora, Ontario, Canada"]);
    }
    assert_eq!(app.count("place_answers").await, 1);
}

#[tokio::test]
async fn whoever_waits_for_a_turn_takes_an_answer_that_comes_meanwhile() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    service.knows("Rue Verte", json!([house_abroad()]));
    service.hold_back();

    let requests = join_all([
        geocode(&app, &Visitor, "Rue Verte"),
        geocode(&other, &Visitor, "Rue Verte"),
    ]);
    let let_out = async {
        until(LIMIT, "one waits", async || app.clock.waiting() == 1).await;
        service.let_out();
        until(LIMIT, "one has the answer", async || {
            app.count("place_answers").await == 1
        })
        .await;
        app.clock.advance(Duration::from_millis(1_100));
    };
    let (answers, ()) = tokio::join!(requests, let_out);

    for answer in &answers {
        assert_eq!(labels(answer), ["Kenora, Ontario, Canada"]);
    }
    assert_eq!(service.asked(), ["Rue Verte"]);
}

#[tokio::test]
async fn a_service_that_asks_to_be_left_alone_is_left_alone_by_every_node() {
    let (app, service) = with_service().await;
    let other = app.beside(asking(&service)).await;
    service.answers_next(Reply::Raw {
        status: 429,
        headers: vec![("retry-after", "120".to_owned())],
        body: Vec::new(),
    });

    assert_eq!(codes(&geocode(&app, &Visitor, "Rue Verte").await), ["UNAVAILABLE"]);
    app.clock.advance(Duration::from_secs(119));
    assert_eq!(codes(&geocode(&other, &Visitor, "Rue Verte").await), ["UNAVAILABLE"]);
    assert_eq!(service.asked().len(), 1);
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(
        labels(&geocode(&other, &Visitor, "Rue Verte").await),
        Vec::<String>::new()
    );
    assert_eq!(service.asked().len(), 2);
}

#[tokio::test]
async fn the_more_often_a_service_fails_the_longer_nobody_asks() {
    let (app, service) = with_service().await;
    for (failures, pause) in [(1, 5), (2, 10), (3, 20)] {
        service.answers_next(Reply::status(500));
        assert_eq!(codes(&geocode(&app, &Visitor, "Rue Verte").await), ["UNAVAILABLE"]);
        app.clock.advance(Duration::from_secs(pause - 1));
        assert_eq!(codes(&geocode(&app, &Visitor, "Rue Verte").await), ["UNAVAILABLE"]);
        assert_eq!(service.asked().len(), failures);
        app.clock.advance(Duration::from_secs(1));
    }

    assert_eq!(
        labels(&geocode(&app, &Visitor, "Rue Verte").await),
        Vec::<String>::new()
    );
    app.clock.advance(Duration::from_secs(2));
    service.answers_next(Reply::status(500));
    assert_eq!(codes(&geocode(&app, &Visitor, "Rue Rouge").await), ["UNAVAILABLE"]);
    app.clock.advance(Duration::from_secs(5));
    assert_eq!(
        labels(&geocode(&app, &Visitor, "Rue Rouge").await),
        Vec::<String>::new()
    );
}
