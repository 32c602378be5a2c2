//! The figures themselves.

use entity::vocabulary::{IntakeKind, Species, StayOutcome};

use super::{age::Age, month::Month};

/// A species as SAC counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SacSpecies {
    /// Dogs.
    Canine,
    /// Cats.
    Feline,
    /// Rabbits.
    Rabbit,
    /// Horses, ponies, donkeys, mules.
    Equine,
    /// Ferrets, guinea pigs, hamsters and the like.
    SmallMammal,
    /// Farm animals.
    FarmAnimal,
    /// Birds.
    Bird,
    /// Reptiles and amphibians.
    ReptileOrAmphibian,
}

impl SacSpecies {
    /// All of them, in the order of the rows.
    pub const ALL: [Self; 8] = [
        Self::Canine,
        Self::Feline,
        Self::Rabbit,
        Self::Equine,
        Self::SmallMammal,
        Self::FarmAnimal,
        Self::Bird,
        Self::ReptileOrAmphibian,
    ];

    /// The row in which a species of ours is counted; `None` for other animals, for which SAC has none.
    pub fn of(species: Species) -> Option<Self> {
        Some(match species {
            Species::Dog => Self::Canine,
            Species::Cat => Self::Feline,
            Species::Rabbit => Self::Rabbit,
            Species::Equine => Self::Equine,
            Species::SmallMammal => Self::SmallMammal,
            Species::Farm => Self::FarmAnimal,
            Species::Bird => Self::Bird,
            Species::Reptile => Self::ReptileOrAmphibian,
            Species::Other => return None,
        })
    }

    /// SAC's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Canine => "canine",
            Self::Feline => "feline",
            Self::Rabbit => "rabbit",
            Self::Equine => "equine",
            Self::SmallMammal => "small_mammal",
            Self::FarmAnimal => "farm_animal",
            Self::Bird => "bird",
            Self::ReptileOrAmphibian => "reptile_or_amphibian",
        }
    }
}

/// Animals in care at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// All of them.
    pub animals: u64,
    /// Those of them that were in foster homes.
    pub foster: u64,
}

impl Count {
    /// Those that were not in foster homes.
    pub fn on_site(self) -> u64 {
        self.animals.saturating_sub(self.foster)
    }
}

/// The same figures for each age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByAge<T> {
    /// Five months or older.
    pub adult: T,
    /// Younger.
    pub up_to_five_months: T,
    /// Of an age that is not known.
    pub unknown: T,
}

impl<T> ByAge<T> {
    /// The figures for an age.
    pub fn of(&self, age: Age) -> &T {
        match age {
            Age::Adult => &self.adult,
            Age::UpToFiveMonths => &self.up_to_five_months,
            Age::Unknown => &self.unknown,
        }
    }

    pub(super) fn of_mut(&mut self, age: Age) -> &mut T {
        match age {
            Age::Adult => &mut self.adult,
            Age::UpToFiveMonths => &mut self.up_to_five_months,
            Age::Unknown => &mut self.unknown,
        }
    }
}

/// Live intakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Intakes {
    /// Found at large.
    pub stray_at_large: u64,
    /// Given up by an owner, or brought back after an adoption.
    pub relinquished_by_owner: u64,
    /// Brought to be put to sleep.
    pub owner_intended_euthanasia: u64,
    /// Taken over from another organisation.
    pub transferred_in: u64,
    /// Seized or impounded by an authority.
    pub seized_or_impounded: u64,
    /// Born in care, for another reason, or for none that is known.
    pub other: u64,
}

impl Intakes {
    /// The sum of them.
    pub fn total(&self) -> u64 {
        self.stray_at_large
            + self.relinquished_by_owner
            + self.owner_intended_euthanasia
            + self.transferred_in
            + self.seized_or_impounded
            + self.other
    }

    pub(super) fn of_mut(&mut self, kind: IntakeKind) -> &mut u64 {
        match kind {
            IntakeKind::Stray => &mut self.stray_at_large,
            IntakeKind::OwnerSurrender | IntakeKind::Return => &mut self.relinquished_by_owner,
            IntakeKind::OwnerIntendedEuthanasia => &mut self.owner_intended_euthanasia,
            IntakeKind::TransferIn => &mut self.transferred_in,
            IntakeKind::Seized => &mut self.seized_or_impounded,
            IntakeKind::BornInCare | IntakeKind::Other | IntakeKind::Unknown => &mut self.other,
        }
    }
}

/// Outcomes of animals that left alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LiveOutcomes {
    /// Into a new home.
    pub adoption: u64,
    /// Back to the owner.
    pub returned_to_owner: u64,
    /// To another organisation.
    pub transferred: u64,
    /// Back to where it lived, or into the wild.
    pub returned_to_field: u64,
    /// In another way.
    pub other: u64,
}

impl LiveOutcomes {
    /// The sum of them.
    pub fn total(&self) -> u64 {
        self.adoption + self.returned_to_owner + self.transferred + self.returned_to_field + self.other
    }
}

/// The other outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherOutcomes {
    /// Died.
    pub died_in_care: u64,
    /// Escaped, stolen, or gone and nobody knows how.
    pub lost_in_care: u64,
    /// Put to sleep by the shelter's decision.
    pub shelter_euthanasia: u64,
    /// Put to sleep at the owner's request.
    pub owner_intended_euthanasia: u64,
}

impl OtherOutcomes {
    /// The sum of them.
    pub fn total(&self) -> u64 {
        self.died_in_care + self.lost_in_care + self.shelter_euthanasia + self.owner_intended_euthanasia
    }
}

/// The figures of a species for a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Species.
    pub species: SacSpecies,
    /// In care when the month began.
    pub beginning: Count,
    /// Intakes, by the age at the intake.
    pub intakes: ByAge<Intakes>,
    /// Live outcomes, by the age at the outcome.
    pub live_outcomes: ByAge<LiveOutcomes>,
    /// Other outcomes, by the age at the outcome.
    pub other_outcomes: ByAge<OtherOutcomes>,
    /// Those of the animals counted as lost in care whose outcome nobody knows.
    pub unexplained: u64,
    /// In care when the month ended.
    pub ending: Count,
}

impl Row {
    /// A row in which nothing has been counted.
    pub(super) fn empty(species: SacSpecies) -> Self {
        Self {
            species,
            beginning: Count::default(),
            intakes: ByAge::default(),
            live_outcomes: ByAge::default(),
            other_outcomes: ByAge::default(),
            unexplained: 0,
            ending: Count::default(),
        }
    }

    /// All intakes.
    pub fn came(&self) -> u64 {
        Age::ALL.into_iter().map(|age| self.intakes.of(age).total()).sum()
    }

    /// All outcomes, live and other.
    pub fn left(&self) -> u64 {
        let outcomes = |age| self.live_outcomes.of(age).total() + self.other_outcomes.of(age).total();
        Age::ALL.into_iter().map(outcomes).sum()
    }

    /// Whether the animals at the beginning and those that came are those that left and those at the end: always true of
    /// rows that a tally counted.
    pub fn adds_up(&self) -> bool {
        self.beginning.animals + self.came() == self.left() + self.ending.animals
    }

    pub(super) fn note_outcome(&mut self, age: Age, outcome: StayOutcome) {
        let (live, other) = (self.live_outcomes.of_mut(age), self.other_outcomes.of_mut(age));
        *match outcome {
            StayOutcome::Adopted => &mut live.adoption,
            StayOutcome::ReturnedToOwner => &mut live.returned_to_owner,
            StayOutcome::Transferred => &mut live.transferred,
            StayOutcome::Released => &mut live.returned_to_field,
            StayOutcome::Other => &mut live.other,
            StayOutcome::Died => &mut other.died_in_care,
            // Stays that never were are not counted by whoever gives them.
            StayOutcome::LostInCare | StayOutcome::Unknown | StayOutcome::Undone => &mut other.lost_in_care,
            StayOutcome::Euthanized => &mut other.shelter_euthanasia,
            StayOutcome::OwnerIntendedEuthanasia => &mut other.owner_intended_euthanasia,
        } += 1;
        self.unexplained += u64::from(outcome == StayOutcome::Unknown);
    }
}

/// The figures of a shelter for a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The month.
    pub month: Month,
    /// One row per species, in the order of [`SacSpecies::ALL`], also where nothing happened.
    pub rows: [Row; 8],
    /// Stays that touch the month and are in no row, because SAC does not count their species.
    pub left_out: u64,
}
