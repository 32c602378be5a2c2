//! What a map draws, with reports of the stranger's own in between.

use geometry::{Point, destination};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;

use super::{
    MAP, Stranger, Target,
    geometry::{average, moved, offset, turning_point},
    homes, point, turned,
};

const HEAT: &str = "query($bounds: BoundsInput!, $resolution: Int) {
    petHeatmap(bounds: $bounds, resolution: $resolution) { count } }";

/// The sum of all clusters and pins, less the stranger's own reports, is the target, however the clusters part.
#[tokio::test]
async fn clusters_that_part_around_decoys_hold_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        let mut chance = StdRng::seed_from_u64(5);
        let (mut decoys, mut estimates) = (Vec::new(), Vec::new());
        for _ in 0..8 {
            let bearing = chance.random_range(0.0..360.0);
            let near = destination(target.shown, bearing, chance.random_range(50.0..1_500.0));
            decoys.push(target.decoy(near).await);
            for who in target.strangers() {
                for zoom in [2, 8, 10, 12, 13, 14, 15, 16, 18] {
                    estimates.push(sum_without(&target, &who, zoom, &decoys).await);
                }
            }
        }
        for estimate in &estimates {
            target.assert_only_the_mask("one cluster", *estimate, 40.0);
        }
        target.assert_only_the_mask("clusters", average(&estimates), 10.0);
    }
}

/// Where the target is if everything that is drawn is the stranger's own but one. Own pins stand at their true places for
/// a member, so they are left out, and what is left of the own reports is in clusters.
async fn sum_without(target: &Target, who: &Stranger, zoom: i32, decoys: &[(String, Point)]) -> Point {
    let world = json!({ "south": -85, "west": -180, "north": 85, "east": 180 });
    let data = target.app.ok(who, MAP, json!({ "bounds": world, "zoom": zoom })).await;
    let pins = data["petMap"]["pets"].as_array().unwrap();
    let clusters = data["petMap"]["clusters"].as_array().unwrap();
    let is_pin = |id: &str| pins.iter().any(|pin| pin["id"] == id);
    let of_target = pins.iter().filter(|pin| pin["id"] == target.id.as_str());
    let drawn = clusters
        .iter()
        .map(|cluster| (cluster["count"].as_f64().unwrap(), point(&cluster["coordinates"])));
    let drawn = drawn.chain(of_target.map(|pin| (1.0, point(&pin["place"]["coordinates"]))));
    let own = decoys
        .iter()
        .filter(|(id, _)| !is_pin(id))
        .map(|(_, place)| (-1.0, *place));
    let parts: Vec<(f64, Point)> = drawn.chain(own).collect();
    assert_eq!(parts.iter().map(|(weight, _)| weight).sum::<f64>(), 1.0, "zoom {zoom}");
    let sum = parts.iter().fold((0.0, 0.0), |(east, north), (weight, place)| {
        let (x, y) = offset(target.shown, *place);
        (east + weight * x, north + weight * y)
    });
    moved(target.shown, sum)
}

/// Two decoys of the stranger's own in the target's cell, out of view, make three of it: the cell is told while the
/// target is in view.
#[tokio::test]
async fn the_heat_map_of_a_moving_window_gives_the_mask() {
    for home in homes() {
        let target = Target::at(home).await;
        for meters in [70_000.0, 70_500.0] {
            target.decoy(destination(target.shown, 180.0, meters)).await;
        }
        for who in target.strangers() {
            let mut resolution = 3;
            while 0 < resolution && !is_hot(&target, &who, resolution, (-1.0, 0.1), (-0.2, 0.2)).await {
                resolution -= 1;
            }
            let south = turning_point(-0.1, 0.1, async |edge| {
                is_hot(&target, &who, resolution, (edge, 0.2), (-0.2, 0.2)).await
            });
            let west = turning_point(-0.1, 0.1, async |edge| {
                is_hot(&target, &who, resolution, (-0.1, 0.2), (edge, 0.2)).await
            });
            let (south, west) = (south.await, west.await);
            let longitude = turned(target.shown.longitude + west);
            let estimate = Point::new(target.shown.latitude + south, longitude).unwrap();
            target.assert_only_the_mask("heat map", estimate, 1.0);
        }
    }
}

/// Whether there is a cell with three reports in a window, whose edges are degrees from what is shown.
async fn is_hot(
    target: &Target,
    who: &Stranger,
    resolution: i32,
    latitudes: (f64, f64),
    longitudes: (f64, f64),
) -> bool {
    let Point {
        latitude, longitude, ..
    } = target.shown;
    let bounds = json!({
        "south": latitude + latitudes.0, "north": latitude + latitudes.1,
        "west": turned(longitude + longitudes.0), "east": turned(longitude + longitudes.1),
    });
    let data = target
        .app
        .ok(who, HEAT, json!({ "bounds": bounds, "resolution": resolution }))
        .await;
    !data["petHeatmap"].as_array().unwrap().is_empty()
}
