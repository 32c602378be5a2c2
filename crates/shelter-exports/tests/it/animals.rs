//! Animals: texts, chips, breeds, and what the reader does not take.

use entity::{
    shelter_animal,
    vocabulary::{CoatLength, PetSize, Species},
};
use shelter_exports::inventory::{Listed, Places};

use crate::{
    reading::{assert_same, file, read, read_one},
    rows::{animal, listed, listed_stay, stay},
};

#[test]
fn formulas_are_harmless_and_come_back() {
    let animal = shelter_animal::Model {
        name: Some("=Max".to_owned()),
        description: Some("-2 to 3 years, \"shy\"\n+ likes cheese".to_owned()),
        markings: Some("@ the ear".to_owned()),
        ..animal("=1+1")
    };
    let content = file(Places::Omitted, &[listed(&animal, &[listed_stay(&stay(9))])]);
    let content = String::from_utf8(content).expect("the file is UTF-8");
    assert!(content.contains("\r\n'=1+1,Shelterluv,'=Max,"), "{content}");
    assert_same(&read_one(&animal, &stay(9)), &animal);
}

#[test]
fn what_nobody_reads_changes_nothing() {
    let (plain, stay) = (animal("A1"), stay(9));
    let collared = shelter_animal::Model {
        collar: Some("red, with a bell".to_owned()),
        color_raw: Some("BLK/WHT".to_owned()),
        ..plain.clone()
    };
    let photos: Vec<String> = (0..12).map(|n| format!("https://example.org/{n}.jpg")).collect();
    let stays = [listed_stay(&stay)];
    let pictured = Listed {
        photo_urls: &photos,
        ..listed(&collared, &stays)
    };

    let content = String::from_utf8(file(Places::Omitted, &[pictured])).expect("the file is UTF-8");
    let read = read(&[pictured]).remove(0);

    assert!(content.contains("/9.jpg") && !content.contains("/10.jpg"));
    assert_same(&read, &plain);
    assert_eq!((read.kennel.as_deref(), read.stage), (Some("Treatment 4"), None));
}

#[test]
fn every_breed_comes_back_alone_and_after_another() {
    let stay = stay(9);
    for species in [
        Species::Dog,
        Species::Cat,
        Species::Rabbit,
        Species::Bird,
        Species::Equine,
    ] {
        let breeds = pet_vocabulary::search_breeds(species, "", usize::MAX);
        assert!(10 < breeds.len(), "{species:?}");
        for (breed, other) in breeds.iter().zip(breeds.iter().skip(1)) {
            for second in [None, Some(other.clone())] {
                let animal = shelter_animal::Model {
                    species,
                    breed_primary: Some(breed.clone()),
                    breed_mixed: second.is_some(),
                    breed_secondary: second,
                    size: PetSize::Medium,
                    coat: CoatLength::Medium,
                    ..animal("A1")
                };
                assert_same(&read_one(&animal, &stay), &animal);
            }
        }
    }
}

#[test]
fn chips_come_back_in_a_form_that_spreadsheets_leave_alone() {
    for (chip, written) in [
        ("040112003456789", "040-112-003-456-789"),
        ("012345678", "012-345-678"),
        ("12E3456789", "12E-345-678-9"),
    ] {
        let animal = shelter_animal::Model {
            microchipped: Some(true),
            microchip: Some(chip.to_owned()),
            second_microchip: Some("985112003456789".to_owned()),
            ..animal("A1")
        };
        let stay = stay(9);
        let content = file(Places::Omitted, &[listed(&animal, &[listed_stay(&stay)])]);
        let content = String::from_utf8(content).expect("the file is UTF-8");
        assert!(
            content.contains(&format!(",{written} / 985-112-003-456-789,")),
            "{content}"
        );
        assert_same(&read_one(&animal, &stay), &animal);
    }
}

#[test]
fn words_for_no_known_breed_are_kept() {
    let animal = shelter_animal::Model {
        breed_raw: Some("Sofa Moose".to_owned()),
        ..animal("A1")
    };
    let read = read_one(&animal, &stay(9));
    assert_eq!((read.breed.primary, read.breed_raw), (None, animal.breed_raw));
}
