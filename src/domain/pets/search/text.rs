//! Text that somebody looks for.
//!
//! It is read twice: as words, all of which must occur, and as the breeds that it names, however they are spelled. A
//! report that fits one of the two is found.

use entity::{pet, vocabulary::Species};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};

use super::{
    filter::Filter,
    words::{Numbers, has_words, having_whole_words, having_words, head, is_long, names},
};
use crate::kernel::{Error, Result, text};
use pet_vocabulary::{BreedsInText, breeds_in_text, fold, stored_words, wanted_words};

/// The most words of a text.
pub(super) const MOST_WORDS: usize = 10;
/// Words and pieces of runs that are looked for, some 70 letters of Japanese; what comes after them is not looked at.
const MOST_PIECES: usize = 24;
/// Species whose breeds are recognised when a filter names none: the list of the others is full of words such as "swift",
/// "paint" and "teddy".
const USUAL: [Species; 2] = [Species::Dog, Species::Cat];

/// As many rows of a million as are fetched sooner than an index of all of them is walked through to its end.
const FEW: u64 = 2_000;
/// Words that are more common than this are not told apart.
const MANY: u64 = 100_000;

/// A text that was checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Folded, at most [`MOST_PIECES`]; none where the text held no letter and no digit.
    words: Vec<String>,
    /// The text as it would be stored as a name.
    line: String,
    breeds: Option<BreedsInText>,
}

impl Text {
    /// The text of a filter, if it has one. More than 200 characters or 10 words are refused.
    pub fn of(filter: &Filter) -> Result<Option<Self>> {
        let line = text::optional_line("filter.text", filter.text.as_deref(), 200);
        let Some(line) = line.map_err(|fault| Error::BadInput(fault.message.into()))? else {
            return Ok(None);
        };
        let count = fold(&line).split(' ').count();
        if MOST_WORDS < count {
            let message = format!("filter.text has {count} words; at most {MOST_WORDS} are allowed: leave some out");
            return Err(Error::BadInput(message.into()));
        }
        let mut words = wanted_words(&line);
        words.truncate(MOST_PIECES);
        let species = filter.species.as_deref().unwrap_or(&USUAL);
        let breeds = breeds_in_text(species, &words);
        let line = stored_words(&line).join(" ");
        Ok(Some(Self { words, line, breeds }))
    }

    /// Rows that fit.
    pub fn condition(&self, backend: DbBackend) -> Condition {
        if self.words.is_empty() {
            return Condition::all().add(Expr::cust("1 = 0"));
        }
        let literally = having_words(backend, &self.words);
        let Some(read) = &self.breeds else { return literally };
        let breeds = read.breeds.iter().map(|names| of_breed(backend, names));
        let all = breeds.fold(having_words(backend, &read.rest), Condition::add);
        Condition::any().add(literally).add(all)
    }

    /// On SQLite, rows to begin with: those of the rarest word, and those of a breed, if there are few of them or the
    /// whole answer is needed. They hold every row of [`Text::condition`] and others.
    pub async fn candidates(&self, db: &impl ConnectionTrait, whole: bool) -> Result<Option<SimpleExpr>> {
        if db.get_database_backend() == DbBackend::Postgres {
            return Ok(None);
        }
        let mut rarest: Option<(u64, Numbers)> = None;
        for word in &self.words {
            let numbers = Numbers::of_word(word);
            let count = numbers.count_up_to(db, if whole { MANY } else { FEW }).await?;
            if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
                rarest = Some((count, numbers));
            }
        }
        let Some((mut count, rarest)) = rarest else {
            return Ok(None);
        };
        let mut ways = vec![rarest];
        let first_breed = self.breeds.as_ref().and_then(|read| read.breeds.first());
        for name in first_breed.map_or(&[][..], Vec::as_slice) {
            let numbers = Numbers::of_whole_words(&stored_words(name));
            count = count.saturating_add(numbers.count_up_to(db, FEW).await?);
            ways.push(numbers);
        }
        Ok((whole || count <= FEW).then(|| Numbers::leads(ways)))
    }

    /// Whether a row fits, asked without the database.
    pub fn fits(&self, pet: &pet::Model) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let is_of = |name: &&str| {
            [&pet.breed_primary, &pet.breed_secondary]
                .into_iter()
                .flatten()
                .any(|breed| breed == name)
        };
        let is_named =
            |read: &BreedsInText| read.breeds.iter().all(|names| names.iter().any(is_of)) && has_words(pet, &read.rest);
        has_words(pet, &self.words) || self.breeds.as_ref().is_some_and(is_named)
    }

    /// How well a row fits: a function of the row and the text alone, so that it does not move while other rows come and
    /// go. 6 where the name is the text, 5 where it begins with it, 4 where a breed is the text or one that it names,
    /// 3 where a breed begins with it, 2 where all words occur in name, breed, colours and marks, otherwise 1.
    pub fn rank(&self, backend: DbBackend) -> SimpleExpr {
        let text = self.words.join(" ");
        let is_breed = self
            .breed_names()
            .map(|name| stored_words(name).join(" "))
            .chain([self.line.clone()])
            .fold(Condition::any(), |any, breed| any.add(is_a_breed(&breed)));
        let in_head = self
            .words
            .iter()
            .fold(Condition::all(), |all, word| all.add(is_in_head(backend, word)));
        let line = self.line.as_str();
        let is_name = names().eq(line).or(names().like(pattern(["", line, "\n%"])));
        Expr::case(is_name, 6)
            .case(names().like(pattern(["", &text, "%"])), 5)
            .case(is_breed, 4)
            .case(names().like(pattern(["%\n", &text, "%"])), 3)
            .case(in_head, 2)
            .finally(1)
            .into()
    }

    fn breed_names(&self) -> impl Iterator<Item = &'static str> {
        self.breeds
            .iter()
            .flat_map(|read| read.breeds.iter().flatten().copied())
    }
}

/// Rows of one of these breeds. The words of its name are what an index is asked for; the columns decide.
fn of_breed(backend: DbBackend, names: &[&'static str]) -> Condition {
    names.iter().fold(Condition::any(), |any, name| {
        let is_it = pet::Column::BreedPrimary
            .eq(*name)
            .or(pet::Column::BreedSecondary.eq(*name));
        any.add(
            Condition::all()
                .add(having_whole_words(backend, &stored_words(name)))
                .add(is_it),
        )
    })
}

/// A line below the first is this.
fn is_a_breed(breed: &str) -> SimpleExpr {
    let last = names().like(pattern(["%\n", breed, ""]));
    last.or(names().like(pattern(["%\n", breed, "\n%"])))
}

fn is_in_head(backend: DbBackend, word: &str) -> SimpleExpr {
    let begins = head(backend).like(pattern(["% ", word, "%"]));
    match is_long(word) {
        true => begins.or(names().like(pattern(["%", word, "%"]))),
        false => begins,
    }
}

/// Folded words hold no sign that means anything in a pattern.
fn pattern(parts: [&str; 3]) -> LikeExpr {
    LikeExpr::new(parts.concat())
}
