//! Test pictures: synthetic scenes that can be rendered from any view and at any resolution.

use super::SIDE;

/// A bright or dark spot somewhere in the picture.
struct Blob {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    brightness: f32,
}

/// Blobs on a gradient, so that every part of the picture has some brightness.
pub struct Scene {
    blobs: Vec<Blob>,
    slope: (f32, f32),
}

/// The way a scene is rendered.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The parts cropped from left, right, top and bottom, as fractions of the whole.
    pub cut: [f32; 4],
    pub is_mirrored: bool,
    /// Added to every brightness value.
    pub brighter: f32,
    /// Maximum error of a pixel, in brightness levels.
    pub noise: u64,
}

pub const PLAIN: View = View {
    cut: [0.0; 4],
    is_mirrored: false,
    brighter: 0.0,
    noise: 0,
};

/// A deterministic random number generator: the same seed gives the same numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A number between the two.
    pub fn between(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * (self.next() % 100_003) as f32 / 100_003.0
    }
}

impl Scene {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let blob = |_| Blob {
            x: dice.between(0.0, 1.0),
            y: dice.between(0.0, 1.0),
            width: dice.between(0.02, 0.25),
            height: dice.between(0.02, 0.25),
            brightness: dice.between(-80.0, 80.0),
        };
        let blobs = (0..24).map(blob).collect();
        let slope = (dice.between(-30.0, 30.0), dice.between(-30.0, 30.0));
        Self { blobs, slope }
    }

    fn brightness(&self, x: f32, y: f32) -> f32 {
        let blobs = self.blobs.iter().map(|blob| {
            let (across, down) = ((x - blob.x) / blob.width, (y - blob.y) / blob.height);
            blob.brightness * (-(across * across + down * down)).exp()
        });
        128.0 + self.slope.0 * (x - 0.5) + self.slope.1 * (y - 0.5) + blobs.sum::<f32>()
    }

    /// Renders the scene as a square of brightness values.
    pub fn seen(&self, view: View) -> Vec<u8> {
        let [left, right, top, bottom] = view.cut;
        let mut dice = Dice::new(view.noise);
        let mut pixels = Vec::with_capacity(SIDE * SIDE);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let across = (column as f32 + 0.5) / SIDE as f32;
                let across = if view.is_mirrored { 1.0 - across } else { across };
                let down = (row as f32 + 0.5) / SIDE as f32;
                let x = left + across * (1.0 - left - right);
                let y = top + down * (1.0 - top - bottom);
                let noise = (dice.next() % (view.noise + 1)) as f32 - view.noise as f32 / 2.0;
                pixels.push((self.brightness(x, y) + view.brighter + noise).round() as u8);
            }
        }
        pixels
    }
}
