//! The states and territories of the United States, as addresses name them.

/// Two-letter postal code, and the name in lower case. Sorted by code, because the table of postal codes refers to
/// states by their index here.
const STATES: [(&str, &str); 59] = [
    ("AK", "alaska"),
    ("AL", "alabama"),
    ("AR", "arkansas"),
    ("AS", "american samoa"),
    ("AZ", "arizona"),
    ("CA", "california"),
    ("CO", "colorado"),
    ("CT", "connecticut"),
    ("DC", "district of columbia"),
    ("DE", "delaware"),
    ("FL", "florida"),
    ("FM", "micronesia"),
    ("GA", "georgia"),
    ("GU", "guam"),
    ("HI", "hawaii"),
    ("IA", "iowa"),
    ("ID", "idaho"),
    ("IL", "illinois"),
    ("IN", "indiana"),
    ("KS", "kansas"),
    ("KY", "kentucky"),
    ("LA", "louisiana"),
    ("MA", "massachusetts"),
    ("MD", "maryland"),
    ("ME", "maine"),
    ("MH", "marshall islands"),
    ("MI", "michigan"),
    ("MN", "minnesota"),
    ("MO", "missouri"),
    ("MP", "northern mariana islands"),
    ("MS", "mississippi"),
    ("MT", "montana"),
    ("NC", "north carolina"),
    ("ND", "north dakota"),
    ("NE", "nebraska"),
    ("NH", "new hampshire"),
    ("NJ", "new jersey"),
    ("NM", "new mexico"),
    ("NV", "nevada"),
    ("NY", "new york"),
    ("OH", "ohio"),
    ("OK", "oklahoma"),
    ("OR", "oregon"),
    ("PA", "pennsylvania"),
    ("PR", "puerto rico"),
    ("PW", "palau"),
    ("RI", "rhode island"),
    ("SC", "south carolina"),
    ("SD", "south dakota"),
    ("TN", "tennessee"),
    ("TX", "texas"),
    ("UT", "utah"),
    ("VA", "virginia"),
    ("VI", "virgin islands"),
    ("VT", "vermont"),
    ("WA", "washington"),
    ("WI", "wisconsin"),
    ("WV", "west virginia"),
    ("WY", "wyoming"),
];

/// The index of the state with this two-letter code, in any case.
pub fn by_code(code: &str) -> Option<u8> {
    position(|&(known, _)| known.eq_ignore_ascii_case(code))
}

/// The index of the state with this name, which must be in lower case.
pub fn by_name(name: &str) -> Option<u8> {
    position(|&(_, known)| known == name)
}

/// Whether the code or the name of a state begins with that text, which must be in lower case.
pub fn begins(number: u8, with: &str) -> bool {
    let state = STATES.get(usize::from(number));
    state.is_some_and(|(code, name)| code.to_lowercase().starts_with(with) || name.starts_with(with))
}

/// The two-letter code of a state.
pub fn code(number: u8) -> Option<&'static str> {
    STATES.get(usize::from(number)).map(|&(code, _)| code)
}

fn position(is_it: impl FnMut(&(&str, &str)) -> bool) -> Option<u8> {
    STATES
        .iter()
        .position(is_it)
        .and_then(|number| u8::try_from(number).ok())
}
