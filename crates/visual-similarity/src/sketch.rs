//! Sketches of directions: few enough bits that a million are compared in milliseconds.
//!
//! A direction is turned in a way that looks random but is always the same, and each bit is the sign of one of its
//! coordinates. Of two directions the share of bits that differ is then near their angle, as a share of half a turn
//! (Charikar, "Similarity estimation techniques from rounding algorithms", 2002), whatever the model.

/// Number of bits: measured against the exact order of a million directions (`docs/adr/0012-photo-search.md`).
const BITS: usize = 1024;
const WORD: usize = u64::BITS as usize;
/// Number of words in a sketch.
pub(super) const WORDS: usize = BITS / WORD;

/// The signs of a direction's turned coordinates.
pub(super) type Sketch = [u64; WORDS];

/// The sketch of a direction in whole numbers.
pub(super) fn sketch(codes: &[i8]) -> Sketch {
    let length = codes.len().max(BITS).next_power_of_two();
    let mut turned: Vec<i32> = codes.iter().map(|code| i32::from(*code)).collect();
    turned.resize(length, 0);
    let mut signs = Signs(0x9E37_79B9_7F4A_7C15);
    // Once spreads each number over all coordinates; twice also where few numbers are large.
    for _ in 0..2 {
        signs.flip(&mut turned);
        spread(&mut turned);
    }
    let mut sketch = Sketch::default();
    for (word, coordinates) in sketch.iter_mut().zip(turned.chunks(WORD)) {
        *word = coordinates
            .iter()
            .fold(0, |bits, coordinate| bits << 1 | u64::from(0 < *coordinate));
    }
    sketch
}

/// Number of bits by which each of many sketches differs from one. Their words lie in one list for each, so that the
/// compiler compares several sketches at a time.
pub(super) fn bits_apart(from: &Sketch, words: [&[u64]; WORDS], apart: &mut [u16]) {
    apart.fill(0);
    for (from, words) in from.chunks_exact(8).zip(words.chunks_exact(8)) {
        if let (&[fa, fb, fc, fd, fe, ff, fg, fh], &[a, b, c, d, e, f, g, h]) = (from, words) {
            let words = a
                .iter()
                .zip(b)
                .zip(c.iter().zip(d))
                .zip(e.iter().zip(f).zip(g.iter().zip(h)));
            for (apart, (((a, b), (c, d)), ((e, f), (g, h)))) in apart.iter_mut().zip(words) {
                *apart += ones_of([a ^ fa, b ^ fb, c ^ fc, d ^ fd, e ^ fe, f ^ ff, g ^ fg, h ^ fh]);
            }
        }
    }
}

/// Number of ones in eight words. Carry-save adders reduce them to four that have to be counted: without instructions that
/// not every processor has, counting costs most.
fn ones_of([a, b, c, d, e, f, g, h]: [u64; 8]) -> u16 {
    let (ones, first) = sum(a, b, c);
    let (ones, second) = sum(ones, d, e);
    let (ones, third) = sum(ones, f, g);
    let (twos, fours) = sum(first, second, third);
    (ones.count_ones() + h.count_ones() + 2 * twos.count_ones() + 4 * fours.count_ones()) as u16
}

/// Collects the places of the nearest sketches. There are few distances, so counting them tells how far is too far.
pub(super) struct Nearest {
    most: usize,
    found: Vec<(u16, usize)>,
    /// How many were found at each distance below `too_far`.
    counts: Vec<usize>,
    too_far: u16,
    /// The sum of those counts.
    nearer: usize,
}

impl Nearest {
    /// Makes room for this many, and those that are as far away as the last of them.
    pub fn of(most: usize) -> Self {
        Self {
            most,
            found: Vec::new(),
            counts: vec![0; BITS + 1],
            too_far: BITS as u16 + 1,
            nearer: 0,
        }
    }

    /// Whether a sketch at this distance could still be among the nearest.
    pub fn wants(&self, apart: u16) -> bool {
        apart < self.too_far
    }

    /// Offers a sketch; one that is not wanted is ignored.
    pub fn show(&mut self, apart: u16, place: usize) {
        let wanted = self.counts.get_mut(usize::from(apart)).filter(|_| apart < self.too_far);
        let Some(count) = wanted else { return };
        *count += 1;
        self.nearer += 1;
        self.found.push((apart, place));
        while let Some(last) = self.too_far.checked_sub(1) {
            let farthest = self.counts.get(usize::from(last)).copied().unwrap_or_default();
            if self.nearer < self.most + farthest {
                break;
            }
            self.nearer -= farthest;
            self.too_far = last;
        }
    }

    /// The places of the nearest, in the order in which they were offered.
    pub fn places(self) -> Vec<usize> {
        let near = self.found.into_iter().filter(|(apart, _)| *apart < self.too_far);
        near.map(|(_, place)| place).collect()
    }
}

/// The sum of three bits at each place: its lower and its upper bit.
fn sum(a: u64, b: u64, c: u64) -> (u64, u64) {
    let differ = a ^ b;
    (differ ^ c, (a & b) | (differ & c))
}

/// The Walsh–Hadamard transform of a power of two of numbers, scaled so that they stay in range: every result is a sum
/// of all, each added or subtracted.
fn spread(numbers: &mut [i32]) {
    for four in numbers.chunks_exact_mut(4) {
        if let [a, b, c, d] = four {
            let (ab, a_b, cd, c_d) = (*a + *b, *a - *b, *c + *d, *c - *d);
            (*a, *b, *c, *d) = (ab + cd, a_b + c_d, ab - cd, a_b - c_d);
        }
    }
    let mut half = 4;
    while half < numbers.len() {
        for pair in numbers.chunks_exact_mut(2 * half) {
            let (left, right) = pair.split_at_mut(half);
            for (left, right) in left.iter_mut().zip(right) {
                (*left, *right) = (*left + *right, *left - *right);
            }
        }
        half *= 2;
    }
    let root = numbers.len().ilog2() / 2;
    numbers.iter_mut().for_each(|number| *number >>= root);
}

/// A fixed sequence of signs (xorshift; Marsaglia, 2003).
struct Signs(u64);

impl Signs {
    fn flip(&mut self, numbers: &mut [i32]) {
        for number in numbers {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            if self.0 & 1 << 40 != 0 {
                *number = -*number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn distance(one: &Sketch, other: &Sketch) -> u16 {
        let mut apart = [0];
        bits_apart(one, other.each_ref().map(std::slice::from_ref), &mut apart);
        apart[0]
    }

    #[test]
    fn the_share_of_different_bits_tells_the_angle() {
        let axis = |place: usize| -> Vec<i8> { (0..300).map(|at| if at == place { 100 } else { 0 }).collect() };
        let between: Vec<i8> = axis(7).iter().zip(axis(200)).map(|(one, other)| one + other).collect();
        let dense: Vec<i8> = (0..300).map(|at| (at * 37 % 201 - 100) as i8).collect();
        let opposite: Vec<i8> = dense.iter().map(|code| -code).collect();
        let apart = |one: &[i8], other: &[i8]| usize::from(distance(&sketch(one), &sketch(other)));
        assert_eq!(apart(&between, &between), 0);
        assert!((BITS / 4).abs_diff(apart(&axis(7), &between)) < 40);
        assert!((BITS / 2).abs_diff(apart(&axis(7), &axis(200))) < 45);
        assert!(BITS * 9 / 10 < apart(&dense, &opposite));
    }

    proptest! {
        #[test]
        fn bits_are_counted_exactly(one: Sketch, other: Sketch) {
            let each = one.iter().zip(other).map(|(one, other)| (one ^ other).count_ones());

            prop_assert_eq!(u32::from(distance(&one, &other)), each.sum::<u32>());
        }

        #[test]
        fn the_nearest_are_kept_and_those_as_far_as_the_last(apart in proptest::collection::vec(0..20_u16, 0..60), most in 1..9_usize) {
            let mut nearest = Nearest::of(most);
            apart.iter().zip(0..).for_each(|(apart, place)| nearest.show(*apart, place));

            let mut sorted = apart.clone();
            sorted.sort_unstable();
            let last = sorted.get(most - 1).copied().unwrap_or(u16::MAX);
            let expected: Vec<usize> = (0..apart.len()).filter(|place| apart[*place] <= last).collect();
            prop_assert_eq!(nearest.places(), expected);
        }

        #[test]
        fn any_number_of_components_has_a_sketch(codes in proptest::collection::vec(any::<i8>(), 0..9000)) {
            prop_assert_eq!(sketch(&codes), sketch(&codes));
        }
    }
}
