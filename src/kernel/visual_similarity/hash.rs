//! The perceptual hash of a picture.

use super::transform::{MIRRORED, SIDE, Spectrum, Window};

/// The whole picture and five crops of nine tenths: the centre, and one for each side that loses a tenth.
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

/// A picture with fewer visible frequency components than this (half of all) is too plain to be recognised: a wall, a
/// gradient.
const LEAST_VISIBLE: usize = 64;

/// Two hashes up to this many bits apart belong to the same picture. Measured on photos: copies that were recompressed,
/// scaled, brightened, turned grey, mirrored or cropped by a tenth differ by at most 26 bits. Photos of different
/// animals differ by at least 43 bits, 54 on average (`docs/adr/0012-photo-search.md`).
pub const SAME_PICTURE: u32 = 32;
/// Expected distance in bits between unrelated pictures: half of all bits.
const UNRELATED: u32 = 64;

/// Length of a stored hash.
pub const HASH_BYTES: usize = WINDOWS * size_of::<u128>();

/// The perceptual hash of a picture: for each window, one bit for each of its 128 lowest frequency components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoHash {
    windows: [u128; WINDOWS],
}

const fn window(from: (usize, usize), size: (usize, usize)) -> Window {
    Window { from, size }
}

impl PhotoHash {
    /// Hashes a square of [`SIDE`] × [`SIDE`] brightness values, given row by row. `None` if the picture is too plain
    /// to be recognised or the number of values is wrong.
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

    /// The smallest distance between two pictures in bits of 128, over all crops and mirrorings. Symmetric.
    pub fn bits_apart(&self, other: &Self) -> u32 {
        let (own, others) = (self.windows, other.windows);
        let ways = own.iter().take(1).flat_map(|whole| others.map(|part| whole ^ part));
        let other_ways = others.iter().take(1).flat_map(|whole| own.map(|part| whole ^ part));
        ways.chain(other_ways)
            .map(|different| different.count_ones().min((different ^ *MIRRORED).count_ones()))
            .min()
            .unwrap_or(u128::BITS)
    }

    /// The stored form, [`HASH_BYTES`] long.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.windows.iter().flat_map(|window| window.to_be_bytes()).collect()
    }

    /// Restores a stored hash; `None` if the length is wrong.
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

    /// The lowest frequencies of each window, enough to rule out almost all pictures: two bytes of components that stay
    /// the same in a mirror image, then two bytes of components that change sign.
    pub(super) fn keys(&self) -> [[u8; 4]; WINDOWS] {
        self.windows.map(|window| (window as u32).to_le_bytes())
    }
}

/// Similarity of two pictures by the distance of their hashes: 1 for the same picture, 0.5 at [`SAME_PICTURE`], 0 for
/// unrelated ones.
pub fn similarity(bits_apart: u32) -> f64 {
    f64::from(UNRELATED.saturating_sub(bits_apart)) / f64::from(UNRELATED)
}
