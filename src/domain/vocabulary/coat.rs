//! Parses coat lengths.

use entity::vocabulary::CoatLength;

use super::spelling::fold;

/// Parses a coat cell: `Short`, `Wire`, `Medium hair`, `Rough`.
pub fn parse_coat(raw: &str) -> Option<CoatLength> {
    fold(raw).split(' ').find_map(|word| {
        Some(match word {
            "hairless" | "none" => CoatLength::Hairless,
            "short" | "smooth" | "shorthair" | "sh" => CoatLength::Short,
            "medium" | "mediumhair" | "mh" => CoatLength::Medium,
            "long" | "longhair" | "lh" => CoatLength::Long,
            "wire" | "rough" | "wirehair" | "wiry" | "wh" => CoatLength::Wire,
            "curly" | "wavy" => CoatLength::Curly,
            "corded" => CoatLength::Corded,
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coats_are_read_from_single_words() {
        assert_eq!(parse_coat("Short"), Some(CoatLength::Short));
        assert_eq!(parse_coat("wire-haired"), Some(CoatLength::Wire));
        assert_eq!(parse_coat("Not specified"), None);
    }
}
