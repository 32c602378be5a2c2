//! Parses weights in the units that shelters use.

/// A unit of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightUnit {
    /// 453.59237 g.
    Pound,
    /// 1/16 pound.
    Ounce,
    /// 1000 g.
    Kilogram,
    /// 1 g.
    Gram,
}

impl WeightUnit {
    fn grams(self) -> f64 {
        match self {
            Self::Pound => 453.592_37,
            Self::Ounce => 453.592_37 / 16.0,
            Self::Kilogram => 1000.0,
            Self::Gram => 1.0,
        }
    }

    /// How many pounds one of this unit is.
    pub(super) fn in_pounds(self) -> f64 {
        self.grams() / Self::Pound.grams()
    }

    /// Parses a unit column, or the word after a number.
    pub fn parse(word: &str) -> Option<Self> {
        match word.trim().trim_end_matches('.').to_ascii_lowercase().as_str() {
            "lb" | "lbs" | "pound" | "pounds" | "#" => Some(Self::Pound),
            "oz" | "ozs" | "ounce" | "ounces" => Some(Self::Ounce),
            "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" => Some(Self::Kilogram),
            "g" | "gm" | "gr" | "gram" | "grams" => Some(Self::Gram),
            _ => None,
        }
    }
}

/// Upper limit of 1.5 tonnes: heavier than any animal in a shelter.
const HEAVIEST_GRAMS: f64 = 1_500_000.0;

/// Parses `12.5 lb`, `12,5 kg`, `12 lbs 4 oz` or `5kg` to grams; a bare number is in `default` units. `None` for zero
/// and for nonsense.
pub fn parse_weight(raw: &str, default: WeightUnit) -> Option<i32> {
    let plain = with_points(raw.trim());
    let mut rest = plain.as_str();
    let mut grams = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let tail = tail.trim_start();
        let letters = tail
            .find(|letter: char| !letter.is_ascii_alphabetic() && !matches!(letter, '.' | '#'))
            .unwrap_or(tail.len());
        let (word, tail) = tail.split_at(letters);
        let unit = if word.is_empty() {
            default
        } else {
            WeightUnit::parse(word)?
        };
        grams += number.parse::<f64>().ok()? * unit.grams();
        rest = tail.trim_start_matches([' ', ',']);
    }
    (0.5..=HEAVIEST_GRAMS).contains(&grams).then(|| grams.round() as i32)
}

/// The text with a point where much of the world writes a comma. Behind a comma between digits that parts thousands are
/// three more, and in front of it is no zero.
fn with_points(text: &str) -> String {
    let Some((before, after)) = text.split_once(',') else {
        return text.to_owned();
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let number = before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .unwrap_or_default();
    match digits {
        0 => text.to_owned(),
        _ if number.is_empty() || before.contains('.') => text.to_owned(),
        3 if number.trim_start_matches('0') == number => format!("{before}{after}"),
        _ => format!("{before}.{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_summed_to_grams() {
        for (raw, grams) in [
            ("10", Some(4536)),
            ("12 lbs 4 oz", Some(5557)),
            ("5kg", Some(5000)),
            ("23,5 kg", Some(23_500)),
            ("0,850 kg", Some(850)),
            ("1,200 lbs", Some(544_311)),
            ("12 lbs, 4 oz", Some(5557)),
            ("4.5 kg", Some(4500)),
            ("0", None),
            ("Medium (20-59)", None),
            ("999999999", None),
            ("", None),
            ("1..2", None),
        ] {
            assert_eq!(parse_weight(raw, WeightUnit::Pound), grams, "{raw}");
        }
    }
}
