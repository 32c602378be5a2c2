//! Splits texts into clauses and words.

/// Share of a field's weight that the same statement in a text has.
pub const TRUST: f64 = 0.5;

/// The words of each clause in lower case, without digits and punctuation.
pub fn clauses(text: &str) -> Vec<Vec<String>> {
    let lower = text.to_lowercase();
    lower
        .split([',', ';', '.', '/', '\n', '&', '+'])
        .map(|clause| {
            let words = clause.split(|letter: char| !letter.is_alphabetic());
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .flat_map(|words| {
            words
                .split(|word| word == "and")
                .map(<[String]>::to_vec)
                .collect::<Vec<_>>()
        })
        .filter(|clause| !clause.is_empty())
        .collect()
}
