//! Looking for words in a report: the one place where the two databases part.
//!
//! Step 9 of the migrations keeps an index of the words of `search_text` and one of all parts of three letters of
//! `search_names`. Words are folded, so they hold nothing but letters and digits, and no syntax of either database.

use entity::pet;
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, Statement, Value,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};

use crate::kernel::Result;

/// The fewest letters that are also looked for in the middle of names: what an index of three letters can find.
const IN_THE_MIDDLE: usize = 3;

/// Rows in which each of these words begins a word, or stands within a word of name or breed if it has three letters.
pub(super) fn having_words(backend: DbBackend, words: &[String]) -> Condition {
    words.iter().fold(Condition::all(), |all, word| match backend {
        DbBackend::Postgres => all.add(having_word_postgres(word)),
        _ => all.add(Numbers::of_word(word).restricts()),
    })
}

/// Whether a row is one of [`having_words`], asked without the database.
pub(super) fn has_words(pet: &pet::Model, words: &[String]) -> bool {
    let names = pet.search_text.split("\n\n").next().unwrap_or_default();
    let has = |word: &String| {
        let begins = pet
            .search_text
            .split([' ', '\n'])
            .any(|known| known.starts_with(word.as_str()));
        begins || (is_long(word) && names.contains(word.as_str()))
    };
    words.iter().all(has)
}

/// Rows that hold each of these words as it is.
pub(super) fn having_whole_words(backend: DbBackend, words: &[String]) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => {
            let wanted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            Expr::cust_with_values(MATCHES_POSTGRES, [wanted.join(" & ")])
        }
        _ => Numbers::of_whole_words(words).restricts(),
    }
}

/// Name, breed, colours and marks of a row: folded words, each behind a blank.
pub(super) fn head(backend: DbBackend) -> SimpleExpr {
    Expr::cust(match backend {
        DbBackend::Postgres => r"' ' || translate(split_part(pets.search_text, E'\n\n\n', 1), E'\n', ' ')",
        _ => {
            "' ' || replace(substr(pets.search_text, 1, instr(pets.search_text, char(10, 10, 10)) - 1), char(10), ' ')"
        }
    })
}

/// Name and breeds of a row, each on a line.
pub(super) fn names() -> SimpleExpr {
    Expr::col((pet::Entity, "search_names"))
}

/// Whether a word is looked for in the middle of names.
pub(super) fn is_long(word: &str) -> bool {
    IN_THE_MIDDLE <= word.chars().count()
}

const MATCHES_POSTGRES: &str = "pets.search_words @@ CAST($1 AS tsquery)";

fn having_word_postgres(word: &str) -> SimpleExpr {
    let begins = Expr::cust_with_values(MATCHES_POSTGRES, [format!("'{word}':*")]);
    match is_long(word) {
        true => begins.or(names().like(LikeExpr::new(format!("%{word}%")))),
        false => begins,
    }
}

/// Numbers of rows of SQLite that an index of words gives. PostgreSQL needs none: its planner knows how often a word
/// occurs.
pub(super) struct Numbers {
    select: &'static str,
    wanted: Vec<String>,
}

const BY_WORD: &str = "SELECT rowid FROM pet_words WHERE pet_words MATCH ?";
const BY_WORD_OR_PART: &str = "SELECT rowid FROM pet_words WHERE pet_words MATCH ? \
    UNION ALL SELECT rowid FROM pet_names WHERE pet_names MATCH ?";

impl Numbers {
    /// As [`having_words`] has it.
    pub fn of_word(word: &str) -> Self {
        let begins = format!("\"{word}\"*");
        match is_long(word) {
            true => Self {
                select: BY_WORD_OR_PART,
                wanted: vec![begins, format!("\"{word}\"")],
            },
            false => Self {
                select: BY_WORD,
                wanted: vec![begins],
            },
        }
    }

    /// As [`having_whole_words`] has it.
    pub fn of_whole_words(words: &[String]) -> Self {
        let wanted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        Self {
            select: BY_WORD,
            wanted: vec![wanted.join(" AND ")],
        }
    }

    /// How many there are, looking at no more than `most` and one.
    pub async fn count_up_to(&self, db: &impl ConnectionTrait, most: u64) -> Result<u64> {
        let sql = format!(
            "SELECT COUNT(*) FROM ({} LIMIT {})",
            self.select,
            most.saturating_add(1)
        );
        let values = self.wanted.iter().cloned().map(Value::from);
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let counted = db.query_one_raw(statement).await?;
        let count: Option<i64> = counted.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }

    /// Only these rows, fetched one by one: for a few of them, or where all are needed.
    pub fn leads(ways: Vec<Self>) -> SimpleExpr {
        let selects: Vec<&str> = ways.iter().map(|way| way.select).collect();
        let sql = format!("pets.number IN ({})", selects.join(" UNION ALL "));
        Expr::cust_with_values(sql, ways.into_iter().flat_map(|way| way.wanted))
    }

    /// Only these rows. The plus keeps the planner from fetching row after row of a common word: it walks through an
    /// index of the order that was asked for, which ends with the page.
    fn restricts(self) -> SimpleExpr {
        Expr::cust_with_values(format!("+pets.number IN ({})", self.select), self.wanted)
    }
}
