//! Packs the US postal codes of the crate `zipcodes` into the table that `src/ports/geocoder/table.rs` reads.
//!
//! The crate keeps some 40 MB in memory once it has been asked anything, so it is asked here and not by the server.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fs,
    path::PathBuf,
};

#[path = "src/ports/geocoder/reach.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod reach;
#[path = "src/ports/geocoder/states.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod states;
#[path = "src/ports/geocoder/town_name.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod town_name;

use zipcodes::Zipcode;

/// A postal code with everything that the table says about it.
struct Code {
    code: u32,
    latitude: i32,
    longitude: i32,
    state: u8,
    is_inhabited: bool,
    /// How far its addresses may be from its middle, in metres.
    reach: f64,
    /// The name of its town.
    town: String,
    /// That name and others that the post accepts.
    names: Vec<String>,
}

impl Code {
    fn middle(&self) -> (i32, i32) {
        (self.latitude, self.longitude)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for input in [
        "build.rs",
        "src/ports/geocoder/reach.rs",
        "src/ports/geocoder/states.rs",
        "src/ports/geocoder/town_name.rs",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    let mut codes: Vec<Code> = zipcodes::database().iter().filter_map(code).collect();
    codes.sort_by_key(|code| code.code);
    measure(&mut codes);
    fs::write(output_folder()?.join("postal_codes.bin"), pack(&codes)?)?;
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "cargo tells a build script in this way only")]
fn output_folder() -> Result<PathBuf, &'static str> {
    env::var_os("OUT_DIR").map(PathBuf::from).ok_or("OUT_DIR is not set")
}

/// Leaves out what has no place: military post and rows without coordinates.
fn code(row: &Zipcode) -> Option<Code> {
    let [latitude, longitude] = [&row.lat, &row.long].map(|degrees| degrees.parse::<f64>().unwrap_or(0.0));
    if row.zip_code_type == "MILITARY" || (latitude == 0.0 && longitude == 0.0) {
        return None;
    }
    let ten_thousandths = |degrees: f64| (degrees * 10_000.0).round() as i32;
    Some(Code {
        code: row.zip_code.parse().ok()?,
        latitude: ten_thousandths(latitude),
        longitude: ten_thousandths(longitude),
        state: states::by_code(&row.state)?,
        is_inhabited: row.active && row.zip_code_type == "STANDARD",
        reach: 0.0,
        town: row.city.clone(),
        names: std::iter::once(&row.city)
            .chain(&row.acceptable_cities)
            .cloned()
            .collect(),
    })
}

/// Number of neighbours that tell how wide a postal code is.
const NEIGHBOURS: usize = 3;
/// Farther than that neighbour, because codes are not circles.
const MARGIN: f64 = 1.25;
/// No code is narrower, in metres: middles are rounded, and those of buildings are not theirs.
const NARROWEST: f64 = 2_000.0;
/// No code is wider, in metres: islands have no neighbours.
const WIDEST: f64 = 60_000.0;

/// A code reaches to the third nearest middle of others where people live, and a quarter farther. Of 362 animals whose
/// code and point two shelters have published, that holds for 97 in 100; a fixed 5 km, for 88.
fn measure(codes: &mut [Code]) {
    let mut middles: Vec<(i32, i32)> = codes
        .iter()
        .filter(|code| code.is_inhabited)
        .map(Code::middle)
        .collect();
    middles.sort_unstable();
    middles.dedup();
    for code in codes {
        let third = neighbours(&middles, code.middle()).last().copied().unwrap_or(WIDEST);
        code.reach = (third * MARGIN).clamp(NARROWEST, WIDEST);
    }
}

/// The distances of the nearest other middles, in order. Those are looked through by latitude, to both sides, until all
/// others are farther to the north or south alone.
fn neighbours(middles: &[(i32, i32)], at: (i32, i32)) -> Vec<f64> {
    let mut nearest = vec![f64::MAX; NEIGHBOURS];
    let start = middles.partition_point(|middle| *middle < at);
    let (south, north) = middles.split_at(start);
    for side in [
        &mut south.iter().rev() as &mut dyn Iterator<Item = &(i32, i32)>,
        &mut north.iter(),
    ] {
        for middle in side.filter(|middle| **middle != at) {
            if nearest[NEIGHBOURS - 1] < meters(at, (middle.0, at.1)) {
                break;
            }
            nearest.push(meters(at, *middle));
            nearest.sort_by(f64::total_cmp);
            nearest.truncate(NEIGHBOURS);
        }
    }
    nearest
}

/// The distance of two points given in 1/10,000 degree: on a plane, which is good enough for some kilometres.
fn meters(from: (i32, i32), to: (i32, i32)) -> f64 {
    let degrees = |one: i32, other: i32| f64::from(one - other) / 10_000.0;
    let shrink = (f64::from(from.0) / 10_000.0).to_radians().cos();
    111_195.0 * degrees(from.0, to.0).hypot(degrees(from.1, to.1) * shrink)
}

fn pack(codes: &[Code]) -> Result<Vec<u8>, Box<dyn Error>> {
    let names = Names::of(codes);
    let towns = towns(codes);
    let mut table = Vec::new();
    let inhabited = inhabited_by_latitude(codes)?;
    for count in [codes.len(), towns.len(), inhabited.len(), names.spellings.len()] {
        table.extend(u32::try_from(count)?.to_le_bytes());
    }
    for code in codes {
        table.extend(code.code.to_le_bytes());
        table.extend(code.latitude.to_le_bytes());
        table.extend(code.longitude.to_le_bytes());
        table.extend(names.number(&town_name::key(&code.town))?.to_le_bytes());
        table.extend([code.state, u8::from(code.is_inhabited), reach::packed(code.reach)]);
    }
    for ((state, key), town) in towns {
        table.extend(names.number(&key)?.to_le_bytes());
        table.extend(town.codes.to_le_bytes());
        table.extend(town.latitude.to_le_bytes());
        table.extend(town.longitude.to_le_bytes());
        table.extend([state, reach::packed(town.reach)]);
    }
    table.extend(inhabited.into_iter().flat_map(u16::to_le_bytes));
    names.write(&mut table)?;
    Ok(table)
}

/// The places in `codes` of those where people live, from south to north.
fn inhabited_by_latitude(codes: &[Code]) -> Result<Vec<u16>, Box<dyn Error>> {
    let mut places: Vec<usize> = (0..codes.len()).filter(|place| codes[*place].is_inhabited).collect();
    places.sort_by_key(|place| codes[*place].latitude);
    Ok(places.into_iter().map(u16::try_from).collect::<Result<_, _>>()?)
}

struct Town {
    latitude: i32,
    longitude: i32,
    /// Number of postal codes that bear its name in the first place.
    codes: u16,
    /// How far its addresses may be from its middle, in metres.
    reach: f64,
}

fn towns(codes: &[Code]) -> BTreeMap<(u8, String), Town> {
    let mut members: BTreeMap<(u8, String), Vec<&Code>> = BTreeMap::new();
    for code in codes {
        let keys: BTreeSet<String> = code.names.iter().map(|name| town_name::key(name)).collect();
        for key in keys {
            members.entry((code.state, key)).or_default().push(code);
        }
    }
    members
        .into_iter()
        .map(|((state, key), members)| {
            let town = town(&key, members);
            ((state, key), town)
        })
        .collect()
}

/// A town lies in the middle of its postal codes where people live, or of all if there are no such.
fn town(key: &str, mut members: Vec<&Code>) -> Town {
    let named = members.iter().filter(|code| town_name::key(&code.town) == key);
    let codes = u16::try_from(named.count()).unwrap_or(u16::MAX);
    if members.iter().any(|code| code.is_inhabited) {
        members.retain(|code| code.is_inhabited);
    }
    let mean = |coordinate: fn(&Code) -> i32| {
        let sum: i64 = members.iter().map(|code| i64::from(coordinate(code))).sum();
        (sum / members.len() as i64) as i32
    };
    let (latitude, longitude) = (mean(|code| code.latitude), mean(|code| code.longitude));
    let reaches = members
        .iter()
        .map(|code| meters((latitude, longitude), code.middle()) + code.reach);
    Town {
        latitude,
        longitude,
        codes,
        reach: reaches.fold(0.0, f64::max),
    }
}

/// Every name once, in the order of the keys, in its most usual spelling.
struct Names {
    spellings: BTreeMap<String, String>,
    numbers: BTreeMap<String, u16>,
}

impl Names {
    fn of(codes: &[Code]) -> Self {
        let mut uses: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for name in codes.iter().flat_map(|code| &code.names) {
            *uses.entry(town_name::key(name)).or_default().entry(name).or_default() += 1;
        }
        let spellings: BTreeMap<String, String> = uses
            .into_iter()
            .filter_map(|(key, spellings)| {
                let (most_used, _) = spellings.into_iter().max_by_key(|&(_, count)| count)?;
                Some((key, most_used.to_owned()))
            })
            .collect();
        let numbers = spellings.keys().cloned().zip(0..=u16::MAX).collect();
        Self { spellings, numbers }
    }

    fn number(&self, key: &str) -> Result<u16, String> {
        self.numbers
            .get(key)
            .copied()
            .ok_or_else(|| format!("there are too many names for {key}"))
    }

    fn write(&self, table: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
        write_texts(self.spellings.keys(), table)?;
        write_texts(self.spellings.values(), table)
    }
}

/// Where each text begins, where the last one ends, and then the texts.
fn write_texts<'a>(texts: impl Iterator<Item = &'a String> + Clone, table: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let mut at = 0;
    for text in texts.clone() {
        table.extend(u32::try_from(at)?.to_le_bytes());
        at += text.len();
    }
    table.extend(u32::try_from(at)?.to_le_bytes());
    texts.for_each(|text| table.extend(text.as_bytes()));
    Ok(())
}
