//! The microchips of an animal: one, or two where a second was set because the first was not found.

use entity::pet;
use sea_orm::{ColumnTrait, Condition};

/// The numbers of a report's chips.
pub fn chips_of(pet: &pet::Model) -> Vec<String> {
    let chips = [&pet.microchip, &pet.second_microchip].into_iter().flatten();
    chips.filter(|number| !number.is_empty()).cloned().collect()
}

/// Reports with any of these chips.
pub fn with_any_chip(chips: &[String]) -> Condition {
    let numbers = || chips.iter().map(String::as_str);
    Condition::any()
        .add(pet::Column::Microchip.is_in(numbers()))
        .add(pet::Column::SecondMicrochip.is_in(numbers()))
}
