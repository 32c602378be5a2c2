//! The words that a report is found by.
//!
//! Both databases only ever part this text at its blanks and line ends: case, accents and punctuation are taken out, and
//! scripts without blanks are cut into pieces (`vocabulary/words.rs`), so that a word is the same word on both. Its layout is part of what the databases know: step 9 of the migrations
//! takes the names out of it, `search/words.rs` the head.
//!
//! ```text
//! name                             ┐            ┐
//! a breed on each line             ┘ names      │ head
//! (one empty line)                              │
//! colours, marks, collar           ─ marks      ┘
//! (two empty lines)
//! species, "mix", town, region, description
//! ```

use entity::{
    ColorSet, pet,
    vocabulary::{CoatPattern, Color},
};
use sea_orm::{ActiveEnum, ActiveValue, Value};

use pet_vocabulary::stored_words;

/// The public words of a report for its `search_text`: name, breed, colours, marks, collar, species, place, description.
/// Columns that are not set say nothing, so the row must be whole.
pub fn search_text(row: &pet::ActiveModel) -> String {
    let mut names = optional(&row.name);
    for breed in breeds(row) {
        names.push('\n');
        names.push_str(&breed);
    }
    let marks = [
        optional(&row.color_raw),
        color_words(row),
        optional(&row.markings),
        optional(&row.collar),
    ];
    let rest = [
        given(&row.species).map(|species| line(&species.to_value())),
        given(&row.breed_mixed).filter(|mixed| *mixed).map(|_| "mix".to_owned()),
        Some(optional(&row.city)),
        Some(optional(&row.region)),
        Some(optional(&row.description)),
    ];
    format!("{names}\n\n{}\n\n\n{}", lines(marks), lines(rest.into_iter().flatten()))
}

fn line(text: &str) -> String {
    stored_words(text).join(" ")
}

/// The lines that say something, below each other.
fn lines(lines: impl IntoIterator<Item = String>) -> String {
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Both names, and of the words that were given those that are in neither.
fn breeds(row: &pet::ActiveModel) -> impl Iterator<Item = String> {
    let (primary, secondary) = (optional(&row.breed_primary), optional(&row.breed_secondary));
    let given = optional(&row.breed_raw);
    let is_new = |word: &&str| {
        let mut known = primary.split(' ').chain(secondary.split(' '));
        !known.any(|known| known == *word)
    };
    let others = given.split(' ').filter(is_new).collect::<Vec<_>>().join(" ");
    [primary, secondary, others].into_iter().filter(|line| !line.is_empty())
}

/// Colours and pattern of the vocabulary.
fn color_words(row: &pet::ActiveModel) -> String {
    let colors = given(&row.colors).map(ColorSet::colors).unwrap_or_default();
    let colors = colors.into_iter().filter(|color| *color != Color::Other);
    let pattern = given(&row.pattern).filter(|pattern| !matches!(pattern, CoatPattern::Other | CoatPattern::Unknown));
    let words = colors
        .map(|color| color.to_value())
        .chain(pattern.map(|pattern| pattern.to_value()));
    line(&words.collect::<Vec<_>>().join(" "))
}

fn optional(value: &ActiveValue<Option<String>>) -> String {
    given(value).flatten().as_deref().map(line).unwrap_or_default()
}

fn given<T: Clone + Into<Value>>(value: &ActiveValue<T>) -> Option<T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value.clone()),
        ActiveValue::NotSet => None,
    }
}

#[cfg(test)]
mod tests {
    use entity::vocabulary::Species;
    use proptest::prelude::*;
    use sea_orm::ActiveValue::Set;

    use super::*;

    #[test]
    fn the_words_of_a_report_hold_no_secret() {
        let row = pet::ActiveModel {
            name: Set(Some("Sweetie".to_owned())),
            markings: Set(Some("White PAW".to_owned())),
            address: Set(Some("12 Oak Street".to_owned())),
            microchip: Set(Some("982000123456789".to_owned())),
            ..Default::default()
        };

        assert_eq!(search_text(&row), "sweetie\n\nwhite paw\n\n\n");
    }

    #[test]
    fn what_was_given_of_a_breed_stands_beside_its_name_as_far_as_it_says_more() {
        let row = pet::ActiveModel {
            name: Set(Some("Toño".to_owned())),
            species: Set(Species::SmallMammal),
            breed_primary: Set(Some("Guinea Pig".to_owned())),
            breed_raw: Set(Some("Silkie Guinea-Pig".to_owned())),
            breed_mixed: Set(true),
            colors: Set([Color::Black, Color::Other].into_iter().collect()),
            pattern: Set(CoatPattern::Spotted),
            city: Set(Some("St. Mary's".to_owned())),
            description: Set(Some("Shy,\nlikes  carrots.".to_owned())),
            ..Default::default()
        };

        assert_eq!(
            search_text(&row),
            "tono\nguinea pig\nsilkie\n\nblack spotted\n\n\nsmall mammal\nmix\nst marys\nshy likes carrots"
        );
    }

    proptest! {
        #[test]
        fn names_head_and_rest_can_be_told_apart_whatever_was_written(name: Option<String>, breed: Option<String>, marks: Option<String>, said: Option<String>) {
            let row = pet::ActiveModel {
                name: Set(name.clone()),
                breed_primary: Set(breed.clone()),
                markings: Set(marks.clone()),
                description: Set(said.clone()),
                ..Default::default()
            };
            let line = |text: Option<String>| text.as_deref().map(line).unwrap_or_default();

            let text = search_text(&row);

            let (names, _) = text.split_once("\n\n").unwrap();
            let (head, rest) = text.split_once("\n\n\n").unwrap();
            let expected = [line(name), line(breed)].join("\n");
            prop_assert_eq!(names, expected.strip_suffix('\n').unwrap_or(&expected));
            prop_assert_eq!(head.split_once("\n\n").map_or("", |(_, marks)| marks), line(marks));
            prop_assert_eq!(rest.trim_start_matches('\n'), line(said));
            prop_assert!(text.split_whitespace().all(|word| word.chars().count() <= 40));
        }
    }
}
