//! The words for the terms of the tables that files for other programs use; `import-reader` and `pet-vocabulary`
//! understand them.

use entity::vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetSize, Sex, Species};

/// A word for the species.
pub(crate) fn species(species: Species) -> &'static str {
    match species {
        Species::Dog => "Dog",
        Species::Cat => "Cat",
        Species::Rabbit => "Rabbit",
        Species::Bird => "Bird",
        Species::SmallMammal => "Small Mammal",
        Species::Reptile => "Reptile",
        Species::Equine => "Horse",
        Species::Farm => "Farm Animal",
        Species::Other => "Other",
    }
}

/// A word for the sex; empty if it is unknown.
pub(crate) fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Female",
        Sex::Male => "Male",
        Sex::Unknown => "",
    }
}

/// Yes or no; empty if it is unknown.
pub(crate) fn altered(altered: Altered) -> &'static str {
    match altered {
        Altered::Yes => "Yes",
        Altered::No => "No",
        Altered::Unknown => "",
    }
}

/// A word for the size; empty if it is unknown.
pub(crate) fn size(size: PetSize) -> &'static str {
    match size {
        PetSize::ExtraSmall => "Extra Small",
        PetSize::Small => "Small",
        PetSize::Medium => "Medium",
        PetSize::Large => "Large",
        PetSize::ExtraLarge => "Extra Large",
        PetSize::Unknown => "",
    }
}

/// A word for the age; empty if it is unknown.
pub(crate) fn age(age: AgeGroup) -> &'static str {
    match age {
        AgeGroup::Baby => "Baby",
        AgeGroup::Young => "Young",
        AgeGroup::Adult => "Adult",
        AgeGroup::Senior => "Senior",
        AgeGroup::Unknown => "",
    }
}

/// A word for the coat; empty if it is unknown.
pub(crate) fn coat(coat: CoatLength) -> &'static str {
    match coat {
        CoatLength::Hairless => "Hairless",
        CoatLength::Short => "Short",
        CoatLength::Medium => "Medium",
        CoatLength::Long => "Long",
        CoatLength::Wire => "Wire",
        CoatLength::Curly => "Curly",
        CoatLength::Corded => "Corded",
        CoatLength::Unknown => "",
    }
}

/// A word for the pattern; empty if it is unknown. "Other" alone would be read as a colour.
pub(crate) fn pattern(pattern: CoatPattern) -> &'static str {
    match pattern {
        CoatPattern::Solid => "Solid",
        CoatPattern::Bicolor => "Bicolor",
        CoatPattern::Tuxedo => "Tuxedo",
        CoatPattern::Tricolor => "Tricolor",
        CoatPattern::Tabby => "Tabby",
        CoatPattern::Tortoiseshell => "Tortoiseshell",
        CoatPattern::Calico => "Calico",
        CoatPattern::Torbie => "Torbie",
        CoatPattern::Point => "Point",
        CoatPattern::Merle => "Merle",
        CoatPattern::Brindle => "Brindle",
        CoatPattern::Harlequin => "Harlequin",
        CoatPattern::Sable => "Sable",
        CoatPattern::Spotted => "Spotted",
        CoatPattern::Other => "Other Shade",
        CoatPattern::Unknown => "",
    }
}

/// A word for the colour.
pub(crate) fn color(color: Color) -> &'static str {
    match color {
        Color::Black => "Black",
        Color::White => "White",
        Color::Gray => "Gray",
        Color::Brown => "Brown",
        Color::Red => "Red",
        Color::Tan => "Tan",
        Color::Cream => "Cream",
        Color::Golden => "Golden",
        Color::Green => "Green",
        Color::Yellow => "Yellow",
        Color::Other => "Other",
    }
}

/// The breed for people, such as `Beagle / Boxer mix`; `None` if nothing is known of it.
pub(crate) fn breed_label(primary: Option<&str>, secondary: Option<&str>, mixed: bool) -> Option<String> {
    match (primary, secondary) {
        (Some(primary), Some(secondary)) => Some(format!("{primary} / {secondary} mix")),
        (Some(primary), None) if mixed => Some(format!("{primary} mix")),
        (Some(primary), None) => Some(primary.to_owned()),
        (None, _) => mixed.then(|| "Mixed breed".to_owned()),
    }
}
