//! Reads from a report's free text what its fields leave out: sex, colours, pattern, marks.
//!
//! Only words of fixed lists are read, never numbers, so that an explanation cannot quote what a text gives away. What
//! is read counts half of what a field says: texts also tell about other animals, people and things.

use std::{cell::OnceCell, ops::Deref};

use entity::{
    ColorSet,
    vocabulary::{CoatPattern, Color, Sex},
};

use super::{
    Subject,
    named_marks::{Marks, is_denial, is_part},
    words::{TRUST, clauses},
};

/// Number of letters that are read of a text.
const MOST_LETTERS: usize = 1_500;

const FEMALE: [&str; 7] = ["female", "girl", "spayed", "she", "her", "hers", "queen"];
const MALE: [&str; 7] = ["male", "boy", "neutered", "he", "him", "his", "tomcat"];

const COLORS: [(&str, Color); 24] = [
    ("black", Color::Black),
    ("white", Color::White),
    ("gray", Color::Gray),
    ("grey", Color::Gray),
    ("silver", Color::Gray),
    ("blue", Color::Gray),
    ("brown", Color::Brown),
    ("chocolate", Color::Brown),
    ("liver", Color::Brown),
    ("red", Color::Red),
    ("orange", Color::Red),
    ("ginger", Color::Red),
    ("rust", Color::Red),
    ("chestnut", Color::Red),
    ("tan", Color::Tan),
    ("fawn", Color::Tan),
    ("buff", Color::Tan),
    ("beige", Color::Tan),
    ("cream", Color::Cream),
    ("ivory", Color::Cream),
    ("golden", Color::Golden),
    ("apricot", Color::Golden),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
];

const PATTERNS: [(&str, CoatPattern); 14] = [
    ("tabby", CoatPattern::Tabby),
    ("tuxedo", CoatPattern::Tuxedo),
    ("calico", CoatPattern::Calico),
    ("tortie", CoatPattern::Tortoiseshell),
    ("tortoiseshell", CoatPattern::Tortoiseshell),
    ("torbie", CoatPattern::Torbie),
    ("brindle", CoatPattern::Brindle),
    ("merle", CoatPattern::Merle),
    ("harlequin", CoatPattern::Harlequin),
    ("sable", CoatPattern::Sable),
    ("tricolor", CoatPattern::Tricolor),
    ("tricolour", CoatPattern::Tricolor),
    ("bicolor", CoatPattern::Bicolor),
    ("pointed", CoatPattern::Point),
];

/// What a sentence adds if a trait was read in a text.
pub fn source(trust: f64) -> &'static str {
    if trust < 1.0 { ", by the description" } else { "" }
}

/// A trait, and the share of its weight that its source deserves.
pub type Told<T> = (T, f64);

/// A report while it is being compared. Its text is read only once, and only if a field that is needed is unknown.
pub struct Reading<'a> {
    subject: &'a Subject,
    text: Option<&'a str>,
    traits: OnceCell<Traits>,
}

/// What a text says.
#[derive(Default)]
struct Traits {
    sex: Option<Sex>,
    colors: ColorSet,
    pattern: Option<CoatPattern>,
    marks: Marks,
}

impl Deref for Reading<'_> {
    type Target = Subject;

    fn deref(&self) -> &Subject {
        self.subject
    }
}

impl<'a> Reading<'a> {
    /// With its text.
    pub fn of(subject: &'a Subject) -> Self {
        Self {
            text: subject.description.as_deref(),
            ..Self::without_text(subject)
        }
    }

    /// Without its text.
    pub fn without_text(subject: &'a Subject) -> Self {
        Self {
            subject,
            text: None,
            traits: OnceCell::new(),
        }
    }

    /// The sex, if it is known.
    pub fn sex_told(&self) -> Option<Told<Sex>> {
        match self.subject.sex {
            Sex::Unknown => self.traits()?.sex.map(|sex| (sex, TRUST)),
            sex => Some((sex, 1.0)),
        }
    }

    /// The colours, if any is known.
    pub fn colors_told(&self) -> Option<Told<ColorSet>> {
        if !self.subject.colors.is_empty() {
            return Some((self.subject.colors, 1.0));
        }
        let colors = self.traits()?.colors;
        (!colors.is_empty()).then_some((colors, TRUST))
    }

    /// The pattern, if it is known.
    pub fn pattern_told(&self) -> Option<Told<CoatPattern>> {
        match self.subject.pattern {
            CoatPattern::Unknown | CoatPattern::Other => self.traits()?.pattern.map(|pattern| (pattern, TRUST)),
            pattern => Some((pattern, 1.0)),
        }
    }

    /// The marks in the text.
    pub fn marks_told(&self) -> Option<&Marks> {
        Some(&self.traits()?.marks).filter(|marks| !marks.is_empty())
    }

    fn traits(&self) -> Option<&Traits> {
        let text = self.text?;
        Some(self.traits.get_or_init(|| Traits::of(text)))
    }
}

/// The marks in a text.
pub fn marks_in(text: &str) -> Marks {
    Traits::of(text).marks
}

impl Traits {
    fn of(text: &str) -> Self {
        let end = text.char_indices().nth(MOST_LETTERS).map_or(text.len(), |(end, _)| end);
        let mut read = Self::default();
        let (mut is_female, mut is_male) = (false, false);
        for clause in clauses(text.get(..end).unwrap_or(text)) {
            is_female |= clause.iter().any(|word| FEMALE.contains(&word.as_str()));
            is_male |= clause.iter().any(|word| MALE.contains(&word.as_str()));
            if is_denial(&clause) {
                continue;
            }
            if clause.iter().any(|word| is_part(word)) {
                read.marks.read(&clause);
            } else {
                read.read_coat(&clause);
            }
        }
        read.sex = match (is_female, is_male) {
            (true, false) => Some(Sex::Female),
            (false, true) => Some(Sex::Male),
            _ => None,
        };
        read
    }

    /// Colours and pattern in a clause that is not about a part of the animal or about what it wears.
    fn read_coat(&mut self, clause: &[String]) {
        for word in clause {
            let color = COLORS.iter().find(|(name, _)| name == word);
            self.colors = color.map_or(self.colors, |(_, color)| self.colors.with(*color));
            let pattern = PATTERNS.iter().find(|(name, _)| name == word);
            self.pattern = self.pattern.or(pattern.map(|(_, pattern)| *pattern));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_sex_colors_and_pattern_but_not_those_of_a_collar() {
        let read = Traits::of("Sweet girl, brown tabby. Green collar, blue eyes; not white. Call 555 0100");
        assert_eq!(read.sex, Some(Sex::Female));
        assert_eq!(read.colors, ColorSet::from_iter([Color::Brown]));
        assert_eq!(read.pattern, Some(CoatPattern::Tabby));
        assert!(!read.marks.is_empty());
    }

    #[test]
    fn a_text_that_names_both_sexes_tells_none() {
        assert_eq!(Traits::of("He took her in").sex, None);
    }
}
