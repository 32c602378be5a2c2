//! What befalls files on their way.

/// Pieces that mean something to a reader of tables and lists.
const PIECES: [&str; 27] = [
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "\":",
    "\\u12",
    "é",
    "1/2/26",
    "99999999999999999999",
    "-1",
    "9.82E+14",
    "species",
    "Animal ID",
    "=cmd()",
    "'",
    "<br>",
];

/// The longest damaged file in bytes.
const LONGEST: usize = 64 * 1024;

/// A generator of numbers (xorshift) that is the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below that one.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The file after one to six accidents.
pub fn damaged(file: &[u8], others: &[&[u8]], dice: &mut Dice) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..=dice.below(6) {
        befall(&mut file, others, dice);
        file.truncate(LONGEST);
    }
    file
}

fn befall(file: &mut Vec<u8>, others: &[&[u8]], dice: &mut Dice) {
    let length = file.len();
    let at = dice.below(length + 1);
    let piece_of = |bytes: &[u8], dice: &mut Dice| {
        let from = dice.below(bytes.len() + 1);
        let to = (from + 1 + dice.below(400)).min(bytes.len());
        bytes[from.min(to)..to].to_vec()
    };
    match dice.below(9) {
        0 => file.truncate(at),
        1 => {
            let piece = piece_of(file, dice);
            file.splice(at..at, piece);
        }
        2 => {
            let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(3));
            file.splice(at..at, piece.into_bytes());
        }
        3 => {
            let other = others[dice.below(others.len())];
            let piece = piece_of(other, dice);
            file.splice(at..at, piece);
        }
        4 => drop(file.drain(at..(at + dice.below(60)).min(length))),
        5 if at < length => file[at] = dice.below(256) as u8,
        6 => swap_cells(file, dice),
        7 => {
            let piece = piece_of(file, dice);
            file.extend(piece.repeat(1 + dice.below(60)));
        }
        _ => {
            let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(2000));
            file.splice(at..at, piece.into_bytes());
        }
    }
}

fn swap_cells(file: &mut Vec<u8>, dice: &mut Dice) {
    let separator = [b',', b';', b'\t', b'\n'][dice.below(4)];
    let mut cells: Vec<Vec<u8>> = file.split(|byte| *byte == separator).map(<[u8]>::to_vec).collect();
    let (one, other) = (dice.below(cells.len()), dice.below(cells.len()));
    cells.swap(one, other);
    *file = cells.join(&separator);
}
