//! Parses ages and derives life stages.

use entity::vocabulary::{AgeGroup, Species};

use super::spelling::fold;

/// The content of an age cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// An age in days.
    Days(u32),
    /// A life stage in words.
    Group(AgeGroup),
    /// Empty, unreadable, or impossible (such as "-3 years").
    Unknown,
}

impl Age {
    /// The life stage for an animal of this species.
    pub fn group(self, species: Species) -> AgeGroup {
        match self {
            Self::Days(days) => age_group_of_days(species, days),
            Self::Group(group) => group,
            Self::Unknown => AgeGroup::Unknown,
        }
    }
}

/// Upper limit: no animal in a shelter is older than a tortoise.
const OLDEST_DAYS: u64 = 150 * 365;

/// Parses `2 years`, `1 YEAR 4 MONTHS`, `2Y/ 4M/ 26D`, `1.5 years`, `Under 1 year`, `Senior`. A bare number is in units
/// of `days_per_unit`, for columns whose title names the unit.
pub fn parse_age(raw: &str, days_per_unit: Option<u32>) -> Age {
    let trimmed = raw.trim();
    let folded = fold(trimmed);
    if is_negative(trimmed) || trimmed.contains('>') || folded.is_empty() {
        return Age::Unknown;
    }
    if let Some(group) = age_word(&folded) {
        return Age::Group(group);
    }
    if let Some(limit) = upper_limit(trimmed, &folded) {
        // Longer ones, such as "under 5 years", leave the stage open.
        return if limit <= 365 {
            Age::Group(AgeGroup::Baby)
        } else {
            Age::Unknown
        };
    }
    if let Some(total) = decimal(trimmed).or_else(|| middle(trimmed)) {
        return days(total);
    }
    if let (Ok(number), Some(unit)) = (trimmed.parse::<f64>(), days_per_unit) {
        return days(number * f64::from(unit));
    }
    sum_of_units(&folded).map_or(Age::Unknown, |total| days(total as f64))
}

/// The life stage at an age.
///
/// Dogs and cats: baby below 1 year, young below 3, adult below 8, the limits that listing services use. Small mammals
/// live about a third as long. Horses, birds and reptiles live far longer, so only their first years are distinguished.
pub fn age_group_of_days(species: Species, days: u32) -> AgeGroup {
    let [baby, young, adult] = stages(species);
    match days {
        _ if days < baby => AgeGroup::Baby,
        _ if days < young => AgeGroup::Young,
        _ if days < adult => AgeGroup::Adult,
        _ => AgeGroup::Senior,
    }
}

/// The age in days at which the next life stage begins; `None` for the last one.
pub fn next_stage_after(species: Species, days: u32) -> Option<u32> {
    stages(species).into_iter().find(|begin| days < *begin)
}

/// The ages in days at which an animal becomes young, adult and senior.
fn stages(species: Species) -> [u32; 3] {
    match species {
        Species::Dog | Species::Cat | Species::Other | Species::Farm => [365, 1095, 2920],
        Species::Rabbit => [182, 730, 2190],
        Species::SmallMammal => [91, 365, 1095],
        Species::Equine | Species::Bird | Species::Reptile => [365, 1825, 7300],
    }
}

fn age_word(folded: &str) -> Option<AgeGroup> {
    Some(match folded {
        "baby" | "kitten" | "puppy" | "puppies" | "kittn" | "neonate" | "under 1 year" | "juvenile" | "newborn"
        | "infant" => AgeGroup::Baby,
        "young" | "young adult" | "adolescent" => AgeGroup::Young,
        "adult" | "mature" => AgeGroup::Adult,
        "senior" | "geriatric" | "old" | "elderly" | "aged" => AgeGroup::Senior,
        _ => return None,
    })
}

/// A span that begins below zero, as in `-3 years`: the clerk's dates were wrong. A later part may be below zero, as in
/// `11 YEARS -1 MONTHS`: the system subtracted months from years.
fn is_negative(text: &str) -> bool {
    let after_sign = text.trim_start().strip_prefix('-');
    after_sign.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The days that an animal is younger than: `< 1 year`, `less than 6 months`.
fn upper_limit(text: &str, folded: &str) -> Option<u64> {
    let words = ["under ", "less than ", "younger than ", "below "];
    let span = match text.strip_prefix('<') {
        Some(_) => folded,
        None => words.iter().find_map(|word| folded.strip_prefix(word))?,
    };
    sum_of_units(span)
}

/// A wider range says too little: it spans several stages.
const NARROW: f64 = 2.0;

/// The middle of a narrow range of one unit: `8-10 weeks`, `2 to 3 yrs`.
fn middle(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (from, rest) = lower
        .split_once('-')
        .or_else(|| lower.split_once('–'))
        .or_else(|| lower.split_once(" to "))?;
    let rest = rest.trim_start();
    let cut = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (to, unit) = rest.split_at(cut);
    let unit = unit_days(unit.trim().trim_end_matches(" old").trim_end_matches('.'))?;
    let (from, to) = (from.trim().parse::<f64>().ok()?, to.parse::<f64>().ok()?);
    (from < to && to - from <= NARROW).then(|| (from + to) / 2.0 * unit as f64)
}

/// One number with a decimal point and its unit.
fn decimal(text: &str) -> Option<f64> {
    let cut = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (number, unit) = text.split_at(cut);
    let unit = unit_days(&fold(unit))?;
    let number: f64 = number.contains('.').then(|| number.parse().ok())??;
    Some(number * unit as f64)
}

fn days(number: f64) -> Age {
    if (0.0..=OLDEST_DAYS as f64).contains(&number) {
        Age::Days(number as u32)
    } else {
        Age::Unknown
    }
}

/// The sum of "number unit" pairs in days; `None` if there is anything else between them.
fn sum_of_units(folded: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut number: Option<u64> = None;
    for token in folded.split(' ').flat_map(split_number) {
        if let Ok(value) = token.parse::<u64>() {
            if number.is_some() {
                return None;
            }
            number = Some(value);
        } else if !matches!(
            token,
            "and"
                | "old"
                | "about"
                | "approx"
                | "approximately"
                | "around"
                | "est"
                | "estimated"
                | "age"
                | "puppy"
                | "pup"
                | "kitten"
        ) {
            total = total.saturating_add(number.take()?.saturating_mul(unit_days(token)?));
        }
    }
    number.is_none().then_some(total)
}

/// Splits `2y` into `2` and `y`.
fn split_number(token: &str) -> impl Iterator<Item = &str> {
    let cut = token
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(token.len());
    let (digits, rest) = token.split_at(cut);
    [digits, rest].into_iter().filter(|part| !part.is_empty())
}

fn unit_days(word: &str) -> Option<u64> {
    Some(match word {
        "y" | "yr" | "yrs" | "year" | "years" => 365,
        "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => 30,
        "w" | "wk" | "wks" | "week" | "weeks" => 7,
        "d" | "day" | "days" => 1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_in_words_are_summed() {
        for (raw, age) in [
            ("2 years", Age::Days(730)),
            ("1 weeks", Age::Days(7)),
            ("8-10 weeks", Age::Days(63)),
            ("2-3 yrs", Age::Days(912)),
            ("6 to 7 years old", Age::Days(2372)),
            ("Puppy 12 wks", Age::Days(84)),
            ("3-2 years", Age::Unknown),
            ("1 YEAR 4 MONTHS", Age::Days(485)),
            ("11 YEARS -1 MONTHS", Age::Days(4_045)),
            ("2Y/ 4M/ 26D", Age::Days(876)),
            ("0 years", Age::Days(0)),
            ("-3 years", Age::Unknown),
            ("NO AGE", Age::Unknown),
            ("Over 1 year", Age::Unknown),
            ("99999999999999999999 years", Age::Unknown),
            ("900 years", Age::Unknown),
            ("3", Age::Unknown),
            ("Under 1 year", Age::Group(AgeGroup::Baby)),
            ("< 1 year", Age::Group(AgeGroup::Baby)),
            ("less than 6 months", Age::Group(AgeGroup::Baby)),
            ("Under 5 years", Age::Unknown),
            ("> 1 year", Age::Unknown),
            ("5 mos", Age::Days(150)),
            ("10 wks", Age::Days(70)),
            ("1.5 years", Age::Days(547)),
            ("1..5 years", Age::Unknown),
            ("est. 2 yrs", Age::Days(730)),
            ("8 weeks old", Age::Days(56)),
            ("2 years - 4 months", Age::Days(850)),
            ("2-8 years", Age::Unknown),
            ("Unknown", Age::Unknown),
            ("Adult", Age::Group(AgeGroup::Adult)),
            ("Kitten", Age::Group(AgeGroup::Baby)),
            ("KITTN", Age::Group(AgeGroup::Baby)),
            ("Senior", Age::Group(AgeGroup::Senior)),
        ] {
            assert_eq!(parse_age(raw, None), age, "{raw}");
        }
    }

    #[test]
    fn a_bare_number_takes_the_unit_of_its_column() {
        assert_eq!(parse_age("3", Some(365)), Age::Days(1095));
        assert_eq!(parse_age("1.5", Some(30)), Age::Days(45));
        assert_eq!(parse_age("-1", Some(365)), Age::Unknown);
    }

    #[test]
    fn stages_follow_the_species() {
        assert_eq!(age_group_of_days(Species::Dog, 364), AgeGroup::Baby);
        assert_eq!(age_group_of_days(Species::Dog, 365), AgeGroup::Young);
        assert_eq!(age_group_of_days(Species::Cat, 2920), AgeGroup::Senior);
        assert_eq!(age_group_of_days(Species::SmallMammal, 1200), AgeGroup::Senior);
        assert_eq!(age_group_of_days(Species::Equine, 2920), AgeGroup::Adult);
        assert_eq!(next_stage_after(Species::Dog, 364), Some(365));
        assert_eq!(next_stage_after(Species::Dog, 365), Some(1095));
        assert_eq!(next_stage_after(Species::Cat, 2920), None);
    }
}
