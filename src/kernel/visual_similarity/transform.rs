//! The low-frequency components of a picture, from a discrete cosine transform.

use std::{f32::consts::PI, sync::LazyLock};

/// Side length in pixels of the square in which pictures are compared. A multiple of ten, so that a tenth is a whole
/// number of pixels.
pub const SIDE: usize = 80;
/// Number of frequency components of a window that make up its hash.
const BITS: usize = 128;
/// Number of components in a key from each of the two kinds, symmetric and antisymmetric.
pub(super) const KEY_BITS_EACH: usize = 16;
/// Components have 0 to 13 half periods across; the 128 lowest combinations use at most 12.
const FREQUENCIES: usize = 14;
/// Below this amplitude, in brightness levels of 0 to 255, a component cannot be distinguished from rounding errors.
const LEAST_AMPLITUDE: f32 = 0.1;

/// A rectangular part of the square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// First column and first row.
    pub from: (usize, usize),
    /// Columns and rows: [`SIDE`], or nine tenths of it.
    pub size: (usize, usize),
}

/// The amplitudes of all frequencies at one position in a line.
type Waves = [f32; FREQUENCIES];

static WHOLE: LazyLock<Vec<Waves>> = LazyLock::new(|| waves(SIDE));
static PART: LazyLock<Vec<Waves>> = LazyLock::new(|| waves(SIDE - SIDE / 10));
/// Half periods across and down of the components of a hash, without the mean. Those of the key come first, see
/// [`order`].
static ORDER: LazyLock<Vec<(usize, usize)>> = LazyLock::new(order);
/// Bits of the components in [`ORDER`] whose sign a mirror image reverses.
pub(super) static MIRRORED: LazyLock<u128> = LazyLock::new(|| bits(ORDER.iter().map(|(across, _)| across % 2 == 1)));

/// The basis of the cosine transform (DCT-II) for lines of this length.
fn waves(length: usize) -> Vec<Waves> {
    let wave = |place: usize, frequency: usize| {
        let angle = PI * (place as f32 + 0.5) * frequency as f32 / length as f32;
        angle.cos()
    };
    (0..length)
        .map(|place| std::array::from_fn(|frequency| wave(place, frequency)))
        .collect()
}

/// The 128 lowest frequencies. First the 16 lowest that a mirror image leaves unchanged, then the 16 lowest whose sign
/// it reverses, then the rest in ascending order.
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

/// Packs bits into a number, the first one lowest.
fn bits(of: impl Iterator<Item = bool>) -> u128 {
    of.zip(0..)
        .fold(0, |bits, (bit, place)| bits | (u128::from(bit) << place))
}

/// The amplitudes of all components in a window.
pub(super) struct Spectrum {
    /// Sums over the window, indexed by frequency down, then across; the mean comes first.
    sums: [Waves; FREQUENCIES],
    /// Number of pixels in the window.
    pixels: usize,
}

impl Spectrum {
    /// Transforms one window of a square of [`SIDE`] × [`SIDE`] brightness values, given row by row.
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

    /// The sign of each component. Signs stay the same when a picture is brightened, faded, scaled down or
    /// recompressed.
    pub fn signs(&self) -> u128 {
        bits(self.in_order().map(|(_, sum)| 0.0 < sum))
    }

    /// Number of components that stand out from rounding errors.
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
