//! Looking for words in a report: the one place where the two databases part.
//!
//! Step 9 of the migrations keeps an index of the words of `search_text` and one of all parts of three letters of
//! `search_names`. Words are folded, so they hold nothing but letters and digits, and no syntax of either database.

use entity::pet;
use sea_orm::{
    Condition, DbBackend,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};

/// The fewest letters that are also looked for in the middle of names: what an index of three letters can find.
const IN_THE_MIDDLE: usize = 3;

/// Rows in which each of these words begins a word, or stands within a word of name or breed if it has three letters.
pub(super) fn having_words(backend: DbBackend, words: &[String]) -> Condition {
    words
        .iter()
        .fold(Condition::all(), |all, word| all.add(having_word(backend, word)))
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
            Expr::cust_with_values("pets.search_words @@ CAST($1 AS tsquery)", [wanted.join(" & ")])
        }
        _ => {
            let wanted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let sql = "+pets.number IN (SELECT rowid FROM pet_words WHERE pet_words MATCH ?)";
            Expr::cust_with_values(sql, [wanted.join(" AND ")])
        }
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

fn having_word(backend: DbBackend, word: &str) -> SimpleExpr {
    match (backend, is_long(word)) {
        (DbBackend::Postgres, is_long) => {
            let begins = Expr::cust_with_values("pets.search_words @@ CAST($1 AS tsquery)", [format!("'{word}':*")]);
            match is_long {
                true => begins.or(names().like(LikeExpr::new(format!("%{word}%")))),
                false => begins,
            }
        }
        // The plus keeps the planner from fetching row after row of a common word. It reads both lists of numbers and
        // walks through an index of the order that was asked for, which ends with the page.
        (_, true) => Expr::cust_with_values(
            "+pets.number IN (SELECT rowid FROM pet_words WHERE pet_words MATCH ? \
             UNION ALL SELECT rowid FROM pet_names WHERE pet_names MATCH ?)",
            [format!("\"{word}\"*"), format!("\"{word}\"")],
        ),
        (_, false) => Expr::cust_with_values(
            "+pets.number IN (SELECT rowid FROM pet_words WHERE pet_words MATCH ?)",
            [format!("\"{word}\"*")],
        ),
    }
}
