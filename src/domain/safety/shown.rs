//! A text as shown to a reader.

use entity::vocabulary::ProfanityFilter;

use super::Review;

/// A text as shown to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text; `None` while it is hidden.
    pub text: Option<String>,
    /// Whether it is hidden until the reader asks for it.
    pub is_held: bool,
}

/// The text as shown to a reader with that setting.
pub fn shown(text: &str, review: &Review, filter: ProfanityFilter) -> Shown {
    let (text, is_held) = match (&review.masked, filter) {
        (Some(masked), ProfanityFilter::Mask) => (Some(masked.text.clone()), false),
        (Some(_), ProfanityFilter::Hold) => (None, true),
        (Some(_), ProfanityFilter::Show) | (None, _) => (Some(text.to_owned()), false),
    };
    Shown { text, is_held }
}

#[cfg(test)]
mod tests {
    use super::{super::review, *};

    #[test]
    fn only_coarse_words_are_touched_and_only_as_the_reader_wants() {
        let coarse = "what the fuck";
        let seen = |text, filter| shown(text, &review(text), filter);
        assert_eq!(seen(coarse, ProfanityFilter::Show).text.as_deref(), Some(coarse));
        assert_eq!(
            seen(coarse, ProfanityFilter::Mask).text.as_deref(),
            Some("what the f***")
        );
        let held = Shown {
            text: None,
            is_held: true,
        };
        assert_eq!(seen(coarse, ProfanityFilter::Hold), held);
        for filter in [ProfanityFilter::Show, ProfanityFilter::Mask, ProfanityFilter::Hold] {
            let whole = Shown {
                text: Some("hello".to_owned()),
                is_held: false,
            };
            assert_eq!(seen("hello", filter), whole);
        }
    }
}
