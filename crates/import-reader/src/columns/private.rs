//! Columns that are private in the systems that write them. Nothing of them is read, and nothing is shown.

use crate::languages;

/// Parts of titles about people, conflicts, and what the staff write for themselves.
const PARTS: [&str; 37] = [
    "owner",
    "fromname",
    "attributename",
    "person",
    "people",
    "admitter",
    "adopter",
    "finder",
    "foster",
    "contact",
    "phone",
    "email",
    "street",
    "address",
    "city",
    "province",
    "postal",
    "zip",
    "note",
    "comment",
    "hidden",
    "private",
    "internal",
    "memo",
    "warning",
    "behavior",
    "behaviour",
    "history",
    "medical",
    "health",
    "euthanasia",
    "ptsreason",
    "bite",
    "surrender",
    "staff",
    "vet",
    "license",
];

/// Whether an unread title, in lower-case letters and digits, belongs to such a column.
pub(super) fn is_private(title: &str) -> bool {
    title == "attributes" || PARTS.iter().any(|part| title.contains(part)) || languages::is_private(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_people_or_for_the_staff_is_private() {
        for title in [
            "hiddencomments",
            "originalownername",
            "admittershomephone",
            "outcomepersonname",
            "intakefromname",
            "notes",
            "behavioral",
            "outpostalcode",
            "euthanasiareason",
            "attributes",
        ] {
            assert!(is_private(title), "{title}");
        }
        assert!(!is_private("kennelmate") && !is_private("daysinshelter"));
    }
}
