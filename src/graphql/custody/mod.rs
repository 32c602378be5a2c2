//! Animals of shelters and their stays in the schema.

mod animal;
mod hold;
mod hold_inputs;
mod inputs;
mod loaders;
mod mutation;
mod pet;
mod stay;

pub use animal::{ShelterAnimal, animal_connection};
pub use inputs::ShelterAnimalFilter;
pub use loaders::{Animals, Originals, StaysOfPets};
pub use mutation::CustodyMutation;
pub use stay::Stay;
