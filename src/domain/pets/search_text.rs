//! The words that a report is found by.

use entity::pet;
use sea_orm::ActiveValue;

/// The public words of a report, lower-cased, for its `search_text`: name, breed, marks, collar, place, description.
/// Columns that are not set say nothing, so the row must be whole.
pub fn search_text(row: &pet::ActiveModel) -> String {
    let optional = [
        &row.name,
        &row.breed_primary,
        &row.breed_secondary,
        &row.breed_raw,
        &row.color_raw,
        &row.markings,
        &row.collar,
        &row.city,
        &row.region,
        &row.description,
    ];
    let words: Vec<String> = optional.into_iter().filter_map(lower).collect();
    words.join("\n")
}

fn lower(value: &ActiveValue<Option<String>>) -> Option<String> {
    match value {
        ActiveValue::Set(text) | ActiveValue::Unchanged(text) => text.as_deref().map(str::to_lowercase),
        ActiveValue::NotSet => None,
    }
}

#[cfg(test)]
mod tests {
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

        assert_eq!(search_text(&row), "sweetie\nwhite paw");
    }
}
