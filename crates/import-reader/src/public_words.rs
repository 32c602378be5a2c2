//! The public texts of a record: without contact details and addresses, and limited in length.

use super::{
    RowWarning,
    aspects::warning,
    columns::Header,
    formats::Column,
    memo::Memo,
    text::{self, beginning},
};
use language_rules::{mask_addresses, mask_contacts};

/// Maximum length of a public text in characters.
const LONGEST_TEXT: usize = 5_000;
/// Maximum length of the marks in characters.
const LONGEST_MARKS: usize = 1_000;

/// Short texts without anything that identifies a person, and the number of removals, remembered, since they recur.
pub(super) type Shown = Memo<(), (String, usize)>;

/// The texts of a record.
pub(super) struct PublicWords {
    pub(super) name: Option<String>,
    pub(super) markings: Option<String>,
    pub(super) description: Option<String>,
    /// Marks and description as written, if something was removed from them; secret.
    pub(super) original: Option<String>,
}

impl PublicWords {
    /// Reads the texts; an id is not used as a name.
    pub(super) fn read(
        header: &Header,
        cells: &[String],
        external_id: &str,
        known: &Shown,
        warnings: &mut Vec<RowWarning>,
    ) -> Self {
        let Written {
            name,
            markings,
            description,
        } = Written::in_cells(header, cells, external_id);
        let mut original = Vec::new();
        let mut public = |column, text: Option<String>, longest| {
            let text = text?;
            let (shown, hidden) = without_traces(&text, known);
            if 0 < hidden {
                let message =
                    "contact details and addresses are hidden from the public: the whole text is kept for the staff";
                warnings.push(warning(header, column, &text, message));
                original.push(text);
            }
            if longest < shown.chars().count() {
                let message = format!("the text has more than {longest} characters: the rest was left out");
                warnings.push(warning(header, column, &shown, message));
            }
            Some(beginning(&shown, longest).to_owned())
        };
        Self {
            name: public(Column::Name, name, LONGEST_MARKS),
            markings: public(Column::Markings, markings, LONGEST_MARKS),
            description: public(Column::Description, description, LONGEST_TEXT),
            original: (!original.is_empty()).then(|| original.join("\n\n")),
        }
    }
}

/// The texts of a record before anything is taken out of them that is not for the public.
struct Written {
    name: Option<String>,
    markings: Option<String>,
    description: Option<String>,
}

impl Written {
    fn in_cells(header: &Header, cells: &[String], external_id: &str) -> Self {
        if header.format.verbatim {
            let text = |column| header.value(column, cells).map(str::to_owned);
            return Self {
                name: text(Column::Name),
                markings: text(Column::Markings),
                description: text(Column::Description),
            };
        }
        let name = header.value(Column::Name, cells).and_then(text::pet_name);
        let others: Vec<&str> = header.values(Column::AlternativeId, cells).collect();
        let is_id = |name: &str| {
            let mut ids = others.iter().chain([&external_id]);
            ids.any(|id| name.eq_ignore_ascii_case(id))
        };
        let markings: Vec<&str> = header.values(Column::Markings, cells).collect();
        Self {
            name: name.filter(|name| !is_id(name)),
            markings: text::plain_text(&markings.join(" / ")),
            description: header.values(Column::Description, cells).find_map(text::plain_text),
        }
    }
}

/// A short word of the shelter in a form that may be public.
pub(super) fn public_word(raw: &str, known: &Shown) -> String {
    without_traces(raw, known).0
}

/// The text without anything that identifies a person, and the number of removals.
fn without_traces(raw: &str, known: &Shown) -> (String, usize) {
    known.recall((), raw, || {
        let doors = mask_addresses(raw);
        let masked = mask_contacts(&doors.text);
        (masked.text, doors.hidden + masked.hidden)
    })
}
