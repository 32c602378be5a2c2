//! One sentence on a match, from its strongest reasons.

use super::Factor;

/// Number of traits that the sentence names as equal, and of reasons against.
const MOST_FOR: usize = 4;
const MOST_AGAINST: usize = 2;
/// Weights between these are not worth mentioning.
const TELLING: (f64, f64) = (-0.4, 0.15);

/// The strongest reasons for a match and the strongest against it, in one sentence for people. It says nothing that the
/// factors' own sentences do not say.
pub fn summary(factors: &[Factor]) -> String {
    let strongest = |is_wanted: &dyn Fn(&Factor) -> bool, most: usize| {
        let mut found: Vec<&Factor> = factors.iter().filter(|factor| is_wanted(factor)).collect();
        found.sort_by(|one, two| two.weight.abs().total_cmp(&one.weight.abs()));
        found.truncate(most);
        found
    };
    let good = strongest(
        &|factor| TELLING.1 < factor.weight && !is_place_or_time(factor),
        MOST_FOR,
    );
    let bad = strongest(
        &|factor| factor.weight < TELLING.0 && !is_place_or_time(factor),
        MOST_AGAINST,
    );
    let circumstances = factors.iter().filter(|factor| is_place_or_time(factor));
    let (near, far): (Vec<&Factor>, Vec<&Factor>) = circumstances.partition(|factor| TELLING.0 <= factor.weight);

    let mut parts = agreements(&good);
    parts.extend(near.iter().filter_map(|factor| circumstance(factor)).map(str::to_owned));
    let mut against: Vec<String> = bad
        .iter()
        .filter_map(|factor| objection(factor))
        .map(str::to_owned)
        .collect();
    against.extend(
        far.iter()
            .filter_map(|factor| circumstance(factor))
            .map(|words| format!("they were seen {words}")),
    );
    sentence(&parts.join(", "), &listed(&against))
}

fn sentence(good: &str, bad: &str) -> String {
    match (good.is_empty(), bad.is_empty()) {
        (true, true) => "Little is known of either report.".to_owned(),
        (false, true) => format!("{}.", capital(good)),
        (true, false) => format!("{}.", capital(bad)),
        (false, false) => format!("{}; but {bad}.", capital(good)),
    }
}

/// What agrees: things of their own first, then the traits in one phrase.
fn agreements(good: &[&Factor]) -> Vec<String> {
    let own = good.iter().filter_map(|factor| match factor.name {
        "photo" if factor.explanation.contains("same picture") => Some("the same picture"),
        "photo" => Some("photos that look alike"),
        "marks" => Some("shared marks"),
        _ => None,
    });
    let is_same =
        |factor: &&&Factor| !factor.explanation.starts_with("Some ") && !factor.explanation.contains("confused");
    let same: Vec<String> = good.iter().filter(is_same).filter_map(|factor| noun(factor)).collect();
    let alike: Vec<String> = good
        .iter()
        .filter(|factor| !is_same(factor))
        .filter_map(|factor| noun(factor))
        .collect();
    let phrase = |word: &str, nouns: Vec<String>| (!nouns.is_empty()).then(|| format!("{word} {}", listed(&nouns)));
    phrase("same", same)
        .into_iter()
        .chain(phrase("similar", alike))
        .chain(own.map(str::to_owned))
        .collect()
}

fn noun(factor: &Factor) -> Option<String> {
    let noun = match factor.name {
        "microchip" => "microchip",
        "sex" => "sex",
        "color" => "colors",
        "pattern" => "pattern",
        "breed" if factor.explanation.starts_with("They share") => "breed in the mix",
        "breed" => "breed",
        "size" => "size",
        "coat" => "coat",
        "age" => "age",
        "name" => "name",
        _ => return None,
    };
    Some(noun.to_owned())
}

fn objection(factor: &Factor) -> Option<&'static str> {
    Some(match factor.name {
        "microchip" => "the microchips differ",
        "sex" => "the sexes differ",
        "altered" => "only one is spayed or neutered",
        "color" => "the colors differ",
        "pattern" => "the patterns differ",
        "breed" => "the breeds differ",
        "size" => "the sizes differ",
        "coat" => "the coats differ",
        "age" => "the ages differ",
        "marks" => "a mark is on the other side",
        "photo" => "the photos do not look alike",
        _ => return None,
    })
}

fn is_place_or_time(factor: &Factor) -> bool {
    ["distance", "time"].contains(&factor.name)
}

/// The sentence on place or time without its beginning: "0.4 miles apart".
fn circumstance(factor: &Factor) -> Option<&str> {
    let words = factor.explanation.strip_prefix("Seen ")?.strip_suffix('.')?;
    let words = words.split(", ").next()?;
    Some(words.strip_prefix("about ").unwrap_or(words))
}

/// "a", "a and b", "a, b and c".
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}
