//! The figures of a month.

use async_graphql::SimpleObject;
use entity::vocabulary as tables;
use shelter_exports::monthly::{Age, Count, Figures, Intakes, LiveOutcomes, OtherOutcomes, Row, SacSpecies};

use crate::graphql::vocabulary::Species;

/// A shelter's figures for a month in the terms of Shelter Animals Count.
#[derive(SimpleObject)]
pub struct MonthlyFigures {
    /// The month by the shelter's clocks, such as `2026-11`.
    month: String,
    /// One entry for each species that Shelter Animals Count has, also where nothing happened.
    species: Vec<SpeciesFigures>,
    /// The sums of all species.
    total: AnimalFigures,
    /// Stays in that month of animals whose species Shelter Animals Count does not have; they are in no other number.
    left_out: i32,
}

/// A month's figures for one species.
#[derive(SimpleObject)]
pub struct SpeciesFigures {
    /// The species.
    species: Species,
    /// Its figures.
    figures: AnimalFigures,
}

/// What came and went in a month. Always `beginning + liveIntakes.total - liveOutcomes.total - otherOutcomes.total = ending`,
/// and the ending of a month is the beginning of the next one.
#[derive(SimpleObject)]
pub struct AnimalFigures {
    /// Animals in care when the month began, those in foster homes among them.
    beginning: i32,
    /// Those of them that were in foster homes.
    beginning_in_foster: i32,
    /// Animals that were taken in alive.
    live_intakes: IntakeFigures,
    /// Animals that left alive.
    live_outcomes: LiveOutcomeFigures,
    /// Animals that died or got lost.
    other_outcomes: OtherOutcomeFigures,
    /// Those of the lost ones of which nobody said how they left.
    unexplained: i32,
    /// Animals in care when the month ended, those in foster homes among them.
    ending: i32,
    /// Those of them that were in foster homes.
    ending_in_foster: i32,
}

/// Live intakes by their kind.
#[derive(SimpleObject)]
pub struct IntakeFigures {
    /// Found at large.
    stray: i32,
    /// Given up by an owner, or brought back after an adoption.
    relinquished_by_owner: i32,
    /// Brought by the owner to be put to sleep.
    owner_intended_euthanasia: i32,
    /// Taken over from another organisation.
    transferred_in: i32,
    /// Seized or impounded by an authority.
    seized: i32,
    /// Born in care, for another reason, or for none that is known.
    other: i32,
    /// The sum of them.
    total: i32,
}

/// Outcomes of animals that left alive, by their kind.
#[derive(SimpleObject)]
pub struct LiveOutcomeFigures {
    /// Into a new home.
    adopted: i32,
    /// Back to the owner.
    returned_to_owner: i32,
    /// To another organisation.
    transferred: i32,
    /// Back to where it lived, or into the wild.
    returned_to_field: i32,
    /// In another way.
    other: i32,
    /// The sum of them.
    total: i32,
}

/// The other outcomes by their kind.
#[derive(SimpleObject)]
pub struct OtherOutcomeFigures {
    /// Died in care.
    died: i32,
    /// Escaped, stolen, or gone and nobody knows how.
    lost: i32,
    /// Put to sleep by the shelter's decision.
    euthanized: i32,
    /// Put to sleep at the owner's request.
    owner_intended_euthanasia: i32,
    /// The sum of them.
    total: i32,
}

impl From<&Figures> for MonthlyFigures {
    fn from(figures: &Figures) -> Self {
        let of_species = |row: &Row| SpeciesFigures {
            species: species(row.species),
            figures: AnimalFigures::of(std::slice::from_ref(row)),
        };
        Self {
            month: figures.month.to_string(),
            species: figures.rows.iter().map(of_species).collect(),
            total: AnimalFigures::of(&figures.rows),
            left_out: number(figures.left_out),
        }
    }
}

impl AnimalFigures {
    /// The sums of some rows.
    fn of(rows: &[Row]) -> Self {
        let sum = |figure: fn(&Row) -> u64| number(rows.iter().map(figure).sum());
        let all = |count: fn(&Row) -> Count| number(rows.iter().map(|row| count(row).animals).sum());
        let foster = |count: fn(&Row) -> Count| number(rows.iter().map(|row| count(row).foster).sum());
        Self {
            beginning: all(|row| row.beginning),
            beginning_in_foster: foster(|row| row.beginning),
            live_intakes: IntakeFigures::of(rows),
            live_outcomes: LiveOutcomeFigures::of(rows),
            other_outcomes: OtherOutcomeFigures::of(rows),
            unexplained: sum(|row| row.unexplained),
            ending: all(|row| row.ending),
            ending_in_foster: foster(|row| row.ending),
        }
    }
}

impl IntakeFigures {
    fn of(rows: &[Row]) -> Self {
        let sum = |figure: fn(&Intakes) -> u64| at_any_age(rows, |row, age| figure(row.intakes.of(age)));
        Self {
            stray: sum(|intakes| intakes.stray_at_large),
            relinquished_by_owner: sum(|intakes| intakes.relinquished_by_owner),
            owner_intended_euthanasia: sum(|intakes| intakes.owner_intended_euthanasia),
            transferred_in: sum(|intakes| intakes.transferred_in),
            seized: sum(|intakes| intakes.seized_or_impounded),
            other: sum(|intakes| intakes.other),
            total: sum(Intakes::total),
        }
    }
}

impl LiveOutcomeFigures {
    fn of(rows: &[Row]) -> Self {
        let sum = |figure: fn(&LiveOutcomes) -> u64| at_any_age(rows, |row, age| figure(row.live_outcomes.of(age)));
        Self {
            adopted: sum(|outcomes| outcomes.adoption),
            returned_to_owner: sum(|outcomes| outcomes.returned_to_owner),
            transferred: sum(|outcomes| outcomes.transferred),
            returned_to_field: sum(|outcomes| outcomes.returned_to_field),
            other: sum(|outcomes| outcomes.other),
            total: sum(LiveOutcomes::total),
        }
    }
}

impl OtherOutcomeFigures {
    fn of(rows: &[Row]) -> Self {
        let sum = |figure: fn(&OtherOutcomes) -> u64| at_any_age(rows, |row, age| figure(row.other_outcomes.of(age)));
        Self {
            died: sum(|outcomes| outcomes.died_in_care),
            lost: sum(|outcomes| outcomes.lost_in_care),
            euthanized: sum(|outcomes| outcomes.shelter_euthanasia),
            owner_intended_euthanasia: sum(|outcomes| outcomes.owner_intended_euthanasia),
            total: sum(OtherOutcomes::total),
        }
    }
}

/// The sum of a figure over rows and ages.
fn at_any_age(rows: &[Row], figure: impl Fn(&Row, Age) -> u64) -> i32 {
    let of_row = |row: &Row| Age::ALL.into_iter().map(|age| figure(row, age)).sum::<u64>();
    number(rows.iter().map(of_row).sum())
}

fn number(figure: u64) -> i32 {
    i32::try_from(figure).unwrap_or(i32::MAX)
}

/// The species that a row counts.
fn species(row: SacSpecies) -> Species {
    match row {
        SacSpecies::Canine => tables::Species::Dog,
        SacSpecies::Feline => tables::Species::Cat,
        SacSpecies::Rabbit => tables::Species::Rabbit,
        SacSpecies::Equine => tables::Species::Equine,
        SacSpecies::SmallMammal => tables::Species::SmallMammal,
        SacSpecies::FarmAnimal => tables::Species::Farm,
        SacSpecies::Bird => tables::Species::Bird,
        SacSpecies::ReptileOrAmphibian => tables::Species::Reptile,
    }
    .into()
}
