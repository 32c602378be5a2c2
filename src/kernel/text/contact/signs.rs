//! Characters and words that stand for digits, dots and the like.

/// The zero digits of commonly typed scripts, each followed by its digits 1 to 9.
const ZEROS: [u32; 17] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
    0xff10,
];

/// Whether the character is a decimal digit in one of these scripts.
pub(super) fn is_digit(c: char) -> bool {
    let code = u32::from(c);
    ZEROS.iter().any(|zero| (*zero..zero + 10).contains(&code)) || (0x1d7ce..=0x1d7ff).contains(&code)
}

/// Whether the character is invisible, or only changes how the previous one looks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{feff}'
    )
}

/// Length of one of the words at the beginning of the text, in any case, if the word ends there.
pub(super) fn word(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().map(|word| word.len()).find(|length| {
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        text.get(*length..).is_some_and(ends)
            && text
                .get(..*length)
                .is_some_and(|start| words.iter().any(|word| start.eq_ignore_ascii_case(word)))
    })
}

/// Length of such a word between brackets, hyphens or underscores, including blanks inside and around them. Without
/// such a frame the word has to be between blanks.
pub(super) fn spelled(text: &str, words: &[&str]) -> Option<Spelled> {
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\u{a0}', '\t']).len();
    let is_edge = |c: char| "([{<)]}>-_".contains(c);
    let edge = |text: &str| text.chars().next().filter(|c| is_edge(*c)).map_or(0, char::len_utf8);
    let mut length = blanks(text);
    let opening = edge(text.get(length..)?);
    length += opening;
    length += blanks(text.get(length..)?);
    let has_blank = 0 < length - opening;
    length += word_before_edge(text.get(length..)?, words)?;
    let after = blanks(text.get(length..)?);
    let closing = edge(text.get(length + after..)?);
    length += after + closing;
    length += blanks(text.get(length..)?);
    let is_framed = 0 < opening && 0 < closing;
    (is_framed || (opening + closing == 0 && has_blank && 0 < after)).then_some(Spelled { length, is_framed })
}

/// A word that stands for a character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelled {
    /// Length in bytes, including its frame and blanks.
    pub length: usize,
    /// Whether it is between brackets or the like, which people only do to disguise a character.
    pub is_framed: bool,
}

/// Like [`word`], but `.` and `@` count as words too.
fn word_before_edge(text: &str, words: &[&str]) -> Option<usize> {
    word(text, words).or_else(|| {
        let sign = text.chars().next()?;
        let is_one = words.iter().any(|word| word.len() == 1 && word.starts_with(sign));
        is_one.then(|| sign.len_utf8())
    })
}
