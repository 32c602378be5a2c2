//! What a claim asks for.

use entity::{pet, vocabulary::PetKind};
use serde::{Deserialize, Serialize};

use crate::{domain::pets, kernel::Result, ports::ids::Ids};

/// The question about a report without private marks.
const GENERAL: &str = "Describe something about the animal that the report does not show.";

/// Words for a note, easy to write by hand and to tell apart.
const WORDS: [&str; 24] = [
    "acorn", "anchor", "basket", "bridge", "candle", "canyon", "clover", "copper", "dragon", "garden", "hammer",
    "island", "jacket", "ladder", "maple", "marble", "orange", "pepper", "pillow", "rocket", "silver", "tunnel",
    "violet", "window",
];
/// What a hand can show beside it.
const GESTURES: [&str; 6] = [
    "one raised finger",
    "two raised fingers",
    "three raised fingers",
    "a raised thumb",
    "an open hand",
    "a closed fist",
];

/// A question with the answer that the report gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    /// Shown to both sides.
    pub question: String,
    /// Shown to the judging side only; `None` if the report has no answer.
    pub expected: Option<String>,
}

/// The questions about a report, at least one.
pub(super) fn questions_about(pet: &pet::Model) -> Result<Vec<Question>> {
    Ok(questions_of(&pets::private_marks(pet)?))
}

/// A question for each private mark: either the one that the mark itself asks, such as `What is on the left hind paw?
/// One white toe`, or a request to describe it.
fn questions_of(marks: &[String]) -> Vec<Question> {
    if marks.is_empty() {
        return vec![Question {
            question: GENERAL.to_owned(),
            expected: None,
        }];
    }
    let count = marks.len();
    let numbered = (1..).zip(marks);
    numbered
        .map(|(number, mark)| question_of(mark, number, count))
        .collect()
}

fn question_of(mark: &str, number: usize, count: usize) -> Question {
    match mark.split_once('?') {
        Some((question, answer)) if !question.trim().is_empty() => Question {
            question: format!("{}?", question.trim()),
            expected: Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()),
        },
        _ => Question {
            question: match count {
                1 => "Describe the mark that the report does not mention.".to_owned(),
                _ => format!("Describe mark {number} of {count} that the report does not mention."),
            },
            expected: Some(mark.to_owned()),
        },
    }
}

/// What a fresh photo has to show: a word and a gesture that nobody can know before. Whoever has lost the animal cannot
/// photograph it, so they show something that belongs to it.
pub(super) fn photo_challenge(claimant_pet: &pet::Model, ids: &dyn Ids) -> String {
    let what = match claimant_pet.kind {
        PetKind::Lost => "something that belongs to the animal, such as its leash, its bed or its papers",
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => "the animal",
    };
    let (word, number, gesture) = (drawn(ids, &WORDS), ids.code(2), drawn(ids, &GESTURES));
    format!(
        "Take a photo of {what} together with a note that says \"{word} {number}\" in your handwriting, and {gesture}."
    )
}

fn drawn<'a>(ids: &dyn Ids, from: &[&'a str]) -> &'a str {
    let number: usize = ids.code(6).parse().unwrap_or(0);
    from.get(number % from.len()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(marks: &[&str]) -> Vec<(String, Option<String>)> {
        let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
        let asked = questions_of(&marks).into_iter();
        asked.map(|asked| (asked.question, asked.expected)).collect()
    }

    #[test]
    fn a_mark_asks_its_own_question_or_is_to_be_described() {
        let described = |number| format!("Describe mark {number} of 3 that the report does not mention.");
        let expected = |text: &str| Some(text.to_owned());

        let questions = asked(&[
            "What is on the left hind paw?  One white toe",
            "a torn ear",
            "Which song?",
        ]);

        assert_eq!(
            questions,
            [
                ("What is on the left hind paw?".to_owned(), expected("One white toe")),
                (described(2), expected("a torn ear")),
                ("Which song?".to_owned(), None),
            ]
        );
    }

    #[test]
    fn a_question_never_gives_the_mark_away() {
        for mark in ["a torn ear", "? a torn ear", "What is it like? a torn ear"] {
            let (question, expected) = asked(&[mark]).remove(0);

            assert!(!question.contains("torn"), "{question}");
            assert!(expected.unwrap().contains("a torn ear"));
        }
    }

    #[test]
    fn a_report_without_private_marks_asks_for_something_that_it_does_not_show() {
        assert_eq!(asked(&[]), [(GENERAL.to_owned(), None)]);
    }
}
