//! Coat and size implied by the words of a breed's name.

use entity::vocabulary::{CoatLength, PetSize};

/// The coat implied by folded words such as `chihuahua sh mix` or `german short haired pointer`.
pub(crate) fn coat_of_words(folded: &str) -> Option<CoatLength> {
    // Only whole words count, because letters inside other words can look like abbreviations: `shetlanD SHeepdog`.
    let abbreviated = folded.split(' ').find_map(|word| match word {
        "sh" | "dsh" => Some(CoatLength::Short),
        "lh" | "dlh" => Some(CoatLength::Long),
        "mh" | "dmh" => Some(CoatLength::Medium),
        "wh" => Some(CoatLength::Wire),
        _ => None,
    });
    let joined = folded.replace(' ', "");
    let spelled_out = [
        ("shorthair", CoatLength::Short),
        ("smooth", CoatLength::Short),
        ("longhair", CoatLength::Long),
        ("longcoat", CoatLength::Long),
        ("mediumhair", CoatLength::Medium),
        ("wire", CoatLength::Wire),
        ("hairless", CoatLength::Hairless),
        ("sphynx", CoatLength::Hairless),
    ];
    let holds = |(words, _): &&(&str, CoatLength)| joined.contains(words);
    abbreviated.or_else(|| spelled_out.iter().find(holds).map(|(_, coat)| *coat))
}

/// The size implied by folded words such as `toy poodle` or `poodle min`.
pub(crate) fn size_of_words(folded: &str) -> Option<PetSize> {
    if folded.starts_with("toy ") || folded.ends_with(" toy") || folded.contains("teacup") {
        Some(PetSize::ExtraSmall)
    } else if folded.starts_with("mini") || folded.ends_with(" min") || folded.ends_with(" miniature") {
        Some(PetSize::Small)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_of_coats_are_whole_words_anywhere() {
        for (words, coat) in [
            ("shetland sheepdog", None),
            ("staffordshire bull terrier", None),
            ("rabbit sh mix", Some(CoatLength::Short)),
            ("rabbit lh mix", Some(CoatLength::Long)),
            ("cat dsh tabby", Some(CoatLength::Short)),
            ("german short haired pointer", Some(CoatLength::Short)),
            ("dachshund smoothhaired", Some(CoatLength::Short)),
        ] {
            assert_eq!(coat_of_words(words), coat, "{words}");
        }
    }
}
