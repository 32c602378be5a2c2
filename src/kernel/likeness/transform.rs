//! The coarse waves that a picture is made of.

use std::{f32::consts::PI, sync::LazyLock};

/// Pictures are compared in a square of so many pixels. A multiple of ten, so that a tenth is a whole number of them.
pub const SIDE: usize = 80;
/// How many of a window's waves make its fingerprint.
const BITS: usize = 128;
/// Waves of each of the two kinds in a key.
pub(super) const KEY_BITS_EACH: usize = 16;
/// Waves of 0 to 13 half periods across; the 128 coarsest of all combinations have at most 12.
const FREQUENCIES: usize = 14;
/// Below this amplitude, in levels of 0 to 255, a wave is not told from rounding.
const LEAST_AMPLITUDE: f32 = 0.1;

/// A part of the square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// First column and first row.
    pub from: (usize, usize),
    /// Columns and rows: [`SIDE`], or nine tenths of it.
    pub size: (usize, usize),
}

/// The amplitude of a wave at one place of a line, for every frequency.
type Waves = [f32; FREQUENCIES];

static WHOLE: LazyLock<Vec<Waves>> = LazyLock::new(|| waves(SIDE));
static PART: LazyLock<Vec<Waves>> = LazyLock::new(|| waves(SIDE - SIDE / 10));
/// Half periods across and down of the waves of a fingerprint, without the mean: those of the key first, see [`order`].
static ORDER: LazyLock<Vec<(usize, usize)>> = LazyLock::new(order);
/// Those of [`ORDER`] that a mirror turns into their opposite.
pub(super) static MIRRORED: LazyLock<u128> = LazyLock::new(|| bits(ORDER.iter().map(|(across, _)| across % 2 == 1)));

/// The basis of the cosine transform (DCT-II) for a line of that length.
fn waves(length: usize) -> Vec<Waves> {
    let wave = |place: usize, frequency: usize| {
        let angle = PI * (place as f32 + 0.5) * frequency as f32 / length as f32;
        angle.cos()
    };
    (0..length)
        .map(|place| std::array::from_fn(|frequency| wave(place, frequency)))
        .collect()
}

/// The 128 coarsest waves. The first 16 are the coarsest that look the same in a mirror, the next 16 the coarsest that
/// are turned into their opposite; the others follow, the coarsest first.
fn order() -> Vec<(usize, usize)> {
    let all = (0..FREQUENCIES).flat_map(|down| (0..FREQUENCIES).map(move |across| (across, down)));
    let mut coarsest: Vec<_> = all.filter(|wave| *wave != (0, 0)).collect();
    coarsest.sort_by_key(|(across, down)| (across * across + down * down, across.abs_diff(*down), *across));
    coarsest.truncate(BITS);
    let (mut same, mut opposite): (Vec<_>, Vec<_>) = coarsest.iter().partition(|(across, _)| across % 2 == 0);
    same.truncate(KEY_BITS_EACH);
    opposite.truncate(KEY_BITS_EACH);
    let key = [same, opposite].concat();
    coarsest.retain(|wave| !key.contains(wave));
    [key, coarsest].concat()
}

/// The first bit is the lowest.
fn bits(of: impl Iterator<Item = bool>) -> u128 {
    of.zip(0..)
        .fold(0, |bits, (bit, place)| bits | (u128::from(bit) << place))
}

/// What there is of each wave in a window.
pub(super) struct Spectrum {
    /// Sums over the window, the mean first; by frequency down, then across.
    sums: [Waves; FREQUENCIES],
    /// Pixels of the window.
    pixels: usize,
}

impl Spectrum {
    /// Transforms a window of a square of [`SIDE`] × [`SIDE`] brightnesses, given row by row.
    pub fn of(brightness: &[u8], window: Window) -> Self {
        let (left, top) = window.from;
        let (width, height) = window.size;
        let mut sums = [[0.0; FREQUENCIES]; FREQUENCIES];
        let rows = brightness.chunks_exact(SIDE).skip(top).take(height);
        for (row, down) in rows.zip(basis(height)) {
            let mut line = [0.0; FREQUENCIES];
            for (level, across) in row.iter().skip(left).zip(basis(width)) {
                add(&mut line, f32::from(*level), across);
            }
            for (sum, share) in sums.iter_mut().zip(down) {
                add(sum, *share, &line);
            }
        }
        Self {
            sums,
            pixels: width * height,
        }
    }

    /// Which waves stand upright and which upside down: it stays when a picture gets brighter, paler, smaller or is
    /// packed anew.
    pub fn signs(&self) -> u128 {
        bits(self.in_order().map(|(_, sum)| 0.0 < sum))
    }

    /// How many waves are more than rounding.
    pub fn visible(&self) -> usize {
        let pixels = self.pixels as f32;
        let is_visible = |((across, down), sum): ((usize, usize), f32)| {
            let even = |frequency: usize| if frequency == 0 { 1.0 } else { 2.0 };
            LEAST_AMPLITUDE <= (sum * even(across) * even(down) / pixels).abs()
        };
        self.in_order().filter(|wave| is_visible(*wave)).count()
    }

    fn in_order(&self) -> impl Iterator<Item = ((usize, usize), f32)> {
        let sum = |(across, down): (usize, usize)| self.sums.get(down).and_then(|sums| sums.get(across));
        ORDER
            .iter()
            .map(move |wave| (*wave, sum(*wave).copied().unwrap_or_default()))
    }
}

fn basis(length: usize) -> &'static [Waves] {
    if length == SIDE { &WHOLE } else { &PART }
}

fn add(sums: &mut Waves, times: f32, waves: &Waves) {
    for (sum, wave) in sums.iter_mut().zip(waves) {
        *sum += times * wave;
    }
}
