//! Animals of shelters and their stays in the schema.

mod adoptions;
mod animal;
mod hold;
mod hold_inputs;
mod inputs;
mod loaders;
mod mutation;
mod pet;
mod stay;

pub use adoptions::{AdoptionCheck, AdoptionMutation, AdoptionSuccess, adoption_checks_due};
pub use animal::{ShelterAnimal, animal_connection};
pub use inputs::ShelterAnimalFilter;
pub use loaders::{Animals, Originals, StaysOfPets};
pub use mutation::CustodyMutation;
pub use stay::Stay;
