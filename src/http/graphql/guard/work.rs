//! What fields cost beside what is selected in them, in points: estimates of the work, in proportion to each other.

use pet_vocabulary::wanted_words;

/// Fields that compute: the type, the field, and its points.
const FIELDS: [(&str, &str, u64); 12] = [
    ("Query", "__schema", 1_000),
    // Finds the cell of every report in view: a sixth of a second for a view of the world.
    ("Query", "petHeatmap", 15_000),
    ("Query", "petMap", 300),
    // A picture goes through a model.
    ("Query", "photoSearch", 3_000),
    ("Query", "suggestBreed", 3_000),
    ("Query", "stats", 1_000),
    ("Query", "geocode", 200),
    ("Import", "photos", COUNT),
    ("SavedSearch", "pets", 300),
    // Groups up to 10,000 warnings.
    ("Import", "summary", 300),
    // Reads every stay of a month.
    ("ShelterExports", "monthly", 3_000),
    ("Viewer", "searchMessages", 500),
];

/// Fields that look at everything that fits their filter, as a count does.
pub(super) const MAPS: [(&str, &str); 2] = [("Query", "petMap"), ("Query", "petHeatmap")];
/// To count what fits a filter.
pub(super) const COUNT: u64 = 200;
/// To draw up to 50,000 reports that are over, which are read from the tables for it.
pub(super) const MAP_OF_THE_PAST: u64 = 15_000;
/// The statuses of reports that are in memory.
pub(super) const STATUSES_IN_MEMORY: [&str; 2] = ["OPEN", "MATCHED"];
/// To look for a word of one letter, of two, and of more: the shorter it is, the more words begin with it.
const WORDS: [u64; 3] = [1_500, 700, 200];

/// A text with more words is refused by whoever looks for them, which says so better than a price can.
const MOST_WORDS: usize = 10;

/// The work of a field itself.
pub(super) fn of_field(parent: &str, name: &str) -> u64 {
    let known = FIELDS.iter().find(|(kind, field, _)| (*kind, *field) == (parent, name));
    known.map_or(0, |(.., points)| *points)
}

/// The work of looking for a text.
pub(super) fn of_text(text: &str) -> u64 {
    let [one, two, more] = WORDS;
    let points = wanted_words(text).into_iter().map(|word| match word.chars().nth(1) {
        None => one,
        Some(_) if word.chars().nth(2).is_none() => two,
        Some(_) => more,
    });
    points.take(MOST_WORDS).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_cost_more_than_long_ones() {
        let table = [
            ("", 0),
            (" , ", 0),
            ("golden retriever", 400),
            ("g", 1_500),
            ("gr b", 2_200),
            ("g b f s c w p t l h", 15_000),
            ("g b f s c w p t l h d", 15_000),
        ];
        for (text, points) in table {
            assert_eq!(of_text(text), points, "{text}");
        }
    }
}
