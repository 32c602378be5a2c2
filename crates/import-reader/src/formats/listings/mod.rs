//! Places where shelters list their animals.

mod adopt_a_pet;
mod pet_fbi;
mod petfinder;

use super::format::Format;

pub(super) static ALL: [&Format; 5] = [
    &petfinder::SECOND_API,
    &petfinder::FIRST_API,
    &petfinder::UPLOAD,
    &adopt_a_pet::ADOPT_A_PET,
    &pet_fbi::PET_FBI,
];
