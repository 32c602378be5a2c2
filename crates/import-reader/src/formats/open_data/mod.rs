//! Data portals of cities and counties.

mod austin;
mod bloomington;
mod dallas;
mod king_county;
mod long_beach;
mod los_angeles;
mod louisville;
mod montgomery;
mod norfolk;
mod san_jose;
mod sonoma;
mod vancouver;

use super::format::Format;

/// All layouts, the ones that are told by fewer titles last.
pub(super) static ALL: [&Format; 16] = [
    &austin::INTAKES,
    &austin::OUTCOMES,
    &austin::OUTCOMES_SINCE_2025,
    &austin::LOST_AND_FOUND,
    &dallas::DALLAS,
    &san_jose::SAN_JOSE,
    &sonoma::SONOMA,
    &long_beach::LONG_BEACH,
    &king_county::KING_COUNTY,
    &bloomington::BLOOMINGTON,
    &vancouver::LOST_AND_FOUND,
    &vancouver::REGISTER,
    &montgomery::MONTGOMERY,
    &norfolk::NORFOLK,
    &louisville::LOUISVILLE,
    &los_angeles::LOS_ANGELES,
];
