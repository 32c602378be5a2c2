//! What is counted of a cluster under a filter.

use crate::clusters::tallies::Tally;

/// The members of one cluster that pass the filter.
#[derive(Debug)]
pub struct Group {
    pub seed: u32,
    pub at: (u32, u32),
    pub tally: Tally,
    /// The most recently added member.
    pub last: u32,
    /// The first zoom at which the members so far have more than one seed.
    pub parting: u8,
    /// The first zoom at which all members, passing or not, have more than one seed.
    pub soonest: u8,
}
