//! Measures the search among a million embeddings: time, and how many of the exact twenty nearest it finds.
//!
//! `cargo run --release -p visual-similarity --example vector_search [PHOTOS]`
//!
//! The embeddings are invented: animals with five photos each, whose cosines are those that were measured with real
//! photos (about 0.65 for one animal, 0.1 ± 0.1 for two), with most of their length in the first directions.

use std::time::{Duration, Instant};

use visual_similarity::{PhotoVector, VectorIndex};

const DIMENSIONS: usize = 512;
const PHOTOS_EACH: usize = 5;
const QUERIES: usize = 50;
const NEAREST: usize = 20;

/// A generator of numbers (xorshift) that is the same in every run.
struct Dice(u64);

impl Dice {
    /// Nearly normal: the sum of four uniform numbers.
    fn normal(&mut self) -> f32 {
        let uniform = |dice: &mut Self| {
            dice.0 ^= dice.0 << 13;
            dice.0 ^= dice.0 >> 7;
            dice.0 ^= dice.0 << 17;
            (dice.0 >> 40) as f32 / (1 << 24) as f32
        };
        ((0..4).map(|_| uniform(self)).sum::<f32>() - 2.0) * 1.7
    }

    fn direction(&mut self) -> Vec<f32> {
        let falling = |place: usize| (1.0 + place as f32 / 16.0).powf(-0.5);
        (0..DIMENSIONS).map(|place| self.normal() * falling(place)).collect()
    }
}

fn sum(parts: &[(&[f32], f32)]) -> Vec<f32> {
    (0..DIMENSIONS)
        .map(|at| parts.iter().map(|(part, weight)| part[at] * weight).sum())
        .collect()
}

fn main() {
    let photos: usize = std::env::args()
        .nth(1)
        .map_or(1_000_000, |text| text.parse().expect("a number"));
    let mut dice = Dice(0x5EED);
    let common = dice.direction();
    let mut index = VectorIndex::default();
    let mut vectors = Vec::with_capacity(photos);
    let start = Instant::now();
    let mut building = Duration::ZERO;
    for animal in 0..photos / PHOTOS_EACH {
        let own = dice.direction();
        for _ in 0..PHOTOS_EACH {
            let picture = dice.direction();
            let vector = sum(&[(&common, 0.35), (&own, 0.8), (&picture, 0.65)]);
            let vector = PhotoVector::of(&vector).expect("a direction");
            let begun = Instant::now();
            index.put(animal, (), &vector);
            building += begun.elapsed();
            vectors.push((animal, vector));
        }
    }
    println!(
        "{photos} photos invented in {:.0?}, of which the index took {building:.0?}",
        start.elapsed()
    );

    let (mut times, mut found, mut expected) = (Vec::new(), 0, 0);
    let mut cosines = [Vec::new(), Vec::new()];
    for query in 0..QUERIES {
        let (animal, vector) = &vectors[query * (vectors.len() / QUERIES)];
        let begun = Instant::now();
        let nearest = index.nearest(vector, NEAREST, |key, ()| key != *animal);
        times.push(begun.elapsed());
        let exact = exact(&vectors, vector, *animal);
        expected += exact.len();
        found += exact
            .iter()
            .filter(|key| nearest.iter().any(|(near, _)| near == *key))
            .count();
        for (other, photo) in vectors
            .iter()
            .take(2_000)
            .chain(&vectors[query * (vectors.len() / QUERIES)..][1..3])
        {
            cosines[usize::from(other == animal)].push(vector.cosine(photo));
        }
    }
    times.sort_unstable();
    println!(
        "search: {:.1?} at best, {:.1?} median, {:.1?} at worst",
        times[0],
        times[QUERIES / 2],
        times[QUERIES - 1]
    );
    println!("recall@{NEAREST}: {:.4}", found as f64 / expected as f64);
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    println!(
        "cosines: {:.2} of one animal, {:.2} of two",
        mean(&cosines[1]),
        mean(&cosines[0])
    );
}

/// The reports of the nearest photos by a plain scan.
fn exact(vectors: &[(usize, PhotoVector)], query: &PhotoVector, except: usize) -> Vec<usize> {
    let mut ranked: Vec<(f32, usize)> = vectors
        .iter()
        .filter(|(animal, _)| *animal != except)
        .map(|(animal, photo)| (query.cosine(photo), *animal))
        .collect();
    ranked.sort_unstable_by(|one, two| two.0.total_cmp(&one.0));
    let mut seen = Vec::new();
    for (_, animal) in ranked {
        if !seen.contains(&animal) {
            seen.push(animal);
        }
        if seen.len() == NEAREST {
            break;
        }
    }
    seen
}
