use entity::{
    Timestamp,
    vocabulary::{AgeGroup, Altered, CoatLength, CoatPattern, Color, IntakeKind, PetKind, PetStatus, Sex, Species},
};
use proptest::prelude::*;

use super::*;
use crate::{Aspect, Column, ImportedAnimal, zone::Zone};

/// 2026-01-01T00:00:00Z.
pub(super) const TODAY: Timestamp = Timestamp(1_767_225_600_000);

pub(super) fn opened(file: &[u8], today: Timestamp) -> Result<ImportReader<&[u8]>, FileError> {
    let circumstances = Circumstances {
        today,
        zone: Zone::UTC,
        country: None,
        order: None,
    };
    ImportReader::open(file, Calendar::of(file, &circumstances)?)
}

pub(super) fn open(file: &[u8]) -> ImportReader<&[u8]> {
    opened(file, TODAY).expect("the file makes sense")
}

pub(super) fn animals(file: &str) -> Vec<ImportedAnimal> {
    open(file.as_bytes())
        .map(|row| row.result.expect("the row is right"))
        .collect()
}

pub(super) fn reasons(file: &str) -> Vec<(u32, String)> {
    let failed = open(file.as_bytes()).filter_map(|row| Some((row.line, row.result.err()?)));
    failed
        .flat_map(|(line, errors)| errors.into_iter().map(move |error| (line, error.reason)))
        .collect()
}

const AUSTIN: &str = "Animal ID,Name,DateTime,MonthYear,Found Location,Intake Type,Intake Condition,Animal Type,Sex upon Intake,Age upon Intake,Breed,Color\n";

#[test]
fn a_row_of_a_data_portal_becomes_an_animal() {
    let file = format!(
        "{AUSTIN}A1,*Biscuit*,03/04/2019 04:19:00 PM,x,1 Elm St in Austin (TX),Stray,Normal,Dog,Neutered Male,2 years,Chihuahua Shorthair Mix,Tan/White\n"
    );
    assert_eq!(open(file.as_bytes()).format(), "Austin open data");
    let animal = animals(&file).remove(0);
    assert_eq!(animal.external_id, "A1");
    assert_eq!(animal.name.as_deref(), Some("Biscuit"));
    assert_eq!(
        (animal.kind, animal.status, animal.species),
        (PetKind::Sheltered, PetStatus::Open, Species::Dog)
    );
    assert_eq!(
        (animal.sex, animal.altered, animal.age_group),
        (Sex::Male, Altered::Yes, AgeGroup::Young)
    );
    assert_eq!(animal.breed.primary.as_deref(), Some("Chihuahua"));
    assert!(animal.breed.mixed);
    assert_eq!((animal.coat, animal.pattern), (CoatLength::Short, CoatPattern::Bicolor));
    assert_eq!(animal.colors.colors(), [Color::White, Color::Tan]);
    assert_eq!(animal.seen_at.to_string(), "2019-03-04T16:19:00.000Z");
    assert_eq!(animal.found_place.as_deref(), Some("1 Elm St in Austin (TX)"));
}

#[test]
fn a_breed_that_is_not_understood_is_listed() {
    let file = "Animal ID,Species,Intake Date,Breed\n\
                A1,Dog,2025-11-01,Sofa Moose\nA2,Dog,2025-11-01,Beagle\nA3,Dog,2025-11-01,Mixed Breed\n\
                A4,Dog,2025-11-01,Dog\nA5,Dog,2025-11-01,Unknown\nA6,Dog,2025-11-01,\n";
    let warned: Vec<(String, String)> = open(file.as_bytes())
        .flat_map(|row| row.warnings)
        .map(|warning| (warning.column, warning.value))
        .collect();
    assert_eq!(warned, [("Breed".to_owned(), "Sofa Moose".to_owned())]);
}

#[test]
fn private_columns_are_not_read() {
    let file = "ANIMALCODE,ANIMALSPECIES,ANIMALNAME,ANIMALENTRYDATE,ANIMALHIDDENDETAILS,ORIGINALOWNERNAME,PERSONADDRESS,ANIMALDESCRIPTION,City\n\
                S1,Cat,Sweetie,2025-03-04,secret-a,secret-b,secret-c,Shy &amp; sweet,secret-d\n";
    let animal = animals(file).remove(0);
    assert_eq!(animal.description.as_deref(), Some("Shy & sweet"));
    assert!(!format!("{animal:?}").contains("secret"));
}

#[test]
fn how_an_animal_came_in_is_kept_with_its_subtype_and_condition() {
    let file = "id,species,intake type,intake subtype,intake condition,outcome condition,outcome is dead\n\
                1,dog,STRAY,FIELD,INJURED,NORMAL,false\n\
                2,dog,STRAY,stray,NURSING,NURSING,\n\
                3,dog,,,,,\n";
    let kept: Vec<_> = animals(file).into_iter().map(|animal| animal.intake_type).collect();
    let expected = [Some("STRAY / FIELD / INJURED / NORMAL"), Some("STRAY / NURSING"), None];
    assert_eq!(kept, expected.map(|words| words.map(str::to_owned)));
}

#[test]
fn a_bad_row_costs_itself_only() {
    let file = "id,species,intake date,microchip\n\
                1,dog,2025-03-04,985112003456789\n\
                2,dog,2025-03-04,9.85112E+14\n\
                ,unicorn,1999-01-01,\n\
                3,dog\n\
                4,cat,2027-01-01,\n\
                5,cat,2025-03-04,012*345*678\n";
    let read: Vec<bool> = open(file.as_bytes()).map(|row| row.result.is_ok()).collect();
    assert_eq!(read, [true, true, false, false, false, true]);
    let lines: Vec<u32> = reasons(file).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [4, 4, 4, 5, 6]);
    let row = open(file.as_bytes()).nth(1).expect("there are six rows");
    let warning = row.warnings.first().expect("the chip is spoilt");
    assert_eq!(
        (warning.column.as_str(), warning.value.as_str()),
        ("microchip", "9.85112E+14")
    );
}

#[test]
fn unclear_dates_are_refused() {
    let unclear = opened(b"id,species,intake date\n1,dog,03/04/2019\n2,dog,05/06/2019\n", TODAY).err();
    assert!(unclear.is_some_and(|error| error.to_string().contains("dateOrder")));
    assert!(reasons("id,species,intake date\n1,dog,03/04/2019\n2,dog,03/25/2019\n").is_empty());
}

#[test]
fn blank_and_repeated_lines_are_passed_over() {
    let file = "id,species\n1,dog\n,\n\nid,species\n2,cat\n";
    let mut reader = open(file.as_bytes());
    let numbers: Vec<(u32, u32)> = reader.by_ref().map(|row| (row.line, row.number)).collect();
    assert_eq!(numbers, [(2, 1), (6, 2)]);
    assert_eq!(
        reader.finish().expect("the source is whole"),
        Skipped {
            blank: 2,
            repeated_headers: 1,
            ..Skipped::default()
        }
    );
}

#[test]
fn a_truncated_file_says_so() {
    assert_eq!(
        reasons("id,species,name\n1,dog,Sweetie\n2,ca"),
        [(3, "the file ends within a record".to_owned())]
    );
    assert_eq!(
        reasons("id,species,name\n1,dog,\"Swee"),
        [(2, "the file ends within a record".to_owned())]
    );
}

#[test]
fn an_unclosed_quote_leaves_the_other_rows() {
    let file = "id,species,name\n1,dog,\"Swee\n2,cat,Biscuit\n3,cat,Pixel\n";
    let read: Vec<bool> = open(file.as_bytes()).map(|row| row.result.is_ok()).collect();
    assert_eq!(read, [false, true, true]);
}

#[test]
fn the_fingerprint_follows_the_content_and_not_the_day() {
    let print = |file: &str, today: Timestamp| {
        let mut reader = opened(file.as_bytes(), today).expect("the file makes sense");
        reader
            .next()
            .and_then(|row| row.result.ok())
            .expect("the row is right")
            .fingerprint
    };
    let later = Timestamp(TODAY.0 + 86_400_000);
    assert_eq!(
        print("id,species\n1,dog\n", TODAY),
        print("species,id\nDOG,1\n".replace("DOG", "dog").as_str(), later)
    );
    assert_ne!(print("id,species\n1,dog\n", TODAY), print("id,species\n1,cat\n", TODAY));
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let refused = |file: &[u8]| opened(file, TODAY).err().map(|error| error.to_string());
    assert_eq!(refused(b"").as_deref(), Some("the file is empty"));
    assert_eq!(refused(b"\xEF\xBB\xBF \n\n").as_deref(), Some("the file is empty"));
    assert!(refused(b"PK\x03\x04rest").is_some_and(|reason| reason.contains("workbook")));
    assert!(refused(b"a,b\n1,2\n").is_some_and(|reason| reason.contains("id")));
    assert!(refused(b"id,species,sex,Sex\n").is_some_and(|reason| reason.contains("sex")));
}

#[test]
fn a_list_of_objects_is_read_like_a_table() {
    let file = r#"{"animals": [
        {"id": 7, "species": "Cat", "name": "Sweetie", "gender": "Female", "breeds": {"primary": "Tabby", "mixed": true},
         "colors": {"primary": "Black & White / Tuxedo"}, "photos": [{"full": "https://example.org/7.jpg"}], "status": "adoptable"},
        {"id": 8, "species": "Dog", "gender": null}
    ]}"#;
    let read = animals(file);
    assert_eq!(read.len(), 2);
    assert_eq!(
        (read[0].species, read[0].sex, read[0].pattern),
        (Species::Cat, Sex::Female, CoatPattern::Tuxedo)
    );
    assert_eq!(read[0].photo_urls, ["https://example.org/7.jpg"]);
    assert!(read[0].breed.mixed && !read[0].dated);
}

#[test]
fn an_absent_column_or_key_says_nothing_and_an_empty_cell_that_there_is_nothing() {
    let animal = animals("id,species,name\n1,dog,\n").remove(0);
    assert!(animal.tells(Aspect::Name) && !animal.tells(Aspect::Sex) && !animal.tells(Aspect::Place));

    let read = animals(r#"[{"id": 1, "species": "dog", "sex": "male"}, {"id": 2, "species": "dog", "name": null}]"#);
    assert!(read[0].tells(Aspect::Sex) && !read[0].tells(Aspect::Name));
    assert!(!read[1].tells(Aspect::Sex) && read[1].tells(Aspect::Name));
}

#[test]
fn an_animal_of_petfinder_is_where_and_when_petfinder_says() {
    let file = r#"{"animals": [{"id": 7, "species": "Cat", "breeds": {"primary": "Siamese"}, "attributes": {"spayed_neutered": true},
        "published_at": "2025-11-20T08:15:30+0000", "contact": {"address": {"city": "Austin", "state": "TX", "postcode": "78702"}}}]}"#;
    assert_eq!(open(file.as_bytes()).format(), "Petfinder");
    let animal = animals(file).remove(0);
    assert_eq!((animal.dated, animal.postal_code.as_deref()), (true, Some("78702")));
    assert_eq!(animal.seen_at.to_string(), "2025-11-20T08:15:30.000Z");
}

#[test]
fn an_id_is_no_name() {
    assert_eq!(animals("id,species,name\nA100,dog,a100\n").remove(0).name, None);
}

#[test]
fn windows_files_with_semicolons_are_read() {
    let read: Vec<_> = open(b"id;species;name\r\n1;dog;To\xF1o\r\n")
        .filter_map(|row| row.result.ok())
        .collect();
    assert_eq!(read.first().and_then(|animal| animal.name.as_deref()), Some("Toño"));
}

#[test]
fn a_header_may_stand_below_the_title_of_a_report() {
    let file = "Haven Shelter,,,\nAll animals,\"of 1 December 2025\",,\n\nid,species,name,intake date\n\
                1,dog,Biscuit,2025-11-02\nTotal: 1,,,\nHaven Shelter,,,\nid,species,name,intake date\n\
                2,cat,Sweetie,2025-11-03\nGrand Total,2\nPage 1 of 1\n";
    let mut reader = open(file.as_bytes());
    let lines: Vec<(u32, u32, bool)> = reader
        .by_ref()
        .map(|row| (row.line, row.number, row.result.is_ok()))
        .collect();
    assert_eq!(lines, [(5, 1, true), (9, 2, true)]);
    let skipped = reader.finish().expect("the source is whole");
    assert_eq!(skipped.repeated_headers, 5);
}

#[test]
fn where_no_title_is_known_the_widest_of_the_first_records_has_them() {
    let file = "Animals in care, November\nPrinted by the front desk\n\nTag No,Critter,Called\nK-1,Dog,Fir\n";
    let titles = crate::titles_of(file.as_bytes(), &crate::Mapping::default()).map(|titles| titles.titles);
    assert_eq!(titles.unwrap_or_default(), ["Tag No", "Critter", "Called"]);
}

#[test]
fn a_file_without_a_header_among_its_first_records_is_told_the_titles_it_has() {
    let refused = opened(b"Report of today\nid,name,color\n1,Biscuit,black\n", TODAY).err();
    let said = refused.map(|error| error.to_string()).unwrap_or_default();
    assert!(said.contains("id, name, color"), "{said}");
}

#[test]
fn columns_are_shown_with_their_meaning_and_first_values_and_private_ones_without() {
    let file = "id,species,name,Kennel Mate,Hidden Comments\n1,dog,Biscuit,2,secret\n2,dog,,,secret\n3,cat,Sweetie,1,\n4,cat,Pixel,,\n5,cat,Luna,,\n";
    let columns = open(file.as_bytes()).columns();
    let shown: Vec<(&str, Option<&str>, Vec<&str>)> = columns
        .iter()
        .map(|column| {
            let samples = column.samples.iter().map(String::as_str).collect();
            let meaning = match column.private {
                true => Some("private"),
                false => column.meaning.map(Column::word),
            };
            (column.title.as_str(), meaning, samples)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("id", Some("id"), vec!["1", "2", "3"]),
            ("species", Some("species"), vec!["dog", "cat"]),
            ("name", Some("name"), vec!["Biscuit", "Sweetie", "Pixel"]),
            ("Kennel Mate", None, vec!["2", "1"]),
            ("Hidden Comments", Some("private"), vec![]),
        ]
    );
}

#[test]
fn a_found_animal_that_is_in_care_is_sheltered_and_one_with_its_finder_is_found() {
    let titles = "record_type,animal_id,location,at_shelter,date_iso,type,looks_like";
    let file = format!(
        "{titles}\nFOUND,1,Elm St,Yes (come to the shelter),2025-11-06,Dog,Pug\nFOUND,2,Elm St,No (contact for more info),2025-11-06,Dog,Pug\n"
    );
    let kinds: Vec<_> = animals(&file)
        .into_iter()
        .map(|animal| (animal.kind, animal.intake_kind))
        .collect();
    assert_eq!(
        kinds,
        [
            (PetKind::Sheltered, IntakeKind::Stray),
            (PetKind::Found, IntakeKind::Unknown)
        ]
    );
}

#[test]
fn a_file_of_outcomes_tells_when_animals_left_and_not_when_they_came() {
    let file = "Animal ID,Name,DateTime,Outcome Type,Animal Type,Sex upon Outcome\nA1,Biscuit,11/02/2025 01:00:00 PM,Adoption,Dog,Neutered Male\n";
    let animal = animals(file).remove(0);
    assert!(!animal.dated && animal.tells(Aspect::Altered));
    assert_eq!(
        animal.left_at.map(|left_at| left_at.to_string()).as_deref(),
        Some("2025-11-02T13:00:00.000Z")
    );
}

#[test]
fn further_ids_and_the_end_of_a_hold_are_kept() {
    let file = "Animal #,ARN,Species,Intake Date,Due Out\n007,R-1,Dog,2025-12-30,2026-01-03\n008,,Dog,2025-12-30,N/A\n";
    let read = animals(file);
    assert_eq!(
        (read[0].external_id.as_str(), read[0].alternative_ids.as_slice()),
        ("007", ["R-1".to_owned()].as_slice())
    );
    assert_eq!(
        read[0].hold_until.map(|until| until.to_string()).as_deref(),
        Some("2026-01-03T00:00:00.000Z")
    );
    assert!(read[1].alternative_ids.is_empty() && read[1].hold_until.is_none());
}

#[test]
fn a_table_of_one_s_own_needs_neither_ids_nor_dates_nor_chip_numbers() {
    let file = "type,name,breed,description,location,microchip\ndog,Rex,Beagle,likes people,Elm St,yes\ndog,Sam,Pug,old,Elm St,No\ncat,Luna,,,,\n";
    let read = animals(file);
    let chips: Vec<Option<bool>> = read.iter().map(|animal| animal.microchipped).collect();
    assert_eq!(chips, [Some(true), Some(false), None]);
    assert!(
        read.iter()
            .all(|animal| animal.external_id.starts_with("content-") && !animal.dated)
    );
    assert_eq!(animals(file)[0].external_id, read[0].external_id);
}

#[test]
fn what_an_animal_is_like_with_others_is_not_read() {
    let file = "ID,Internal,AnimalName,PrimaryBreed,Type,Status,NoDogs,NoCats,NoKids\n1,,Rex,Pug,Dog,A,1,0,\n";
    assert_eq!(open(file.as_bytes()).ignored_columns(), ["NoDogs", "NoCats", "NoKids"]);
}

#[test]
fn a_weight_has_the_unit_of_its_title() {
    let grams = |title: &str| {
        animals(&format!("id,species,{title}\n1,dog,10\n"))
            .remove(0)
            .weight_grams
    };
    assert_eq!(grams("Weight"), Some(4536));
    assert_eq!(grams("Weight (kg)"), Some(10_000));
    assert_eq!(grams("Weight (oz)"), Some(283));
}

#[test]
fn an_object_that_names_an_animal_and_withholds_the_rest_is_passed_over() {
    let file = r#"[{"ID": "", "Internal-ID": "5", "Status": "Service Out"},
        {"ID": "A1", "Internal-ID": "6", "Type": "Dog", "Status": "Available", "LastIntakeUnixTime": "1760000000"},
        {"ID": "A2", "Internal-ID": "7", "Name": "Biscuit", "Status": "Available"}]"#;
    let mut reader = open(file.as_bytes());
    let read: Vec<bool> = reader.by_ref().map(|row| row.result.is_ok()).collect();
    assert_eq!(read, [true, false]);
    assert_eq!(reader.finish().expect("the source is whole").further, 1);
}

proptest! {
    #[test]
    fn any_bytes_behind_a_header_give_rows_or_errors(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), any::<u8>()], 0..600)) {
        let file = [AUSTIN.as_bytes(), &bytes].concat();
        // Zero bytes near the start mean that the file is not text.
        if let Ok(reader) = opened(file.as_slice(), TODAY) {
            prop_assert!(reader.count() <= bytes.len() + 1);
        } else {
            prop_assert!(bytes.contains(&0));
        }
        let _ = opened(bytes.as_slice(), TODAY).map(Iterator::count);
    }
}
