//! Which spellings of a town's name are the same. The build script sorts the table with it and the program searches
//! with it, so both compile this file.

/// The name in lower case, without punctuation, its words one space apart, `st`, `ft` and `mt` written out: `St. Louis`
/// and `SAINT LOUIS` are one town.
pub fn key(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|character| !matches!(character, '.' | '\''))
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().map(written_out).collect();
    words.join(" ")
}

fn written_out(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "ft" => "fort",
        "mt" => "mount",
        _ => word,
    }
}
