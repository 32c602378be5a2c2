//! Walking through a whole list, page by page, in every order, while other people work.

use std::collections::{BTreeSet, HashSet};

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

use super::{UPDATE, at, lost_with, report};
use crate::support::{Actor, TestApp, Visitor};

const PAGE: &str =
    "query($filter: PetFilter, $sort: PetSort!, $first: Int, $after: String, $last: Int, $before: String) {
    pets(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
const CLOSE: &str =
    "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { field code } } }";
/// Number of reports in each list, enough for several pages.
const MANY: usize = 40;
/// Names and breeds by which texts fit better and worse, many of them equally well.
const NAMES: [&str; 6] = ["Rex", "Rex Junior", "Sweetie", "T-Rex", "Bella", "Trex"];
const BREEDS: [&str; 4] = ["Beagle", "Rexhound", "Boxer", "Devon Rexlike"];

#[derive(Clone, Copy)]
enum Way {
    Forward,
    Backward,
}

/// A list to walk through; every report of [`many`] is in each.
fn lists() -> [(Value, &'static str); 3] {
    let center = json!({ "latitude": 30.27, "longitude": -97.74 });
    [
        (json!({}), "NEWEST"),
        (
            json!({ "area": { "circle": { "center": center, "radius": 100 } } }),
            "NEAREST",
        ),
        (json!({ "text": "rex" }), "RELEVANCE"),
    ]
}

/// Some animal near Austin whose report holds the word "rex"; several at the same place and time.
fn animal(chance: &mut StdRng) -> Value {
    let place = at(30.0 + f64::from(chance.random_range(0..20_u8)) / 40.0, -97.74);
    lost_with(json!({
        "name": NAMES.choose(chance).unwrap(),
        "breed": { "primary": BREEDS.choose(chance).unwrap() },
        "description": "Comes to the word rex",
        "location": place,
    }))
}

async fn many(app: &TestApp, who: &[Actor], chance: &mut StdRng) -> Vec<String> {
    let mut ids = Vec::new();
    for index in 0..MANY {
        if chance.random_bool(0.3) {
            app.clock.advance(std::time::Duration::from_millis(500));
        }
        ids.push(report(app, &who[index % who.len()], animal(chance)).await);
    }
    ids
}

async fn page(app: &TestApp, list: &(Value, &str), way: Way, size: u32, cursor: &Value) -> Value {
    let variables = match way {
        Way::Forward => json!({ "filter": list.0, "sort": list.1, "first": size, "after": cursor }),
        Way::Backward => json!({ "filter": list.0, "sort": list.1, "last": size, "before": cursor }),
    };
    app.ok(&Visitor, PAGE, variables).await["pets"].clone()
}

fn ids(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap();
    edges
        .iter()
        .map(|edge| edge["node"]["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Every id in the order of the list, read in pages of random sizes; `between` happens after each page.
async fn walk(
    app: &TestApp,
    list: &(Value, &str),
    way: Way,
    chance: &mut StdRng,
    mut between: impl AsyncFnMut(&mut StdRng),
) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), Value::Null);
    for _ in 0..1_000 {
        let page = page(app, list, way, chance.random_range(1..9), &cursor).await;
        let read = ids(&page);
        let (more, next) = match way {
            Way::Forward => {
                found.extend(read);
                (&page["pageInfo"]["hasNextPage"], &page["pageInfo"]["endCursor"])
            }
            Way::Backward => {
                found.splice(0..0, read);
                (&page["pageInfo"]["hasPreviousPage"], &page["pageInfo"]["startCursor"])
            }
        };
        if !more.as_bool().unwrap() {
            return found;
        }
        cursor = next.clone();
        between(chance).await;
    }
    panic!("the list has no end");
}

#[tokio::test]
async fn every_list_is_walked_once_forward_and_backward() {
    let app = TestApp::new().await;
    let who = [app.member("ann").await, app.member("bob").await];
    let mut chance = StdRng::seed_from_u64(3);
    let made: BTreeSet<String> = many(&app, &who, &mut chance).await.into_iter().collect();
    app.leave_work();

    for list in lists() {
        let whole = page(&app, &list, Way::Forward, 100, &Value::Null).await;
        let expected = ids(&whole);
        assert_eq!(whole["totalCount"], MANY, "{}", list.1);
        assert_eq!(expected.iter().cloned().collect::<BTreeSet<_>>(), made, "{}", list.1);

        for _ in 0..2 {
            let forward = walk(&app, &list, Way::Forward, &mut chance, async |_| {}).await;
            let backward = walk(&app, &list, Way::Backward, &mut chance, async |_| {}).await;

            assert_eq!(forward, expected, "{}", list.1);
            assert_eq!(backward, expected, "{}", list.1);
        }
    }
}

#[tokio::test]
async fn what_is_there_all_the_time_is_met_once_whatever_others_do() {
    for (seed, list) in (0..).zip(lists()) {
        for way in [Way::Forward, Way::Backward] {
            let app = TestApp::new().await;
            let who = [app.member("ann").await, app.member("bob").await];
            let mut chance = StdRng::seed_from_u64(seed);
            let mut touched = HashSet::new();
            let made = many(&app, &who, &mut chance).await;

            let met = walk(&app, &list, way, &mut chance, async |chance| {
                meddle(&app, &who, &made, &mut touched, chance).await;
            })
            .await;

            let stayed: BTreeSet<&String> = made.iter().filter(|id| !touched.contains(*id)).collect();
            let met_of_them: Vec<&String> = met.iter().filter(|id| stayed.contains(id)).collect();
            let once: BTreeSet<&String> = met_of_them.iter().copied().collect();
            assert!(
                MANY / 2 < stayed.len(),
                "too much was changed to tell: {}",
                stayed.len()
            );
            assert_eq!(met_of_them.len(), once.len(), "{} meets a row twice", list.1);
            assert_eq!(once, stayed, "{} leaves rows out", list.1);
            app.leave_work();
        }
    }
}

/// A new report, a report that is closed, one that moves in the order, and one whose place in it stays.
async fn meddle(app: &TestApp, who: &[Actor; 2], made: &[String], touched: &mut HashSet<String>, chance: &mut StdRng) {
    app.clock.advance(std::time::Duration::from_secs(1));
    report(app, &who[chance.random_range(0..2)], animal(chance)).await;
    let of = |index: usize| &who[index % who.len()];

    let closed = chance.random_range(0..made.len());
    if chance.random_bool(0.4) && touched.insert(made[closed].clone()) {
        app.ok(of(closed), CLOSE, json!({ "id": made[closed] })).await;
    }
    let moved = chance.random_range(0..made.len());
    if chance.random_bool(0.4) && touched.insert(made[moved].clone()) {
        let far = at(30.9, -97.74);
        let change = json!({ "input": { "id": made[moved], "name": "Rex", "location": far } });
        app.ok(of(moved), UPDATE, change).await;
    }
    let kept = chance.random_range(0..made.len());
    if !touched.contains(&made[kept]) {
        let marks = format!("white paw {}", chance.random_range(0..1_000));
        let change = json!({ "input": { "id": made[kept], "markings": marks, "urgent": true } });
        app.ok(of(kept), UPDATE, change).await;
    }
}
