//! Animals of any looks.

use entity::{
    Timestamp, shelter_animal, stay,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, PetSize, Sex, Species},
};
use proptest::prelude::*;
use shelter_exports::inventory::Listed;

use crate::{
    reading::{assert_same, assert_same_stay, read, zone},
    rows::{DAY, TODAY, animal, listed, listed_stay, stay},
};

prop_compose! {
    fn any_looks()(
        species in prop::sample::select(vec![
            Species::Dog, Species::Cat, Species::Rabbit, Species::Bird, Species::SmallMammal, Species::Reptile,
            Species::Equine, Species::Farm, Species::Other,
        ]),
        sex in prop::sample::select(vec![Sex::Female, Sex::Male, Sex::Unknown]),
        altered in prop::sample::select(vec![Altered::Yes, Altered::No, Altered::Unknown]),
        size in prop::sample::select(vec![
            PetSize::ExtraSmall, PetSize::Small, PetSize::Medium, PetSize::Large, PetSize::ExtraLarge, PetSize::Unknown,
        ]),
        age_group in prop::sample::select(vec![
            AgeGroup::Baby, AgeGroup::Young, AgeGroup::Adult, AgeGroup::Senior, AgeGroup::Unknown,
        ]),
        coat in prop::sample::select(vec![
            CoatLength::Hairless, CoatLength::Short, CoatLength::Medium, CoatLength::Long, CoatLength::Wire,
            CoatLength::Curly, CoatLength::Corded, CoatLength::Unknown,
        ]),
        colors in prop::sample::subsequence(vec![
            Color::Black, Color::White, Color::Gray, Color::Brown, Color::Red, Color::Tan, Color::Cream, Color::Golden,
            Color::Green, Color::Yellow, Color::Other,
        ], 0..=11),
        pattern in prop::sample::select(vec![
            CoatPattern::Solid, CoatPattern::Bicolor, CoatPattern::Tuxedo, CoatPattern::Tricolor, CoatPattern::Tabby,
            CoatPattern::Tortoiseshell, CoatPattern::Calico, CoatPattern::Torbie, CoatPattern::Point,
            CoatPattern::Merle, CoatPattern::Brindle, CoatPattern::Harlequin, CoatPattern::Sable, CoatPattern::Spotted,
            CoatPattern::Other, CoatPattern::Unknown,
        ]),
    ) -> shelter_animal::Model {
        let colors = colors.into_iter().collect();
        shelter_animal::Model { species, sex, altered, size, age_group, coat, colors, pattern, ..animal("A1") }
    }
}

prop_compose! {
    fn any_animal()(
        looks in any_looks(),
        external_id in "[A-Z0-9=+@-]{1,8}",
        name in prop::option::of("[=+@]?[A-Z][a-zñ]{3,8}x( Jr\\.)?"),
        description in prop::option::of("[=+@'-]?[a-zé,;\"']{1,9}( [a-zé,;\"']{1,9}){0,4}(\n[=+@]?[a-z,\"]{1,9})?"),
        breed_mixed in any::<bool>(),
        born in prop::option::of(1..5000_i64),
        weight_grams in prop::option::of(1..1_500_000_i32),
        chips in prop::collection::vec("(98511200[0-9]{6}1)|(4A5B[0-9]{5}D)|(01[2-8]34567[0-8])", 0..=2),
        flag in prop::option::of(any::<bool>()),
    ) -> shelter_animal::Model {
        let midnight = |days| {
            let day = (TODAY.to_utc() - chrono::TimeDelta::days(days)).date_naive();
            let clock = day.and_time(chrono::NaiveTime::MIN);
            Timestamp::from(zone().instant(clock).expect("there is such a time"))
        };
        let mut chips = chips;
        chips.dedup();
        let microchipped = if chips.is_empty() { flag } else { Some(true) };
        let mut chips = chips.into_iter();
        shelter_animal::Model {
            external_id: Some(external_id),
            name,
            description,
            breed_mixed,
            birth_date: born.map(midnight),
            weight_grams,
            microchipped,
            microchip: chips.next(),
            second_microchip: chips.next(),
            ..looks
        }
    }
}

proptest! {
    #[test]
    fn animals_come_back(animals in prop::collection::vec(any_animal(), 1..5), days in 1..9000_i64, millis in 0..DAY) {
        let stay = stay::Model { intake_at: Timestamp(TODAY.0 - days * DAY + millis), ..stay(0) };
        let stays = [listed_stay(&stay)];
        let all: Vec<Listed<'_>> = animals.iter().map(|animal| listed(animal, &stays)).collect();
        let read = read(&all);
        prop_assert_eq!(read.len(), animals.len());
        for (read, animal) in read.iter().zip(&animals) {
            assert_same(read, animal);
            assert_same_stay(read, &stay);
        }
    }
}
