//! Words with which a phone steers what it receives. They count only as the whole message, in any case, as carriers
//! in the United States require them.

/// What a phone wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// No messages any more.
    Stop,
    /// Messages again.
    Start,
    /// An explanation.
    Help,
}

const STOP: [&str; 11] = [
    "STOP",
    "STOPALL",
    "STOP ALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    "OPT-OUT",
    "OPT OUT",
];
const START: [&str; 3] = ["START", "YES", "UNSTOP"];
const HELP: [&str; 2] = ["HELP", "INFO"];

impl Word {
    /// The word that is the whole message, if it is one; the sign at its end does not count.
    pub fn of(body: &str) -> Option<Self> {
        let word = body.trim().trim_end_matches(['.', '!']).trim_end().to_uppercase();
        match word.as_str() {
            word if STOP.contains(&word) => Some(Self::Stop),
            word if START.contains(&word) => Some(Self::Start),
            word if HELP.contains(&word) => Some(Self::Help),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_in_any_case_and_trimmed() {
        for body in [
            "STOP",
            "stop",
            " Stop\n",
            "Stop.",
            "STOP!",
            "stopall",
            "Unsubscribe",
            "cancel",
            "END",
            "quit",
            "revoke",
            "OptOut",
        ] {
            assert_eq!(Word::of(body), Some(Word::Stop), "{body:?}");
        }
        for body in ["start", "YES", "Unstop"] {
            assert_eq!(Word::of(body), Some(Word::Start), "{body:?}");
        }
        for body in ["help", "INFO"] {
            assert_eq!(Word::of(body), Some(Word::Help), "{body:?}");
        }
    }

    #[test]
    fn a_word_within_a_message_is_a_message() {
        for body in [
            "",
            "stop please",
            "Yes, he is here",
            "don't stop",
            "HELP me find her",
            "he ended up at the stop",
            "st op",
        ] {
            assert_eq!(Word::of(body), None, "{body:?}");
        }
    }
}
