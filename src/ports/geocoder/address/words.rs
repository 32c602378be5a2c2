//! The words of an address, cut where its parts end.

use geometry::written_point;

use super::postal_code;

/// The parts of an address, none of them empty, each as its words.
pub(super) type Parts<'a> = Vec<Vec<&'a str>>;

/// What an address is made of besides names; such a word after a number says that the number is that of a house.
const STREET: [&str; 60] = [
    "alley",
    "aly",
    "apt",
    "av",
    "ave",
    "avenue",
    "bend",
    "blk",
    "block",
    "blvd",
    "boulevard",
    "bypass",
    "cir",
    "circle",
    "court",
    "cove",
    "crossing",
    "ct",
    "cv",
    "dr",
    "drive",
    "expressway",
    "expy",
    "fm",
    "freeway",
    "fwy",
    "hwy",
    "highway",
    "ih",
    "lane",
    "ln",
    "loop",
    "parkway",
    "pass",
    "path",
    "pike",
    "pkwy",
    "pl",
    "place",
    "plaza",
    "rd",
    "ridge",
    "road",
    "route",
    "rte",
    "run",
    "sh",
    "sq",
    "square",
    "st",
    "street",
    "ter",
    "terrace",
    "trail",
    "trl",
    "tunnel",
    "us",
    "walk",
    "way",
    "xing",
];
const DIRECTIONS: [&str; 16] = [
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];
const ENTITIES: [(&str, &str); 6] = [
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&#39;", "'"),
    ("&quot;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
];

/// An address without what programs leave in it: coordinates, marks of HTML, line ends that were written as `\n`, and a
/// postal code that sticks to the word before it.
pub(super) fn plain(text: &str) -> String {
    let mut text = without_coordinates(text);
    for (entity, meaning) in ENTITIES {
        text = text.replace(entity, meaning);
    }
    for line_end in ["\\n", "\\r", "\\t"] {
        text = text.replace(line_end, "\n");
    }
    let words = without_tags(&text);
    let words = words.split_inclusive(char::is_whitespace);
    words.map(unstuck).collect()
}

/// Cuts at commas, brackets, line ends and the like; a dash counts if it stands alone.
pub(super) fn parts(plain: &str) -> Parts<'_> {
    let cuts = [',', '(', ')', '[', ']', ';', ':', '|', '!', '?', '"', '\n', '\r'];
    let parts = plain.split(cuts).flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words
            .split(|word| ["-", "–", "—"].contains(word))
            .map(<[&str]>::to_vec)
            .collect::<Vec<_>>()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a word is a kind of street, a direction, or a number such as `5th`.
pub(super) fn is_of_a_street(word: &str) -> bool {
    let word = bare(word);
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    STREET.contains(&word.as_str())
        || DIRECTIONS.contains(&word.as_str())
        || ordinal.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word is a direction, such as `N` or `north`.
pub(super) fn is_direction(word: &str) -> bool {
    DIRECTIONS.contains(&bare(word).as_str())
}

/// A word in lower case without dots.
pub(super) fn bare(word: &str) -> String {
    word.to_lowercase().replace('.', "")
}

fn without_coordinates(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(written) = written_point(&text) {
        text.replace_range(written.range, ",");
    }
    text
}

fn without_tags(text: &str) -> String {
    let mut pieces = text.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |before, piece| match piece.split_once('>') {
        Some((_, after)) => before + "\n" + after,
        None => before + " " + piece,
    })
}

/// `AUSTIN78704` and `TX-78704` as two words.
fn unstuck(word: &str) -> String {
    let stuck = word
        .find(|letter: char| letter.is_ascii_digit())
        .and_then(|at| word.split_at_checked(at));
    let Some((name, code)) = stuck else {
        return word.to_owned();
    };
    let name = name.trim_end_matches(['-', '.']);
    let letters = name.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let is_name = 1 < letters.len() && letters.chars().all(char::is_alphabetic);
    let digits = code.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    match is_name && postal_code(digits).is_some() {
        true => format!("{name} {code}"),
        false => word.to_owned(),
    }
}
