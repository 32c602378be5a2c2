//! Decides which spellings of a town's name are equal. The build script sorts the table by it and the program searches
//! by it, so both compile this file.

/// The name in lower case, without punctuation, words separated by one space, and what the post abbreviates written out:
/// `St. Louis` and `SAINT LOUIS` are the same town.
pub fn key(name: &str) -> String {
    let plain = plain(name);
    let words: Vec<&str> = plain.split(' ').map(written_out).collect();
    words.join(" ")
}

/// The name in lower case, without punctuation, words separated by one space.
pub fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|character| !matches!(character, '.' | '\''))
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

fn written_out(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "ft" => "fort",
        "mt" => "mount",
        "mtn" => "mountain",
        "n" => "north",
        "s" => "south",
        "e" => "east",
        "w" => "west",
        "bch" => "beach",
        "crk" => "creek",
        "hts" => "heights",
        "jct" => "junction",
        "lk" => "lake",
        "spgs" => "springs",
        "vly" => "valley",
        _ => word,
    }
}
