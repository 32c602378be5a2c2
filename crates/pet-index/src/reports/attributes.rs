//! The enumerated attributes of a report, packed into one number.
//!
//! Attributes that can be filtered by have one bit per value. A single `and` with the bits that a filter rejects tests
//! all of these conditions at once. The other attributes are stored as numbers.

use entity::{
    ColorSet,
    vocabulary::{
        AgeGroup, Altered, CoatLength, CoatPattern, PetKind, PetSize, PetStatus, PlacePrecision, Sex, Species,
    },
};

use super::Pin;
use crate::IndexFilter;

/// The packed attributes of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedAttributes(u64);

/// A range of bits.
#[derive(Clone, Copy)]
struct Field {
    shift: u32,
    width: u32,
}

impl Field {
    const fn after(self, width: u32) -> Self {
        Self {
            shift: self.shift + self.width,
            width,
        }
    }

    const fn mask(self) -> u64 {
        ((1 << self.width) - 1) << self.shift
    }

    /// The bit of the n-th value.
    const fn bit(self, value: u32) -> u64 {
        (1 << value << self.shift) & self.mask()
    }

    /// The index of the value whose bit is set.
    fn value(self, attributes: u64) -> usize {
        ((attributes & self.mask()) >> self.shift).trailing_zeros() as usize
    }

    const fn number(self, number: u64) -> u64 {
        (number << self.shift) & self.mask()
    }

    fn read(self, attributes: u64) -> u64 {
        (attributes & self.mask()) >> self.shift
    }
}

const KIND: Field = Field { shift: 0, width: 4 };
const STATUS: Field = KIND.after(7);
const SPECIES: Field = STATUS.after(9);
const SEX: Field = SPECIES.after(3);
const SIZE: Field = SEX.after(6);
const AGE: Field = SIZE.after(5);
const CHIP: Field = AGE.after(3);
const URGENT: Field = CHIP.after(2);
const ALTERED: Field = URGENT.after(2);
const COAT: Field = ALTERED.after(3);
const PATTERN: Field = COAT.after(4);
const MIXED: Field = PATTERN.after(1);
/// One bit for each colour; the vocabulary has 11.
const COLORS: Field = MIXED.after(12);
const PRECISION: Field = COLORS.after(3);

// In the order of the vocabulary, so that `value as usize` is the index of each.
const KINDS: [PetKind; 4] = [PetKind::Lost, PetKind::Found, PetKind::Sighted, PetKind::Sheltered];
const STATUSES: [PetStatus; 7] = [
    PetStatus::Open,
    PetStatus::Matched,
    PetStatus::Reunited,
    PetStatus::Adopted,
    PetStatus::Transferred,
    PetStatus::Closed,
    PetStatus::Expired,
];
const ALL_SPECIES: [Species; 9] = [
    Species::Dog,
    Species::Cat,
    Species::Rabbit,
    Species::Bird,
    Species::SmallMammal,
    Species::Reptile,
    Species::Equine,
    Species::Farm,
    Species::Other,
];
const SEXES: [Sex; 3] = [Sex::Female, Sex::Male, Sex::Unknown];
const SIZES: [PetSize; 6] = [
    PetSize::ExtraSmall,
    PetSize::Small,
    PetSize::Medium,
    PetSize::Large,
    PetSize::ExtraLarge,
    PetSize::Unknown,
];
const AGES: [AgeGroup; 5] = [
    AgeGroup::Baby,
    AgeGroup::Young,
    AgeGroup::Adult,
    AgeGroup::Senior,
    AgeGroup::Unknown,
];
const CHIPS: [Option<bool>; 3] = [None, Some(false), Some(true)];
const ALTEREDS: [Altered; 3] = [Altered::Yes, Altered::No, Altered::Unknown];
const COATS: [CoatLength; 8] = [
    CoatLength::Hairless,
    CoatLength::Short,
    CoatLength::Medium,
    CoatLength::Long,
    CoatLength::Wire,
    CoatLength::Curly,
    CoatLength::Corded,
    CoatLength::Unknown,
];
const PATTERNS: [CoatPattern; 16] = [
    CoatPattern::Solid,
    CoatPattern::Bicolor,
    CoatPattern::Tuxedo,
    CoatPattern::Tricolor,
    CoatPattern::Tabby,
    CoatPattern::Tortoiseshell,
    CoatPattern::Calico,
    CoatPattern::Torbie,
    CoatPattern::Point,
    CoatPattern::Merle,
    CoatPattern::Brindle,
    CoatPattern::Harlequin,
    CoatPattern::Sable,
    CoatPattern::Spotted,
    CoatPattern::Other,
    CoatPattern::Unknown,
];

const PRECISIONS: [PlacePrecision; 6] = [
    PlacePrecision::Point,
    PlacePrecision::Street,
    PlacePrecision::Postcode,
    PlacePrecision::City,
    PlacePrecision::Shelter,
    PlacePrecision::Unresolved,
];

impl PackedAttributes {
    /// Stands for no report.
    pub const BLANK: Self = Self(0);

    /// Packs the attributes of a report.
    pub fn of(pin: &Pin) -> Self {
        Self(
            KIND.bit(pin.kind as u32)
                | STATUS.bit(pin.status as u32)
                | SPECIES.bit(pin.species as u32)
                | SEX.bit(pin.sex as u32)
                | SIZE.bit(pin.size as u32)
                | AGE.bit(pin.age_group as u32)
                | CHIP.bit(chip(pin.microchipped))
                | URGENT.bit(u32::from(pin.urgent))
                | ALTERED.number(pin.altered as u64)
                | COAT.number(pin.coat as u64)
                | PATTERN.number(pin.pattern as u64)
                | MIXED.number(u64::from(pin.breed_mixed))
                | COLORS.number(u64::from(pin.colors.0.cast_unsigned()))
                | PRECISION.number(pin.precision as u64),
        )
    }

    /// The union of the bits of both.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Index of the kind, 0 to 3.
    pub fn kind_number(self) -> usize {
        KIND.value(self.0)
    }

    /// Kind of report: lost, found, sighted or sheltered.
    pub fn kind(self) -> PetKind {
        nth(KINDS, KIND.value(self.0), PetKind::Sheltered)
    }

    /// State of the report.
    pub fn status(self) -> PetStatus {
        nth(STATUSES, STATUS.value(self.0), PetStatus::Open)
    }

    /// Species.
    pub fn species(self) -> Species {
        nth(ALL_SPECIES, SPECIES.value(self.0), Species::Other)
    }

    /// Sex.
    pub fn sex(self) -> Sex {
        nth(SEXES, SEX.value(self.0), Sex::Unknown)
    }

    /// Size.
    pub fn size(self) -> PetSize {
        nth(SIZES, SIZE.value(self.0), PetSize::Unknown)
    }

    /// Age.
    pub fn age_group(self) -> AgeGroup {
        nth(AGES, AGE.value(self.0), AgeGroup::Unknown)
    }

    /// Whether the animal has a microchip; `None` if unknown.
    pub fn microchipped(self) -> Option<bool> {
        nth(CHIPS, CHIP.value(self.0), None)
    }

    /// Whether the animal is in danger.
    pub fn urgent(self) -> bool {
        URGENT.value(self.0) == 1
    }

    /// Whether it is spayed or neutered.
    pub fn altered(self) -> Altered {
        nth(ALTEREDS, ALTERED.read(self.0) as usize, Altered::Unknown)
    }

    /// Coat length.
    pub fn coat(self) -> CoatLength {
        nth(COATS, COAT.read(self.0) as usize, CoatLength::Unknown)
    }

    /// Coat pattern.
    pub fn pattern(self) -> CoatPattern {
        nth(PATTERNS, PATTERN.read(self.0) as usize, CoatPattern::Unknown)
    }

    /// Whether the animal is a mix.
    pub fn breed_mixed(self) -> bool {
        MIXED.read(self.0) == 1
    }

    /// Precision of the reported place.
    pub fn precision(self) -> PlacePrecision {
        nth(PRECISIONS, PRECISION.read(self.0) as usize, PlacePrecision::Unresolved)
    }

    /// Base colours.
    pub fn colors(self) -> ColorSet {
        ColorSet(COLORS.read(self.0) as i32)
    }
}

fn nth<T: Copy, const N: usize>(values: [T; N], place: usize, otherwise: T) -> T {
    values.get(place).copied().unwrap_or(otherwise)
}

fn chip(microchipped: Option<bool>) -> u32 {
    match microchipped {
        None => 0,
        Some(chipped) => 1 + u32::from(chipped),
    }
}

/// The conditions of a filter on packed attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributeMask {
    /// A report that has any of these bits is rejected.
    rejected: u64,
    /// A report must have at least one of these bits, unless there are none.
    any: u64,
}

impl AttributeMask {
    /// Converts the conditions of a filter.
    pub fn of(filter: &IndexFilter) -> Self {
        let chips = filter.microchipped.map(|chipped| [chip(Some(chipped))]);
        let urgent = filter.urgent.map(|urgent| [u32::from(urgent)]);
        let rejected = others(KIND, filter.kinds.as_deref(), |value| value as u32)
            | others(STATUS, filter.statuses.as_deref(), |value| value as u32)
            | others(SPECIES, filter.species.as_deref(), |value| value as u32)
            | others(SIZE, filter.sizes.as_deref(), |value| value as u32)
            | others(SEX, filter.sexes.as_deref(), |value| value as u32)
            | others(AGE, filter.age_groups.as_deref(), |value| value as u32)
            | others(CHIP, chips.as_ref().map(<[u32; 1]>::as_slice), |value| value)
            | others(URGENT, urgent.as_ref().map(<[u32; 1]>::as_slice), |value| value);
        let any = filter
            .colors
            .map(|colors| COLORS.number(u64::from(colors.0.cast_unsigned())));
        match any {
            // No report can match an empty set of colours.
            Some(0) => Self {
                rejected: u64::MAX,
                any: 0,
            },
            any => Self {
                rejected,
                any: any.unwrap_or(0),
            },
        }
    }

    /// Whether all reports pass, given the union of their bits.
    pub fn admits_all(&self, present: PackedAttributes) -> bool {
        present.0 & self.rejected == 0 && self.any == 0
    }

    /// Whether a report with these attributes passes.
    #[inline]
    pub fn admits(&self, attributes: PackedAttributes) -> bool {
        attributes.0 & self.rejected == 0 && (self.any == 0 || attributes.0 & self.any != 0)
    }
}

/// The bits of all values of a field that are not in the list.
fn others<V: Copy>(field: Field, list: Option<&[V]>, number: impl Fn(V) -> u32) -> u64 {
    let Some(list) = list else { return 0 };
    list.iter()
        .fold(field.mask(), |others, value| others & !field.bit(number(*value)))
}
