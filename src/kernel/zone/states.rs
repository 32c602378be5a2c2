//! The time zones of the United States, by state.

const EASTERN: &str = "America/New_York";
const CENTRAL: &str = "America/Chicago";
const MOUNTAIN: &str = "America/Denver";
const PACIFIC: &str = "America/Los_Angeles";

/// The zone that covers most of each state and territory.
const STATES: [(&str, &str); 59] = [
    ("AK", "America/Anchorage"),
    ("AL", CENTRAL),
    ("AR", CENTRAL),
    ("AS", "Pacific/Pago_Pago"),
    ("AZ", "America/Phoenix"),
    ("CA", PACIFIC),
    ("CO", MOUNTAIN),
    ("CT", EASTERN),
    ("DC", EASTERN),
    ("DE", EASTERN),
    ("FL", EASTERN),
    ("FM", "Pacific/Pohnpei"),
    ("GA", EASTERN),
    ("GU", "Pacific/Guam"),
    ("HI", "Pacific/Honolulu"),
    ("IA", CENTRAL),
    ("ID", "America/Boise"),
    ("IL", CENTRAL),
    ("IN", "America/Indiana/Indianapolis"),
    ("KS", CENTRAL),
    ("KY", EASTERN),
    ("LA", CENTRAL),
    ("MA", EASTERN),
    ("MD", EASTERN),
    ("ME", EASTERN),
    ("MH", "Pacific/Majuro"),
    ("MI", EASTERN),
    ("MN", CENTRAL),
    ("MO", CENTRAL),
    ("MP", "Pacific/Guam"),
    ("MS", CENTRAL),
    ("MT", MOUNTAIN),
    ("NC", EASTERN),
    ("ND", CENTRAL),
    ("NE", CENTRAL),
    ("NH", EASTERN),
    ("NJ", EASTERN),
    ("NM", MOUNTAIN),
    ("NV", PACIFIC),
    ("NY", EASTERN),
    ("OH", EASTERN),
    ("OK", CENTRAL),
    ("OR", PACIFIC),
    ("PA", EASTERN),
    ("PR", "America/Puerto_Rico"),
    ("PW", "Pacific/Palau"),
    ("RI", EASTERN),
    ("SC", EASTERN),
    ("SD", CENTRAL),
    ("TN", CENTRAL),
    ("TX", CENTRAL),
    ("UT", MOUNTAIN),
    ("VA", EASTERN),
    ("VI", "America/St_Thomas"),
    ("VT", EASTERN),
    ("WA", PACIFIC),
    ("WI", CENTRAL),
    ("WV", EASTERN),
    ("WY", MOUNTAIN),
];

/// States with two zones, divided roughly by a line of longitude or latitude: beyond it, to the west or north, the
/// other zone applies.
const PARTED: [(&str, Line, &str); 8] = [
    ("FL", Line::West(-85.0), CENTRAL),
    ("KY", Line::West(-86.2), CENTRAL),
    ("IN", Line::West(-86.95), CENTRAL),
    ("NE", Line::West(-101.3), MOUNTAIN),
    ("SD", Line::West(-100.6), MOUNTAIN),
    ("TN", Line::East(-85.1), EASTERN),
    ("TX", Line::West(-105.0), MOUNTAIN),
    ("ID", Line::North(45.5), PACIFIC),
];

enum Line {
    West(f64),
    East(f64),
    North(f64),
}

/// The zone of a state, or of its other part if the point is there.
pub(super) fn zone(state: &str, point: Option<(f64, f64)>) -> Option<&'static str> {
    let beyond = |line: &Line| match (line, point) {
        (_, None) => false,
        (Line::West(border), Some((_, longitude))) => longitude < *border,
        (Line::East(border), Some((_, longitude))) => *border < longitude,
        (Line::North(border), Some((latitude, _))) => *border < latitude,
    };
    let other = PARTED
        .iter()
        .find(|(name, line, _)| *name == state && beyond(line))
        .map(|(_, _, zone)| *zone);
    other.or_else(|| STATES.iter().find(|(name, _)| *name == state).map(|(_, zone)| *zone))
}

/// All listed states and territories.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    STATES.iter().map(|(name, _)| *name)
}
