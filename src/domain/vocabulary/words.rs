//! Splits text into index words, for reports and messages alike, and into search terms.
//!
//! Chinese, Japanese, Thai and other scripts have no spaces between words, so word boundaries are unknown without a
//! dictionary. A run of such letters can therefore be found by any part of it. It is stored as all its pieces of three
//! letters (`駅前で`, `前で白`, …, `す`), and search terms are matched as prefixes of such pieces.

use super::fold;

/// Maximum length of a stored word in characters; the rest is cut off. PostgreSQL refuses words of more than 2,046
/// bytes, and nobody types one of more than 40 letters.
const LONGEST: usize = 40;
/// Number of letters in a piece. Longer pieces would match more precisely, but take more space.
const PIECE: usize = 3;

/// The words of a text in the form in which they are stored, in order.
pub fn stored_words(text: &str) -> Vec<String> {
    parts(text, |run, words| {
        for place in 0..run.len() {
            words.extend(piece(run, place));
        }
    })
}

/// The search terms for a text. A text matches if each term is a prefix of one of its stored words.
pub fn wanted_words(text: &str) -> Vec<String> {
    parts(text, |run, words| {
        let last = run.len().saturating_sub(PIECE);
        for place in (0..last).step_by(PIECE).chain([last]) {
            words.extend(piece(run, place));
        }
    })
}

/// Whether a search term is a piece of a run, which may continue after it.
pub fn is_piece(word: &str) -> bool {
    word.chars().next().is_some_and(runs_on)
}

/// Words of scripts with spaces are returned as they are; each run in other scripts is split by `cut`.
fn parts(text: &str, cut: impl Fn(&[char], &mut Vec<String>)) -> Vec<String> {
    let mut words = Vec::new();
    for word in fold(text).split(' ').filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            words.push(word.chars().take(LONGEST).collect());
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        for part in letters.chunk_by(|one, other| runs_on(*one) == runs_on(*other)) {
            match part.first().copied().is_some_and(runs_on) {
                true => cut(part, &mut words),
                false => words.push(part.iter().take(LONGEST).collect()),
            }
        }
    }
    words
}

fn piece(run: &[char], from: usize) -> Option<String> {
    let rest = run.get(from..)?;
    (!rest.is_empty()).then(|| rest.iter().take(PIECE).collect())
}

/// Letters of scripts without spaces between words, or that, like Korean, join several words.
fn runs_on(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' // Burmese
        | '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' // Korean
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' // Chinese
        | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' // Japanese, Bopomofo
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_found(text: &str, query: &str) -> bool {
        let stored = stored_words(text);
        let wanted = wanted_words(query);
        let begins = |word: &String| stored.iter().any(|known| known.starts_with(word.as_str()));
        !wanted.is_empty() && wanted.iter().all(begins)
    }

    #[test]
    fn words_of_scripts_without_blanks_are_found_wherever_they_stand() {
        for (text, words, others) in [
            (
                "駅前で白い子猫を保護しています",
                ["子猫", "駅前", "白い"],
                ["黒犬", "猫子", "白猫"],
            ),
            (
                "今天在公園看到一隻黑色的小狗",
                ["公園", "黑色的小狗", "狗"],
                ["白色", "園公", "小猫"],
            ),
            ("พบแมวสีส้มใกล้วัดพระแก้ว", ["แมว", "สีส้ม", "วัดพระแก้ว"], ["หมา", "สีดำ", "วมแ"]),
            (
                "강남역에서 흰색강아지를 찾습니다",
                ["강아지", "강남역", "찾습니다"],
                ["고양이", "지강", "검은"],
            ),
            (
                "ガラスの首輪をしたトイプードル",
                ["首輪", "プードル", "ガラス"],
                ["カラス", "輪首", "ドルプ"],
            ),
        ] {
            for word in words {
                assert!(is_found(text, word), "{word} in {text}");
            }
            for word in others {
                assert!(!is_found(text, word), "{word} in {text}");
            }
        }
    }

    #[test]
    fn other_words_stay_whole() {
        assert_eq!(stored_words("Straße 5, O'Malley's"), ["strasse", "5", "omalleys"]);
        assert_eq!(stored_words("東京Tower 12匹"), ["東京", "京", "tower", "12", "匹"]);
        assert_eq!(stored_words(&"x".repeat(50)), ["x".repeat(40)]);
        assert_eq!(wanted_words("hello wörld"), ["hello", "world"]);
        assert_eq!(stored_words(" … "), Vec::<String>::new());
    }

    #[test]
    fn what_is_looked_for_has_few_pieces() {
        assert_eq!(wanted_words("子"), ["子"]);
        assert_eq!(wanted_words("駅前で白"), ["駅前で", "前で白"]);
        assert_eq!(wanted_words("駅前で白い子"), ["駅前で", "白い子"]);
        assert_eq!(wanted_words(&"犬".repeat(200)).len(), 67);
    }

    proptest! {
        #[test]
        fn every_part_of_a_run_is_found(before in "[ a-zぁ-ん一-龠ก-ฮ]{0,12}", part in "[ぁ-ん一-龠ก-ฮ가-힣]{1,12}", after in "[ a-z0-9ぁ-ん一-龠ก-ฮ]{0,12}") {
            let text = format!("{before}{part}{after}");
            prop_assert!(is_found(&text, &part), "{} in {}", part, text);
        }

        #[test]
        fn words_hold_letters_and_digits_only(text in any::<String>()) {
            for word in stored_words(&text).into_iter().chain(wanted_words(&text)) {
                prop_assert!(word.chars().all(char::is_alphanumeric), "{:?}", word);
                prop_assert!((1..=LONGEST).contains(&word.chars().count()));
            }
        }
    }
}
