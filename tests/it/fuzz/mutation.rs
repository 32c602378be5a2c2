//! Changes inputs as accidents and attackers do: a few small changes at a time, out of what was sent before.

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

/// Inputs of interest are kept to be changed again; so many at most.
const KEPT: usize = 2_000;
/// Bytes of all of them together, at most: two thousand long ones would hide what the reader itself holds on to.
const KEPT_BYTES: usize = 16 * 1024 * 1024;
/// Texts that break readers of texts.
const AWKWARD: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "\u{1f415}",
    "\r\n",
    "\\",
    "\"",
    "'",
    "%00",
    "%",
    "-1",
    "0",
    "1e999",
    "9223372036854775808",
    "340282366920938463463374607431768211456",
    "NaN",
    "null",
    "[",
    "{",
    "]",
    "}",
    ",",
    ";",
    "\t",
    "ﬃ",
    "İ",
];

/// Makes inputs out of a corpus, the same ones for the same seed.
pub struct Mutator {
    random: StdRng,
    corpus: Vec<Vec<u8>>,
    /// Of the corpus.
    bytes: usize,
    words: Vec<String>,
    longest: usize,
}

impl Mutator {
    /// A mutator of these inputs. `words` are pieces of their language; no input gets longer than `longest` bytes.
    pub fn new(seed: u64, corpus: Vec<Vec<u8>>, words: Vec<String>, longest: usize) -> Self {
        let words = words.into_iter().chain(AWKWARD.iter().map(|&word| word.to_owned()));
        Self {
            random: StdRng::seed_from_u64(seed),
            bytes: corpus.iter().map(Vec::len).sum(),
            corpus,
            words: words.collect(),
            longest,
        }
    }

    /// The next input.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.known();
        for _ in 0..self.random.random_range(0..6) {
            self.change(&mut input);
        }
        input.truncate(self.longest);
        input
    }

    /// Keeps an input that led somewhere new; others go if there is no room.
    pub fn keep(&mut self, input: Vec<u8>) {
        self.bytes += input.len();
        self.corpus.push(input);
        while KEPT < self.corpus.len() || KEPT_BYTES < self.bytes {
            let place = self.random.random_range(0..self.corpus.len());
            self.bytes -= self.corpus.swap_remove(place).len();
        }
    }

    fn known(&mut self) -> Vec<u8> {
        self.corpus.choose(&mut self.random).cloned().unwrap_or_default()
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (from, to) = self.range(input.len());
        match self.random.random_range(0..10) {
            0 if from < input.len() => input[from] ^= 1 << self.random.random_range(0..8),
            1 if from < input.len() => input[from] = self.random.random(),
            2 => drop(input.drain(from..to)),
            3 => input.truncate(from),
            4 => {
                let times = 1 << self.random.random_range(0..8);
                let piece = input[from..to].repeat(times);
                put(input, from, &piece[..piece.len().min(self.longest)]);
            }
            5 => {
                let other = self.known();
                let (start, end) = self.range(other.len());
                put(input, from, &other[start..end]);
            }
            6 => {
                let other = self.known();
                let (start, _) = self.range(other.len());
                input.truncate(from);
                input.extend(&other[start..]);
            }
            7 => input[from..to].reverse(),
            _ => {
                let word = self.words.choose(&mut self.random).cloned().unwrap_or_default();
                input.drain(from..to.min(from + self.random.random_range(0..4)));
                put(input, from, word.as_bytes());
            }
        }
    }

    /// Two places in an input of this length, the second mostly near the first.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.random.random_range(0..=length);
        let reach = 1 << self.random.random_range(0..10);
        (from, length.min(from + self.random.random_range(0..=reach)))
    }
}

fn put(input: &mut Vec<u8>, place: usize, piece: &[u8]) {
    input.splice(place..place, piece.iter().copied());
}

#[test]
fn what_is_kept_has_a_bound() {
    let mut mutator = Mutator::new(1, vec![b"first".to_vec()], Vec::new(), 80 * 1024);
    for _ in 0..KEPT {
        mutator.keep(vec![b'x'; 80 * 1024]);
    }
    assert!(mutator.bytes <= KEPT_BYTES);
    for _ in 0..2 * KEPT {
        mutator.keep(b"short".to_vec());
    }
    assert_eq!(mutator.corpus.len(), KEPT);
    assert_eq!(mutator.bytes, mutator.corpus.iter().map(Vec::len).sum::<usize>());
}
