use proptest::prelude::*;

use super::*;
use crate::breeds::list::breeds_of;

fn dog(raw: &str) -> (Option<String>, Option<String>, bool) {
    let breed = normalise_breed(Species::Dog, raw);
    (breed.primary, breed.secondary, breed.mixed)
}

fn one(name: &str, mixed: bool) -> (Option<String>, Option<String>, bool) {
    (Some(name.to_owned()), None, mixed)
}

#[test]
fn abbreviations_inversions_and_slips_find_the_name() {
    for (raw, name) in [
        ("LABRADOR RETR", "Labrador Retriever"),
        ("Collie, Border", "Border Collie"),
        ("POODLE MIN", "Miniature Poodle"),
        ("GERM SHEPHERD", "German Shepherd"),
        ("Austrailian Cattel Dog", "Australian Cattle Dog"),
        ("Sheltie, Shetland Sheepdog", "Shetland Sheepdog"),
        ("Pit Bull", "American Pit Bull Terrier"),
        ("Rottweiller", "Rottweiler"),
        ("Doberman Pinsch", "Doberman Pinscher"),
        ("Australian Cattle Dog / Blue Heeler", "Australian Cattle Dog"),
        ("Black/Tan Hound", "Black and Tan Coonhound"),
        ("Samoyed (2 dogs)", "Samoyed"),
        ("(Beagle)", "Beagle"),
        ("young brown Jack Russel", "Jack Russell Terrier"),
        ("Red Nosed Pitbull", "American Pit Bull Terrier"),
        ("NS Duck Toll. Retriever", "Nova Scotia Duck Tolling Retriever"),
        ("Doodle", "Doodle"),
    ] {
        assert_eq!(dog(raw), one(name, false), "{raw}");
    }
}

#[test]
fn mixes_are_told_apart() {
    assert_eq!(dog("Chihuahua Shorthair/Mix"), one("Chihuahua", true));
    assert_eq!(
        dog("Grand Basset Griffon Vendeen Mix"),
        one("Grand Basset Griffon Vendeen", true)
    );
    assert_eq!(dog("Lab X"), one("Labrador Retriever", true));
    let pair = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()), true);
    assert_eq!(dog("Boxer / Pug / Mixed"), pair("Boxer", "Pug"));
    assert_eq!(dog("Shep X Husky"), pair("Shepherd", "Husky"));
    assert_eq!(dog("Black/Tan Hound/Beagle"), pair("Black and Tan Coonhound", "Beagle"));
    assert_eq!(dog("Mixed Breed"), (None, None, true));
    assert_eq!(dog("Beagle/Beagle"), one("Beagle", false));
    assert_eq!(
        dog("bordie collie pitbull cross"),
        pair("Collie", "American Pit Bull Terrier")
    );
}

#[test]
fn a_pattern_among_the_breeds_of_cats_is_taken_out() {
    let cat = normalise_breed(Species::Cat, "Cat - DSH Tabby");
    assert_eq!(cat.primary.as_deref(), Some("Domestic Shorthair"));
    assert_eq!(cat.pattern, Some(CoatPattern::Tabby));
    assert_eq!(cat.coat, Some(CoatLength::Short));
    let oriental = normalise_breed(Species::Cat, "Oriental Tabby");
    assert_eq!(oriental.primary.as_deref(), Some("Oriental Shorthair"));
    assert_eq!(oriental.pattern, Some(CoatPattern::Tabby));
    let tuxedo = normalise_breed(Species::Cat, "Tuxedo");
    assert_eq!((tuxedo.primary, tuxedo.pattern), (None, Some(CoatPattern::Tuxedo)));
    assert_eq!(
        normalise_breed(Species::Cat, "Domestic Shorthair Mix")
            .primary
            .as_deref(),
        Some("Domestic Shorthair")
    );
}

#[test]
fn coat_and_size_belong_to_some_names() {
    assert_eq!(
        normalise_breed(Species::Dog, "CHIHUAHUA LH").coat,
        Some(CoatLength::Long)
    );
    assert_eq!(
        normalise_breed(Species::Dog, "Toy Poodle").size,
        Some(PetSize::ExtraSmall)
    );
    assert_eq!(
        normalise_breed(Species::Dog, "DACHSHUND WH").coat,
        Some(CoatLength::Wire)
    );
}

#[test]
fn an_abbreviated_name_tells_what_the_whole_name_tells() {
    let size = |raw| normalise_breed(Species::Dog, raw).size;
    let coat = |raw| normalise_breed(Species::Dog, raw).coat;
    assert_eq!(size("MIN PINSCHER"), Some(PetSize::Small));
    assert_eq!(coat("GERM SH POINT"), Some(CoatLength::Short));
    assert_eq!(coat("GSP"), Some(CoatLength::Short));
    assert_eq!(coat("WH PT GRIFFON"), Some(CoatLength::Wire));
    assert_eq!(coat("FOX TERR WIRE"), Some(CoatLength::Wire));
    assert_eq!(coat("SHETLAND SHEEPDOG"), None);
}

#[test]
fn a_coat_that_is_contradicted_and_the_size_of_one_of_two_breeds_tell_nothing() {
    let hints = |raw| {
        let breed = normalise_breed(Species::Dog, raw);
        (breed.coat, breed.size)
    };
    assert_eq!(hints("Dachshund Longhair/Chihuahua Shorthair"), (None, None));
    assert_eq!(hints("Chihuahua Shorthair/Poodle Toy"), (Some(CoatLength::Short), None));
    assert_eq!(hints("Labrador Retriever/Miniature Poodle"), (None, None));
    assert_eq!(hints("Miniature Poodle/Labrador Retriever"), (None, None));
    assert_eq!(
        hints("Miniature Poodle/Miniature Schnauzer"),
        (None, Some(PetSize::Small))
    );
    assert_eq!(hints("Miniature Poodle/Mix"), (None, Some(PetSize::Small)));
}

#[test]
fn a_variety_behind_a_dash_is_left_out() {
    for (raw, name) in [("Bat - Little Brown Myotis", "Bat"), ("Squirrel - Fox", "Squirrel")] {
        let breed = normalise_breed(Species::Other, raw);
        assert_eq!((breed.primary.as_deref(), breed.secondary), (Some(name), None), "{raw}");
    }
}

#[test]
fn nonsense_names_no_breed() {
    assert_eq!(dog("zzzzqq"), (None, None, false));
    assert_eq!(dog(""), (None, None, false));
    assert_eq!(dog("///"), (None, None, false));
}

#[test]
fn a_name_with_a_slash_or_an_and_in_it_stays_whole() {
    let pair = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()), true);
    let black_and_tan = "Black and Tan Coonhound";
    for raw in [
        "Black/Tan Hound",
        "BLACK / TAN HOUND",
        "Black and Tan Coonhound",
        "Black & Tan Hound",
    ] {
        assert_eq!(dog(raw), one(black_and_tan, false), "{raw}");
    }
    assert_eq!(dog("Plott Hound/Black/Tan Hound"), pair("Plott Hound", black_and_tan));
    assert_eq!(dog("BLACK/TAN HOUND/BEAGLE"), pair(black_and_tan, "Beagle"));
    assert_eq!(dog("Beagle and Black and Tan Hound").0.as_deref(), Some("Beagle"));
    assert_eq!(dog("Beagle and Pug"), pair("Beagle", "Pug"));
    assert_eq!(dog("Germ. S/Haired Pointer"), one("German Shorthaired Pointer", false));
    let name = |species, raw| normalise_breed(species, raw).primary;
    assert_eq!(name(Species::Cat, "Sphynx / Hairless Cat").as_deref(), Some("Sphynx"));
    assert_eq!(
        name(Species::Bird, "Budgie / Budgerigar").as_deref(),
        Some("Budgerigar")
    );
    assert_eq!(name(Species::Equine, "Paint / Pinto").as_deref(), Some("Paint Horse"));
}

#[test]
fn two_breeds_may_have_nothing_between_them() {
    let pair = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()), true);
    assert_eq!(dog("Border Collie Lab X"), pair("Border Collie", "Labrador Retriever"));
    assert_eq!(dog("Lab Terrier"), pair("Labrador Retriever", "Terrier"));
    assert_eq!(dog("Lab Retriever"), one("Labrador Retriever", false));
    assert_eq!(dog("Chihuahua /Mix"), one("Chihuahua", true));
}

#[test]
fn words_that_begin_a_name_and_say_little_name_no_breed() {
    for raw in [
        "Small",
        "Small Mutt",
        "Large Mixed Breed",
        "long haired",
        "White",
        "big dog",
    ] {
        assert_eq!(dog(raw).0, None, "{raw}");
    }
    for raw in ["SEA BIRD", "Black Mix", "Water Fowl"] {
        assert_eq!(normalise_breed(Species::Bird, raw).primary, None, "{raw}");
    }
}

#[test]
fn a_remark_may_tell_a_breed_from_its_kin() {
    assert_eq!(dog("Poodle (Standard)"), one("Standard Poodle", false));
    assert_eq!(dog("Poodle (brown)"), one("Poodle", false));
}

#[test]
fn a_flag_among_the_words_tells_of_a_mix() {
    assert_eq!(dog("Beagle Purebred 0"), one("Beagle", true));
    assert_eq!(dog("Beagle Purebred 1"), one("Beagle", false));
    assert_eq!(dog("Beagle, Mixed 1"), one("Beagle", true));
    assert_eq!(dog("Purebred Beagle"), one("Beagle", false));
}

#[test]
fn a_cat_may_be_a_domestic_one_and_of_a_breed() {
    let cat = |raw| {
        let breed = normalise_breed(Species::Cat, raw);
        (breed.primary, breed.secondary, breed.mixed, breed.pattern)
    };
    let siamese = (
        Some("Domestic Shorthair".to_owned()),
        Some("Siamese".to_owned()),
        true,
        None,
    );
    for raw in [
        "Domestic Shorthair/Siamese",
        "Cat - DSH Siamese",
        "Cat - DSH - Siamese",
        "dsh siamese x",
    ] {
        assert_eq!(cat(raw), siamese, "{raw}");
    }
    // Silver is a colour here, although listing services also have a breed of this name.
    let tabby = (
        Some("Domestic Shorthair".to_owned()),
        None,
        false,
        Some(CoatPattern::Tabby),
    );
    assert_eq!(cat("DSH Silver Tabby"), tabby);
    assert_eq!(cat("Silver").0.as_deref(), Some("Silver"));
    assert_eq!(cat("Dilute Calico").3, Some(CoatPattern::Calico));
}

#[test]
fn small_mammals_have_names_of_wild_animals() {
    let name = |raw| normalise_breed(Species::SmallMammal, raw).primary;
    assert_eq!(name("Prairie Dog").as_deref(), Some("Prairie Dog"));
    assert_eq!(name("Chinchilla").as_deref(), Some("Chinchilla"));
    assert_eq!(name("Raven"), None);
}

const SPECIES: [Species; 9] = [
    Species::Dog,
    Species::Cat,
    Species::Rabbit,
    Species::Bird,
    Species::SmallMammal,
    Species::Reptile,
    Species::Equine,
    Species::Farm,
    Species::Other,
];

#[test]
fn every_spelling_in_the_list_is_read_as_its_breed() {
    for species in SPECIES {
        for breed in breeds_of(species) {
            for spelling in std::iter::once(breed.name).chain(breed.folded.iter().map(String::as_str)) {
                let read = normalise_breed(species, spelling);
                assert_eq!(read.primary.as_deref(), Some(breed.name), "{spelling}");
                assert_eq!((read.secondary, read.mixed), (None, false), "{spelling}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_what_is_read_is_read_again(raw in ".{0,60}", species in prop::sample::select(SPECIES.to_vec())) {
        let read = normalise_breed(species, &raw);
        for name in [&read.primary, &read.secondary].into_iter().flatten() {
            prop_assert_eq!(normalise_breed(species, name).primary, Some(name.clone()));
        }
        prop_assert!(read.secondary.is_none() || read.primary != read.secondary && read.mixed);
    }

    #[test]
    fn two_breeds_are_a_mix_in_the_order_of_the_cell(one in 0..200_usize, other in 0..200_usize, between in prop::sample::select(vec!["/", " / ", " x ", " & ", "+"])) {
        let name = |index: usize| breeds_of(Species::Dog).get(index).map_or("Beagle", |breed| breed.name);
        let (one, other) = (name(one), name(other));
        let joined = format!("{one}{between}{other}");
        // Some names are the two halves of a third: `Staffordshire Terrier`.
        prop_assume!(one != other && find_breed_spelled_out(Species::Dog, &fold(&joined)).is_none());
        let read = normalise_breed(Species::Dog, &format!("{joined} / Mix"));
        prop_assert_eq!(read.primary.as_deref(), Some(one));
        prop_assert_eq!(read.secondary.as_deref(), Some(other));
    }
}

#[test]
fn a_damaged_cell_is_read_no_further_than_names_can_reach() {
    let cell = format!("{}Beagle", "1/".repeat(20));

    assert_eq!(normalise_breed(Species::Dog, &cell), NormalisedBreed::default());
    assert_eq!(
        normalise_breed(Species::Dog, &format!("Beagle{}", "/1".repeat(40_000)))
            .primary
            .as_deref(),
        Some("Beagle")
    );
}
