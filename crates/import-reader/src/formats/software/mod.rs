//! Software of shelters.

mod animals_first;
mod asm3;
pub(super) mod chameleon;
mod ishelters;
mod pet_24;
mod petpoint;
mod petstablished;
mod rescuegroups;
mod shelterbuddy;
mod shelterluv;

use super::format::Format;

/// All layouts, the ones that are told by fewer titles last.
pub(super) static ALL: [&Format; 15] = [
    &asm3::ASM3,
    &pet_24::PET_24,
    &petpoint::PETPOINT,
    &animals_first::ANIMALS_FIRST,
    &shelterluv::REPORTS,
    &shelterluv::API,
    &shelterbuddy::SHELTERBUDDY,
    &rescuegroups::REPORT,
    &rescuegroups::IMPORT,
    &rescuegroups::LEGACY,
    &rescuegroups::API,
    &petstablished::PETSTABLISHED,
    &ishelters::ISHELTERS,
    &chameleon::RECORDS,
    &chameleon::CHAMELEON,
];
