//! A made-up country of towns, and what people say of a place in it.

use entity::vocabulary::{PetKind, PlacePrecision};
use fastrand::Rng;
use geometry::{Point, destination};

use super::{Noise, chance, exponential, log_uniform};

/// Side of the squares that share a postal code, in degrees.
const POSTCODE_DEGREES: f64 = 0.05;
/// Radius of a disc in km on which all people of the country would live as densely as in Austin: it has 0.4 % of the
/// people of the United States, and its strays are as far from each other as places in a disc of 18 km (9 % of the pairs
/// within 5 km, 26 % within 10 km, 66 % within 20 km).
const COUNTRY_KILOMETERS: f64 = 285.0;
/// Share of the people who live in neighbourhoods that are denser than their town, the number of neighbourhoods for all
/// people of the country, and the mean distance from their centres in km. With these, 0.5 % of the pairs of places in a
/// town like Austin are within one kilometre, as there.
const NEIGHBORHOODS: (f64, f64, f64) = (0.35, 2_500.0, 1.0);
/// Names of streets.
const STREETS: [&str; 24] = [
    "Oak", "Elm", "Maple", "Cedar", "Pine", "Lake", "Hill", "Park", "Main", "Church", "River", "Spring", "Mill",
    "Bridge", "Meadow", "Forest", "Sunset", "Highland", "Ridge", "Valley", "Prairie", "Garden", "Orchard", "Willow",
];
/// Number of towns, of which the first are the largest.
const TOWNS: usize = 300;
/// Beginnings and ends of their names.
const TOWN_NAMES: [[&str; 10]; 2] = [
    [
        "Ash", "Brook", "Clear", "Dun", "Elk", "Fair", "Glen", "Harl", "Iron", "Jasp",
    ],
    [
        "ford", "ton", "water", "more", "wood", "view", "burn", "and", "vale", "field",
    ],
];

/// A country with towns of all sizes.
pub struct World {
    towns: Vec<Town>,
}

struct Town {
    name: String,
    center: Point,
    share: f64,
    kilometers: f64,
    neighborhoods: Vec<Point>,
    shelters: [Point; 2],
}

/// A place in a town.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    point: Point,
    town: usize,
}

/// A place as a report tells it.
pub struct Told {
    /// The point on the map.
    pub point: Point,
    /// Its precision.
    pub precision: PlacePrecision,
    /// The place in words.
    pub area: String,
    /// The postal code; empty if it is not told.
    pub postcode: String,
}

impl Default for World {
    fn default() -> Self {
        // Always the same country.
        let mut rng = Rng::with_seed(1);
        let mut towns: Vec<Town> = (0..TOWNS).map(|rank| Town::any(&mut rng, rank)).collect();
        let people: f64 = towns.iter().map(|town| town.share).sum();
        for town in &mut towns {
            town.share /= people;
            town.settle(&mut rng);
        }
        Self { towns }
    }
}

impl Town {
    fn any(rng: &mut Rng, rank: usize) -> Self {
        let center = Point::wrapped(30.0 + rng.f64() * 17.0, -120.0 + rng.f64() * 45.0);
        let [start, end] = TOWN_NAMES.map(|names| rng.choice(names).unwrap_or_default());
        let share = 1.0 / (rank as f64 + 4.0);
        Self {
            name: format!("{start}{end} {rank}"),
            center,
            share,
            kilometers: 0.0,
            neighborhoods: Vec::new(),
            shelters: [destination(center, 60.0, 3_000.0), destination(center, 200.0, 9_000.0)],
        }
    }

    /// Lays out the town for its share of the people.
    fn settle(&mut self, rng: &mut Rng) {
        self.kilometers = COUNTRY_KILOMETERS * self.share.sqrt();
        let count = (NEIGHBORHOODS.1 * self.share).ceil() as usize;
        self.neighborhoods = (0..count).map(|_| self.anywhere(rng)).collect();
    }

    /// A place in the disc of the town.
    fn anywhere(&self, rng: &mut Rng) -> Point {
        let kilometers = self.kilometers * rng.f64().sqrt();
        destination(self.center, rng.f64() * 360.0, kilometers * 1_000.0)
    }

    /// A place where somebody lives.
    fn home(&self, rng: &mut Rng) -> Point {
        let (share, _, kilometers) = NEIGHBORHOODS;
        match rng.choice(&self.neighborhoods) {
            Some(center) if chance(rng, share) => {
                let spread = exponential(rng, kilometers);
                destination(*center, rng.f64() * 360.0, spread * 1_000.0)
            }
            _ => self.anywhere(rng),
        }
    }
}

impl World {
    /// A place where somebody lives.
    pub fn anywhere(&self, rng: &mut Rng) -> Spot {
        let mut number = rng.f64();
        let town = self.towns.iter().position(|town| {
            number -= town.share;
            number < 0.0
        });
        let town = town.unwrap_or(0);
        let home = self.towns.get(town).map(|town| town.home(rng));
        Spot {
            point: home.unwrap_or(Point::wrapped(0.0, 0.0)),
            town,
        }
    }

    /// A place that far away in any direction, in the nearest town.
    pub fn away(&self, rng: &mut Rng, from: &Spot, kilometers: f64) -> Spot {
        let point = destination(from.point, rng.f64() * 360.0, kilometers * 1_000.0);
        let near = |town: &Town| town.center.chord_squared_to(point) / (town.kilometers * town.kilometers);
        let nearest = self
            .towns
            .iter()
            .enumerate()
            .min_by(|one, two| near(one.1).total_cmp(&near(two.1)));
        Spot {
            point,
            town: nearest.map_or(from.town, |(town, _)| town),
        }
    }

    /// What a report of this kind says of the place.
    pub fn told(&self, rng: &mut Rng, kind: PetKind, spot: &Spot, noise: &Noise) -> Told {
        let name = self.towns.get(spot.town).map_or("", |town| town.name.as_str());
        match kind {
            PetKind::Found if chance(rng, noise.finders_home) => {
                let kilometers = log_uniform(rng, 0.5, 15.0);
                let home = self.away(rng, spot, kilometers);
                return self.exactly(rng, &home);
            }
            PetKind::Sheltered if chance(rng, noise.shelter_address) => {
                let shelters = self.towns.get(spot.town).map(|town| town.shelters);
                let point = shelters.map_or(spot.point, |[near, far]| if chance(rng, 0.7) { near } else { far });
                // Some systems do not tell the shelter's address from the place where the animal was found.
                let precision = if chance(rng, 0.6) {
                    PlacePrecision::Shelter
                } else {
                    PlacePrecision::Point
                };
                return Told {
                    point,
                    precision,
                    area: format!("Shelter Road {name}"),
                    postcode: postcode(point),
                };
            }
            _ => {}
        }
        match rng.f64() {
            number if number < noise.town => Told {
                point: self.towns.get(spot.town).map_or(spot.point, |town| town.center),
                precision: PlacePrecision::City,
                area: name.to_owned(),
                postcode: String::new(),
            },
            number if number < noise.town + noise.postcode => Told {
                point: center_of_postcode(spot.point),
                precision: PlacePrecision::Postcode,
                area: name.to_owned(),
                postcode: postcode(spot.point),
            },
            _ => self.exactly(rng, spot),
        }
    }

    /// The place itself, as somebody who was there marks it on a map.
    fn exactly(&self, rng: &mut Rng, spot: &Spot) -> Told {
        let off = exponential(rng, 120.0);
        let name = self.towns.get(spot.town).map_or("", |town| town.name.as_str());
        Told {
            point: destination(spot.point, rng.f64() * 360.0, off),
            precision: PlacePrecision::Point,
            area: format!("{} Street {name}", street(rng, spot.point)),
            postcode: if chance(rng, 0.7) {
                postcode(spot.point)
            } else {
                String::new()
            },
        }
    }
}

/// One of the few streets around a place.
fn street(rng: &mut Rng, point: Point) -> &'static str {
    let block = |degrees: f64| (degrees * 60.0).floor() as i64;
    let around = block(point.latitude) * 31 + block(point.longitude) * 17 + rng.i64(0..4) * 7;
    let at = usize::try_from(around.rem_euclid(STREETS.len() as i64)).unwrap_or(0);
    STREETS.get(at).copied().unwrap_or_default()
}

fn postcode(point: Point) -> String {
    let number = |degrees: f64| (degrees / POSTCODE_DEGREES).floor() as i64;
    let number = number(point.latitude) * 100 + number(point.longitude);
    format!("{:05}", number.rem_euclid(100_000))
}

fn center_of_postcode(point: Point) -> Point {
    let center = |degrees: f64| ((degrees / POSTCODE_DEGREES).floor() + 0.5) * POSTCODE_DEGREES;
    Point::wrapped(center(point.latitude), center(point.longitude))
}
