//! The fingerprint of a picture.

use super::transform::{MIRRORED, SIDE, Spectrum, Window};

/// A whole picture and five windows of nine tenths of it: the middle, and all but a tenth at each side.
pub(super) const WINDOWS: usize = 6;

const PART: usize = SIDE - SIDE / 10;
const MARGIN: usize = SIDE - PART;
const AT: [Window; WINDOWS] = [
    window((0, 0), (SIDE, SIDE)),
    window((MARGIN / 2, MARGIN / 2), (PART, PART)),
    window((MARGIN, 0), (PART, SIDE)),
    window((0, 0), (PART, SIDE)),
    window((0, MARGIN), (SIDE, PART)),
    window((0, 0), (SIDE, PART)),
];

/// A picture of which less than half of the waves can be seen is too plain to be recognised: a wall, a gradient.
const LEAST_VISIBLE: usize = 64;

/// Up to so many bits apart, two fingerprints are of one picture. Measured on photos: copies that were packed anew,
/// scaled, made brighter or grey, mirrored or cropped by a tenth are at most 26 bits apart, photos of different animals
/// at least 43 and 54 on average (`docs/adr/0012-photo-search.md`).
pub const SAME_PICTURE: u32 = 32;
/// Bits by which two pictures differ that have nothing in common: half of all.
const UNRELATED: u32 = 64;

/// Number of bytes of a stored fingerprint.
pub const HASH_BYTES: usize = WINDOWS * size_of::<u128>();

/// The fingerprint of a picture: for each window one bit for each of its 128 coarsest waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoHash {
    windows: [u128; WINDOWS],
}

const fn window(from: (usize, usize), size: (usize, usize)) -> Window {
    Window { from, size }
}

impl PhotoHash {
    /// The fingerprint of a square of [`SIDE`] × [`SIDE`] brightnesses, given row by row; `None` when there is too little
    /// to see for being recognised, or another number of them.
    pub fn of(brightness: &[u8]) -> Option<Self> {
        if brightness.len() != SIDE * SIDE {
            return None;
        }
        let spectra = AT.map(|window| Spectrum::of(brightness, window));
        let is_plain = spectra.iter().any(|spectrum| spectrum.visible() < LEAST_VISIBLE);
        (!is_plain).then(|| Self {
            windows: spectra.map(|spectrum| spectrum.signs()),
        })
    }

    /// By how many of 128 bits two pictures differ at least, whichever of them is cropped or mirrored. The same both ways.
    pub fn bits_apart(&self, other: &Self) -> u32 {
        let (own, others) = (self.windows, other.windows);
        let ways = own.iter().take(1).flat_map(|whole| others.map(|part| whole ^ part));
        let other_ways = others.iter().take(1).flat_map(|whole| own.map(|part| whole ^ part));
        ways.chain(other_ways)
            .map(|different| different.count_ones().min((different ^ *MIRRORED).count_ones()))
            .min()
            .unwrap_or(u128::BITS)
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.windows.iter().flat_map(|window| window.to_be_bytes()).collect()
    }

    /// What was stored; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != HASH_BYTES {
            return None;
        }
        let mut windows = [0; WINDOWS];
        for (window, bytes) in windows.iter_mut().zip(bytes.chunks_exact(size_of::<u128>())) {
            *window = u128::from_be_bytes(bytes.try_into().ok()?);
        }
        Some(Self { windows })
    }

    /// The coarsest waves of each window, enough to pass over nearly everything: two bytes for those that look the same
    /// in a mirror, two for those that are turned into their opposite.
    pub(super) fn keys(&self) -> [[u8; 4]; WINDOWS] {
        self.windows.map(|window| (window as u32).to_le_bytes())
    }
}

/// How alike two pictures are by their fingerprints: 1 for the same, 0.5 at [`SAME_PICTURE`], 0 for what has nothing in
/// common.
pub fn similarity(bits_apart: u32) -> f64 {
    f64::from(UNRELATED.saturating_sub(bits_apart)) / f64::from(UNRELATED)
}
