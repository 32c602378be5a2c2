//! What is wrong with an import's rows as a CSV file, for whoever corrects them in a spreadsheet. The address is signed and
//! opens the file without other credentials for an hour.

use std::{fmt, str::FromStr};

use bytes::Bytes;
use entity::{id::ImportId, import, import_error, import_warning};
use futures_util::{Stream, stream};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shelter_exports::csv::neutralised;

use crate::domain::shelters::imports::store;
use crate::{
    deps::{Deps, HOUR},
    kernel::{Error, Result, secret::ticket::Ticket},
};

const PURPOSE: &str = "import reports";
/// Number of entries per query, which are one piece of the file.
const PAGE: u64 = 500;
const TITLES: &str = "row,column,value,reason,remedy\r\n";

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faults {
    /// What was not imported.
    Errors,
    /// What was left out or changed.
    Warnings,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Errors => "errors",
            Self::Warnings => "warnings",
        })
    }
}

impl FromStr for Faults {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "errors" => Ok(Self::Errors),
            "warnings" => Ok(Self::Warnings),
            _ => Err(Error::NotFound("import report")),
        }
    }
}

/// The address of a list as CSV, good for an hour. The caller checks that the viewer may see the import.
pub fn report_url(deps: &Deps, import: &import::Model, faults: Faults) -> String {
    let expires_at = deps.clock.now().plus(HOUR);
    let ticket = Ticket::issue(&deps.secret, PURPOSE, &subject(import.id, faults), expires_at);
    format!("{}/imports/{}/{faults}{}", deps.public_url, import.id, ticket.query())
}

/// The list as CSV, in pieces, for whoever holds a ticket for it.
pub async fn open_report(
    deps: &Deps,
    id: ImportId,
    faults: Faults,
    ticket: &Ticket,
) -> Result<impl Stream<Item = Result<Bytes>> + use<>> {
    let lets_in =
        deps.clock.now() < ticket.expires_at && ticket.is_genuine(&deps.secret, PURPOSE, &subject(id, faults));
    if !lets_in {
        return Err(Error::NotFound("import report"));
    }
    store::load(deps.db.read(), id).await?;
    let begin = Some((deps.clone(), 0, TITLES.to_owned()));
    Ok(stream::try_unfold(begin, move |place| next_piece(place, id, faults)))
}

/// Where a stream stands: the number of the last entry, and what comes before the next one; `None` at the end.
type Place = Option<(Deps, i32, String)>;

async fn next_piece(place: Place, id: ImportId, faults: Faults) -> Result<Option<(Bytes, Place)>> {
    let Some((deps, last, mut piece)) = place else {
        return Ok(None);
    };
    let entries = entries(deps.db.read(), id, faults, last).await?;
    for (_, cells) in &entries {
        piece.push_str(&line(cells));
    }
    let next = entries.last().map(|(number, _)| (deps, *number, String::new()));
    let is_over = next.is_none() && piece.is_empty();
    Ok((!is_over).then(|| (Bytes::from(piece), next)))
}

fn subject(id: ImportId, faults: Faults) -> String {
    format!("{id} {faults}")
}

/// Number of an entry, and its cells.
type Entry = (i32, [String; 5]);

/// The entries after that number.
async fn entries(db: &impl ConnectionTrait, id: ImportId, faults: Faults, last: i32) -> Result<Vec<Entry>> {
    let cells = |row: i32, column: Option<String>, value: Option<String>, reason: String| {
        let remedy = remedy(&reason).unwrap_or_default().to_owned();
        let (column, value) = (column.unwrap_or_default(), value.unwrap_or_default());
        [row.to_string(), column, value, reason, remedy]
    };
    Ok(match faults {
        Faults::Errors => {
            let page = import_error::Entity::find()
                .filter(import_error::Column::ImportId.eq(id))
                .filter(import_error::Column::Number.gt(last))
                .order_by_asc(import_error::Column::Number)
                .limit(PAGE);
            let page = page.all(db).await?.into_iter();
            page.map(|entry| {
                (
                    entry.number,
                    cells(entry.row, entry.column_name, entry.value, entry.reason),
                )
            })
            .collect()
        }
        Faults::Warnings => {
            let page = import_warning::Entity::find()
                .filter(import_warning::Column::ImportId.eq(id))
                .filter(import_warning::Column::Number.gt(last))
                .order_by_asc(import_warning::Column::Number)
                .limit(PAGE);
            let page = page.all(db).await?.into_iter();
            page.map(|entry| {
                let (column, value) = (Some(entry.column_name), Some(entry.value));
                (entry.number, cells(entry.row, column, value, entry.message))
            })
            .collect()
        }
    })
}

/// How clauses begin that say what to do.
const DO: [&str; 13] = [
    "add ", "check ", "correct ", "export ", "give ", "import ", "keep ", "remove ", "save ", "see ", "send ",
    "upload ", "write ",
];

/// What to do, if a reason says so: from the first clause on that begins with what to do, outside of quoted values.
pub fn remedy(reason: &str) -> Option<&str> {
    let mut is_quoted = false;
    reason.char_indices().find_map(|(place, letter)| {
        is_quoted ^= letter == '"';
        let clause = reason.get(place..)?.strip_prefix([':', ';', '.'])?.strip_prefix(' ')?;
        let is_told = !is_quoted && DO.iter().any(|word| starts_alike(clause, word));
        is_told.then_some(clause)
    })
}

fn starts_alike(clause: &str, word: &str) -> bool {
    let begin = clause.get(..word.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

fn line(cells: &[String; 5]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell in quotes. One that a spreadsheet would take for a formula begins with an apostrophe instead.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", neutralised(cell).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1+1",
            "+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1+1",
            "\u{200b}=1",
            "＝1+1",
        ] {
            assert_eq!(quoted(formula), format!("\"'{formula}\""));
        }
        assert_eq!(quoted("a \"b\", =1"), "\"a \"\"b\"\", =1\"");
    }

    #[test]
    fn a_remedy_is_told_apart_from_what_is_wrong_and_what_became_of_it() {
        let table = [
            (
                "this is not a date; write it as 2019-03-25",
                Some("write it as 2019-03-25"),
            ),
            (
                "this age is not understood: it was left out; write it as 2 years or 5 months",
                Some("write it as 2 years or 5 months"),
            ),
            (
                "in the column \"a: write b\" dates are unclear: import the file again",
                Some("import the file again"),
            ),
            ("this sex is not understood: it was left out", None),
            ("the file ends within a record", None),
        ];
        for (reason, told) in table {
            assert_eq!(remedy(reason), told, "{reason}");
        }
    }
}
