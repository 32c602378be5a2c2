//! The same asked again and again, in every way.

use geometry::{MASK_MIN_METERS, Point, destination, distance_meters};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{FOUND, MAP, Target, geometry::average, homes, point};
use crate::{
    pets::{UPDATE, at, lost_with, report, seen_by},
    support::Visitor,
};

const SIMILAR: &str = "query($id: ID!) { pet(id: $id) { similar(first: 1) {
    pet { id directionsUrl streetViewUrl place { coordinates { latitude longitude } exact address } } } } }";
const PLACE: &str =
    "query($id: ID!) { node(id: $id) { ... on Pet { place { coordinates { latitude longitude } exact address } } } }";

#[tokio::test]
async fn asking_two_hundred_times_gives_one_point() {
    for home in homes() {
        let target = Target::at(home).await;
        let bounds = json!({ "south": -90, "west": -180, "north": 90, "east": 180 });
        for who in target.strangers() {
            let mut seen = Vec::new();
            for time in 0..200 {
                let answer = match time % 4 {
                    0 => target.app.ok(&who, FOUND, json!({})).await["pets"]["nodes"][0].clone(),
                    1 => target.app.ok(&who, PLACE, json!({ "id": target.id })).await["node"].clone(),
                    _ => {
                        let variables = json!({ "bounds": bounds, "zoom": time % 23 });
                        target.app.ok(&who, MAP, variables).await["petMap"]["pets"][0].clone()
                    }
                };
                assert_ne!(answer["place"]["exact"], true);
                assert!(answer["place"]["address"].is_null());
                seen.push(point(&answer["place"]["coordinates"]));
            }
            target.assert_only_the_mask("averaging", average(&seen), 0.01);
        }
    }
}

#[tokio::test]
async fn the_page_that_is_shared_tells_no_coordinates() {
    let target = Target::at(homes()[0]).await;
    let page = target.app.get(&format!("/p/{}", target.id)).await.text().await.unwrap();

    assert!(page.contains("Austin, TX"), "{page}");
    for place in [target.home, target.shown] {
        for degrees in [place.latitude, place.longitude] {
            assert!(!page.contains(&format!("{:.2}", degrees.abs())), "{degrees} in {page}");
        }
    }
}

/// The reporter corrects the place again and again and is somewhere else in between; the stranger notes every public
/// point. The homes lie beside a corner of the squares in which masks are drawn in different ways.
#[tokio::test]
async fn corrections_of_the_place_draw_no_second_mask() {
    for home in homes() {
        let beside = |degrees: f64| (degrees * 200.0).floor() / 200.0 + 0.000_03;
        let home = Point::new(beside(home.latitude), beside(home.longitude)).unwrap();
        let target = Target::at(home).await;
        let mut chance = StdRng::seed_from_u64(17);
        let (mut seen, mut seen_elsewhere) = (Vec::new(), Vec::new());
        for step in 0..36_u32 {
            let is_away = step % 6 == 5;
            let meters = if is_away {
                1_100.0 + 300.0 * f64::from(step)
            } else {
                chance.random_range(0.0..60.0)
            };
            let place = destination(home, chance.random_range(0.0..360.0), meters);
            let change = json!({ "input": { "id": target.id, "location": at(place.latitude, place.longitude) } });
            target.app.ok(&target.ann, UPDATE, change).await;
            let shown = point(&seen_by(&target.app, &Visitor, &target.id).await["place"]["coordinates"]);
            if is_away { &mut seen_elsewhere } else { &mut seen }.push(shown);
        }

        assert_eq!((seen.len(), seen_elsewhere.len()), (30, 6));
        target.assert_only_the_mask("corrections", average(&seen), 0.01);
        assert!(
            seen_elsewhere
                .iter()
                .all(|place| MASK_MIN_METERS <= distance_meters(*place, home))
        );
    }
}

/// Reports that are like one of the stranger's own, with the links that lead to them.
#[tokio::test]
async fn reports_that_are_alike_show_the_mask_and_links_lead_to_it() {
    for home in homes() {
        let target = Target::at(home).await;
        let near = destination(target.shown, 45.0, 300.0);
        let input = lost_with(json!({ "kind": "FOUND", "location": at(near.latitude, near.longitude) }));
        let decoy = report(&target.app, &target.bob, input).await;
        for who in target.strangers() {
            let data = target.app.ok(&who, SIMILAR, json!({ "id": decoy })).await;
            let found = &data["pet"]["similar"][0]["pet"];

            assert_eq!(found["id"], target.id);
            assert_eq!(
                (&found["place"]["exact"], &found["place"]["address"]),
                (&json!(false), &Value::Null)
            );
            target.assert_only_the_mask("similar", point(&found["place"]["coordinates"]), 0.01);
            for link in [&found["directionsUrl"], &found["streetViewUrl"]] {
                let link = link.as_str().unwrap();
                let leads_to = |place: Point| {
                    [place.latitude, place.longitude]
                        .iter()
                        .all(|degrees| link.contains(&format!("{degrees:.6}")))
                };
                assert!(leads_to(target.shown) && !leads_to(target.home), "{link}");
            }
        }
    }
}
