//! Parses sizes.

use entity::vocabulary::PetSize;

use super::spelling::fold;

/// Parses a size cell: `X-LRG`, `MED`, `Medium (20-59)`, `S`. Words for young animals (`KITTN`, `PUPPY`) are not sizes.
pub fn parse_size(raw: &str) -> Option<PetSize> {
    let words = fold(raw.split('(').next().unwrap_or_default());
    Some(match words.replace(' ', "").as_str() {
        "xs" | "extrasmall" | "xsmall" | "toy" | "t" | "tiny" | "teacup" | "xsml" => PetSize::ExtraSmall,
        "s" | "small" | "sm" | "sml" => PetSize::Small,
        "m" | "medium" | "med" | "mediumsize" | "average" => PetSize::Medium,
        "l" | "large" | "lrg" | "lg" | "big" => PetSize::Large,
        "xl" | "x" | "xlarge" | "extralarge" | "xlrg" | "verylarge" | "giant" | "xlg" | "xxl" => PetSize::ExtraLarge,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_vendors_are_known() {
        for (raw, size) in [
            ("X-LRG", Some(PetSize::ExtraLarge)),
            ("Extra Large", Some(PetSize::ExtraLarge)),
            ("MED", Some(PetSize::Medium)),
            ("Medium (20-59)", Some(PetSize::Medium)),
            ("toy", Some(PetSize::ExtraSmall)),
            ("L", Some(PetSize::Large)),
            ("KITTN", None),
            ("", None),
        ] {
            assert_eq!(parse_size(raw), size, "{raw}");
        }
    }
}
