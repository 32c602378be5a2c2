//! Visible traits: sex, whether altered, size, coat, age.

use entity::vocabulary::{AgeGroup, Altered, CoatLength, PetSize, Sex, Species};

use crate::{Factor, Reading, Subject, Wording, description::source, factor::time::days_between};

/// Half of all animals have the same sex, and nearly all reports of one animal.
pub const SEX_EQUAL: f64 = 0.6;
/// Finders are sometimes wrong, mostly about cats and long-haired animals.
const SEX_OPPOSITE: f64 = -2.2;
const ALTERED_EQUAL: f64 = 0.5;
/// Hard to see on the street.
const ALTERED_CONFLICT: f64 = -1.4;
pub const SIZE_EQUAL: f64 = 0.4;
const SIZE_FAR: f64 = -3.4;
const COAT_EQUAL: f64 = 0.4;
const COAT_FAR: f64 = -2.0;
const AGE_EQUAL: f64 = 1.1;
const AGE_FAR: f64 = -3.0;
/// Weights count as equal if the natural logarithm of their ratio is at most this: within about a fifth.
const SAME_WEIGHT: f64 = 0.2;
/// From twice the weight on, they count as two sizes apart.
const OTHER_WEIGHT: f64 = std::f64::consts::LN_2;
/// Number of days after which a young animal has grown up.
const AGING_DAYS: f64 = 180.0;
const GRAMS_PER_POUND: f64 = 453.592_37;

/// Compares the sexes, if both are known.
pub fn sex<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if is_untold(lost) || is_untold(other) {
        return None;
    }
    let ((one, trust), (two, others)) = (lost.sex_told()?, other.sex_told()?);
    let (weight, explanation) = match (one == two, one) {
        (true, Sex::Female) => (SEX_EQUAL, "Both are female"),
        (true, _) => (SEX_EQUAL, "Both are male"),
        (false, _) => (SEX_OPPOSITE, "One is female, the other is male"),
    };
    let trust = trust * others;
    Some(Factor::new("sex", weight * trust, || {
        format!("{explanation}{}.", source(trust))
    }))
}

fn is_untold(reading: &Reading) -> bool {
    reading.sex == Sex::Unknown && reading.description.is_none()
}

/// Compares whether the animals are spayed or neutered, if both are known.
pub fn altered<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let (weight, explanation) = match (lost.altered, other.altered) {
        (Altered::Unknown, _) | (_, Altered::Unknown) => return None,
        (Altered::Yes, Altered::Yes) => (ALTERED_EQUAL, "Both are spayed or neutered."),
        (Altered::No, Altered::No) => (ALTERED_EQUAL, "Both are intact."),
        (Altered::Yes, Altered::No) | (Altered::No, Altered::Yes) => {
            (ALTERED_CONFLICT, "One is spayed or neutered, the other is not.")
        }
    };
    Some(Factor::new("altered", weight, || explanation))
}

/// Compares weights if both animals were weighed, otherwise sizes. The size of a weighed dog follows from its weight.
pub fn size<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if let (Some(one), Some(two)) = (weighed(lost), weighed(other)) {
        return Some(match (one / two).ln().abs() {
            apart if apart <= SAME_WEIGHT => Factor::new("size", SIZE_EQUAL, || "They weigh about the same."),
            apart if apart < OTHER_WEIGHT => Factor::new("size", 0.0, || "Their weights are close."),
            _ => Factor::new("size", SIZE_FAR, || "One weighs at least twice as much as the other."),
        });
    }
    let (one, two) = (size_step(lost)?, size_step(other)?);
    Some(match one.abs_diff(two) {
        0 => Factor::new("size", SIZE_EQUAL, || "They are the same size."),
        1 => Factor::new("size", 0.0, || "Their sizes are close."),
        _ => Factor::new("size", SIZE_FAR, || "Their sizes are clearly different."),
    })
}

/// Compares the coats, if both are known.
pub fn coat<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    if lost.coat == CoatLength::Unknown || other.coat == CoatLength::Unknown {
        return None;
    }
    let far = match (coat_step(lost.coat), coat_step(other.coat)) {
        (Some(one), Some(two)) => 1 < one.abs_diff(two),
        _ => [lost.coat, other.coat].contains(&CoatLength::Hairless),
    };
    Some(match lost.coat == other.coat {
        true => Factor::new("coat", COAT_EQUAL, || "Their coats are alike."),
        false if far => Factor::new("coat", COAT_FAR, || "Their coats are clearly different."),
        false => Factor::new("coat", 0.0, || "Their coats are easily confused."),
    })
}

/// Compares the ages, if both are known and the reports are close enough in time.
pub fn age<W: Wording>(lost: &Reading, other: &Reading) -> Option<Factor<W>> {
    let (one, two) = (age_step(lost.age_group)?, age_step(other.age_group)?);
    if AGING_DAYS < days_between(lost.seen_at, other.seen_at).abs() {
        return None;
    }
    Some(match one.abs_diff(two) {
        0 => Factor::new("age", AGE_EQUAL, || "They are in the same age group."),
        1 => Factor::new("age", 0.0, || "Their ages are close."),
        _ => Factor::new("age", AGE_FAR, || "Their ages are clearly different."),
    })
}

pub fn weighed(subject: &Subject) -> Option<f64> {
    subject.weight_grams.filter(|grams| 0 < *grams).map(f64::from)
}

/// Rank of the size.
fn size_step(subject: &Subject) -> Option<u8> {
    match subject.size {
        PetSize::ExtraSmall => Some(0),
        PetSize::Small => Some(1),
        PetSize::Medium => Some(2),
        PetSize::Large => Some(3),
        PetSize::ExtraLarge => Some(4),
        PetSize::Unknown if subject.species == Species::Dog => weighed(subject).map(dog_size_step),
        PetSize::Unknown => None,
    }
}

/// The rank of a dog's size by its weight, with the limits of the vocabulary.
fn dog_size_step(grams: f64) -> u8 {
    match grams / GRAMS_PER_POUND {
        pounds if pounds <= 25.0 => 1,
        pounds if pounds <= 60.0 => 2,
        pounds if pounds <= 100.0 => 3,
        _ => 4,
    }
}

/// Rank of the coat length; wire, curly and corded coats have none.
fn coat_step(coat: CoatLength) -> Option<u8> {
    match coat {
        CoatLength::Hairless => Some(0),
        CoatLength::Short => Some(1),
        CoatLength::Medium => Some(2),
        CoatLength::Long => Some(3),
        CoatLength::Wire | CoatLength::Curly | CoatLength::Corded | CoatLength::Unknown => None,
    }
}

/// Rank of the age group.
fn age_step(age: AgeGroup) -> Option<u8> {
    match age {
        AgeGroup::Baby => Some(0),
        AgeGroup::Young => Some(1),
        AgeGroup::Adult => Some(2),
        AgeGroup::Senior => Some(3),
        AgeGroup::Unknown => None,
    }
}
