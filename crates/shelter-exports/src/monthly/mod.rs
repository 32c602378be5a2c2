//! Monthly figures for Shelter Animals Count (SAC), the national statistics of the United States.
//!
//! Terms, rules and wire keys are those of SAC's intake and outcome matrix (Basic Data Matrix, versions of March 2018 and
//! January 2021) as ASM3 sends it (`publishers/sacmetrics.py`). There is one [`Row`] per species. Intakes and outcomes are
//! told by age, that at the intake and that at the outcome; as in the matrix, the counts at the beginning and at the end are
//! not, because animals grow up in care. So for every row
//!
//! > beginning + intakes - outcomes = ending
//!
//! and the ending of a month is the beginning of the next one.
//!
//! # Rules
//!
//! - A month begins with the first instant of its first day by the shelter's clocks and ends where the next one begins. What
//!   happens in that instant belongs to the month.
//! - An animal is in care at an instant if it was taken in before and has not left before.
//! - Every stay is one intake and, once it has ended, one outcome: an animal may have several of both in a month. A stay
//!   that begins and ends within the month counts as both and in neither count of animals; so does one that ends in the
//!   instant in which it begins.
//! - Changes of stage and place are no intakes and no outcomes. Animals in foster homes are in care; [`Count::foster`]
//!   tells how many of the counted ones are there.
//! - An outcome that nobody knows counts as *lost in care*, which is the matrix's row for animals that are unaccounted for;
//!   [`Row::unexplained`] tells how many of those there are. Counting them as live outcomes would flatter the shelter.
//! - A return after an adoption counts as relinquished by its owner, as in ASM3. Animals born in care, and those whose kind
//!   of intake nobody told, count as other intakes.
//! - Our tables do not tell from where or to where animals are transferred: all transfers count as within the state.
//! - Animals of species that SAC has no row for are left out; [`Figures::left_out`] tells how many of their stays were.
//! - Under five months of age an animal is young; from the day on which it is five months old it is an adult. Without a day
//!   of birth the age group decides if it lies on one side of that limit; a `baby` dog may be on either, so its age is
//!   unknown. The age group is that of the table, whenever it was noted.

mod age;
mod month;
mod row;
mod sac;
mod stay;
mod table;
mod tally;

pub use age::Age;
pub use month::{Month, beginning_of};
pub use row::{ByAge, Count, Figures, Intakes, LiveOutcomes, OtherOutcomes, Row, SacSpecies};
pub use sac::{Organisation, sac_json};
pub use stay::{CountedStay, Ending, StageChange};
pub use table::{HEADER, cells};
pub use tally::Tally;
