//! Decides which spellings of a town's name are equal. The build script sorts the table by it and the program searches
//! by it, so both compile this file.

/// The name in lower case, without punctuation, words separated by one space, and `st`, `ft` and `mt` written out:
/// `St. Louis` and `SAINT LOUIS` are the same town.
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
