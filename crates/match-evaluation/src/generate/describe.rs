//! How people describe an animal: owners know it, finders see it, shelters examine it.

use entity::{
    ColorSet, Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetKind, PetSize, PlacePrecision, Sex, Species},
};
use fastrand::Rng;
use match_score::Subject;
use uuid::Uuid;

use super::{
    Noise,
    animal::{Animal, pick},
    chance,
    tables::{Breed, CAT_COATS, CATS, COLLARS, CONFUSED, CONFUSED_PATTERNS, Coat, DOG_COATS, DOGS, MARKS, OTHER_COATS},
};

/// How well somebody knows an animal: multiplies errors and gaps.
struct Eye {
    errors: f64,
    gaps: f64,
}

/// A report of this kind about an animal, still without place, time and id.
pub fn describe(rng: &mut Rng, animal: &Animal, kind: PetKind, noise: &Noise) -> Subject {
    let eye = match kind {
        PetKind::Lost => Eye {
            errors: 0.25,
            gaps: 0.5,
        },
        PetKind::Sheltered => Eye { errors: 0.8, gaps: 0.4 },
        PetKind::Found => Eye { errors: 1.0, gaps: 1.0 },
        PetKind::Sighted => Eye { errors: 1.3, gaps: 1.6 },
    };
    let missing = noise.missing * eye.gaps;
    let [breed_primary, breed_secondary] = breeds(rng, animal, &eye, noise);
    let (markings, collar) = marks(rng, animal, noise);
    let pattern = pattern(rng, animal, &eye, missing);
    let mut subject = Subject {
        id: Uuid::nil(),
        kind,
        species: animal.species,
        name: name(rng, animal, kind),
        mixed: breed_secondary.is_some() || (kind != PetKind::Lost && chance(rng, 0.4)),
        breed_primary,
        breed_secondary,
        sex: sex(rng, animal, &eye, missing),
        altered: altered(rng, animal, &eye, missing),
        size: size(rng, animal, &eye, missing),
        age_group: age(rng, animal, &eye, missing),
        coat: coat(rng, animal, &eye, missing),
        colors: if chance(rng, 0.25 * missing) {
            ColorSet::default()
        } else {
            colors(rng, animal, &eye, noise)
        },
        pattern,
        markings,
        collar,
        description: None,
        weight_grams: chance(rng, if kind == PetKind::Sheltered { 0.3 } else { 0.1 }).then_some(animal.grams),
        microchip: animal.chip.clone().filter(|_| knows_chip(rng, kind)),
        second_microchip: None,
        point: None,
        precision: PlacePrecision::Point,
        address: None,
        seen_at: Timestamp(0),
    };
    if chance(rng, 0.4) {
        subject.description = Some(text(rng, animal, &subject));
    }
    subject
}

fn knows_chip(rng: &mut Rng, kind: PetKind) -> bool {
    let known = match kind {
        PetKind::Lost => 0.5,
        PetKind::Sheltered => 0.9,
        PetKind::Found => 0.1,
        PetKind::Sighted => 0.0,
    };
    chance(rng, known)
}

fn name(rng: &mut Rng, animal: &Animal, kind: PetKind) -> Option<String> {
    match kind {
        PetKind::Lost => Some(animal.name.to_owned()),
        PetKind::Sheltered if chance(rng, 0.5) => Some(Animal::any(rng).name.to_owned()),
        PetKind::Found if chance(rng, 0.1) => Some(animal.name.to_owned()),
        _ => None,
    }
}

fn breeds(rng: &mut Rng, animal: &Animal, eye: &Eye, noise: &Noise) -> [Option<String>; 2] {
    let Some(breed) = animal.breed else {
        return [None, None];
    };
    if chance(rng, 0.25 * eye.gaps) {
        return [None, None];
    }
    let all: &'static [Breed] = if animal.species == Species::Dog { &DOGS } else { &CATS };
    let like: Vec<Breed> = all.iter().filter(|other| other.4 == breed.4).copied().collect();
    let primary = match chance(rng, noise.misjudged_breed * eye.errors) {
        true if chance(rng, 0.6) => pick(rng, &like, |breed| breed.1).map_or(breed.0, |breed| breed.0),
        true => pick(rng, all, |breed| breed.1).map_or(breed.0, |breed| breed.0),
        false => breed.0,
    };
    let second = animal.second_breed.filter(|second| second.0 != primary);
    let second = second.filter(|_| chance(rng, 0.6)).map(|breed| breed.0.to_owned());
    match second {
        Some(second) if chance(rng, 0.2) => [Some(second), Some(primary.to_owned())],
        second => [Some(primary.to_owned()), second],
    }
}

fn sex(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> Sex {
    if chance(rng, missing * 0.8) {
        return Sex::Unknown;
    }
    match (animal.sex, chance(rng, 0.05 * eye.errors)) {
        (Sex::Female, false) | (Sex::Male, true) => Sex::Female,
        _ => Sex::Male,
    }
}

fn altered(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> Altered {
    if chance(rng, missing * 1.5) {
        return Altered::Unknown;
    }
    match (animal.altered, chance(rng, 0.12 * eye.errors)) {
        (Altered::Yes, false) | (Altered::No, true) => Altered::Yes,
        _ => Altered::No,
    }
}

fn size(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> PetSize {
    const SIZES: [PetSize; 5] = [
        PetSize::ExtraSmall,
        PetSize::Small,
        PetSize::Medium,
        PetSize::Large,
        PetSize::ExtraLarge,
    ];
    if chance(rng, missing) {
        return PetSize::Unknown;
    }
    let known = SIZES.iter().position(|size| *size == animal.size);
    known.map_or(PetSize::Unknown, |step| {
        let step = blurred(rng, step, 0.25 * eye.errors);
        SIZES.get(step).copied().unwrap_or(animal.size)
    })
}

fn age(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> AgeGroup {
    const AGES: [AgeGroup; 4] = [AgeGroup::Baby, AgeGroup::Young, AgeGroup::Adult, AgeGroup::Senior];
    if chance(rng, missing) {
        return AgeGroup::Unknown;
    }
    let step = AGES.iter().position(|age| *age == animal.age_group).unwrap_or(1);
    let step = blurred(rng, step, 0.35 * eye.errors);
    AGES.get(step).copied().unwrap_or(animal.age_group)
}

fn coat(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> CoatLength {
    const LENGTHS: [CoatLength; 3] = [CoatLength::Short, CoatLength::Medium, CoatLength::Long];
    if chance(rng, 1.4 * missing + 0.2) {
        return CoatLength::Unknown;
    }
    let is_misjudged = chance(rng, 0.2 * eye.errors);
    match LENGTHS.iter().position(|length| *length == animal.coat) {
        Some(step) => LENGTHS.get(blurred(rng, step, 0.2 * eye.errors)).copied(),
        None if is_misjudged => rng.choice(LENGTHS),
        None => None,
    }
    .unwrap_or(animal.coat)
}

/// A step that is one off with this probability.
fn blurred(rng: &mut Rng, step: usize, probability: f64) -> usize {
    match (chance(rng, probability), chance(rng, 0.5)) {
        (false, _) => step,
        (true, true) => step + 1,
        (true, false) => step.saturating_sub(1),
    }
}

fn colors(rng: &mut Rng, animal: &Animal, eye: &Eye, noise: &Noise) -> ColorSet {
    let error = noise.misjudged_colors * eye.errors;
    let mut colors: Vec<Color> = animal.colors.colors();
    if 1 < colors.len() && chance(rng, error * 0.6) {
        colors.swap_remove(rng.usize(0..colors.len()));
    }
    if chance(rng, error * 0.3) {
        colors.push(Color::White);
    }
    for color in &mut colors {
        if chance(rng, error * 0.35) {
            *color = called(rng, *color);
        }
    }
    colors.into_iter().collect()
}

/// Another name that people have for a colour.
fn called(rng: &mut Rng, color: Color) -> Color {
    let others: Vec<Color> = CONFUSED.iter().filter_map(|pair| other_of(*pair, color)).collect();
    rng.choice(others).unwrap_or(color)
}

fn other_of<T: PartialEq>((one, two): (T, T), value: T) -> Option<T> {
    match value {
        value if value == one => Some(two),
        value if value == two => Some(one),
        _ => None,
    }
}

fn pattern(rng: &mut Rng, animal: &Animal, eye: &Eye, missing: f64) -> CoatPattern {
    if chance(rng, missing * 1.3 + 0.2) {
        return CoatPattern::Unknown;
    }
    let others: Vec<CoatPattern> = CONFUSED_PATTERNS
        .iter()
        .filter_map(|pair| other_of(*pair, animal.pattern))
        .collect();
    match rng.f64() {
        number if number < 0.03 * eye.errors => pick(rng, coats_of(animal.species), |coat| coat.2).map(|coat| coat.1),
        number if number < 0.15 * eye.errors => rng.choice(others),
        _ => None,
    }
    .unwrap_or(animal.pattern)
}

/// The coats that animals of a species have.
fn coats_of(species: Species) -> &'static [Coat] {
    match species {
        Species::Dog => &DOG_COATS,
        Species::Cat => &CAT_COATS,
        _ => &OTHER_COATS,
    }
}

fn marks(rng: &mut Rng, animal: &Animal, noise: &Noise) -> (Option<String>, Option<String>) {
    let mut wording = |wordings: &[&'static str; 2]| rng.choice(*wordings).unwrap_or_default();
    let marks: Vec<&str> = animal
        .marks
        .iter()
        .filter_map(|at| MARKS.get(*at))
        .map(&mut wording)
        .collect();
    let collar = animal.collar.and_then(|at| COLLARS.get(at)).map(&mut wording);
    let marks: Vec<&str> = marks.into_iter().filter(|_| chance(rng, noise.marks)).collect();
    let markings = (!marks.is_empty()).then(|| marks.join(", "));
    (markings, collar.filter(|_| chance(rng, noise.marks)).map(str::to_owned))
}

/// A few sentences that repeat some of the fields and tell some that the fields leave out.
fn text(rng: &mut Rng, animal: &Animal, subject: &Subject) -> String {
    let mut sentences = Vec::new();
    if chance(rng, 0.6) {
        sentences.push(match (animal.sex, subject.kind) {
            (Sex::Female, PetKind::Lost) => "She is very friendly.",
            (_, PetKind::Lost) => "He may be scared.",
            (Sex::Female, _) => "Looks like a female.",
            _ => "Seems to be a boy.",
        });
    }
    if chance(rng, 0.3) {
        sentences.push("Call 555 0100 with any news.");
    }
    if chance(rng, 0.2) {
        sentences.push("Seen near the school with a man and his dog.");
    }
    let wordings = animal.marks.first().and_then(|at| MARKS.get(*at));
    sentences.extend(
        wordings
            .filter(|_| chance(rng, 0.4))
            .and_then(|wordings| rng.choice(*wordings)),
    );
    let mut text = sentences.join(" ");
    if chance(rng, 0.5) {
        let colors: Vec<String> = animal.colors.colors().into_iter().map(crate::file::word).collect();
        text += &format!(" {} {}", colors.join(" and "), crate::file::word(animal.species));
    }
    text
}
