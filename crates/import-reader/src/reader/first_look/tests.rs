use entity::{Timestamp, vocabulary::DateOrder};
use proptest::prelude::*;

use super::*;
use crate::{Calendar, MappedColumn, zone::Zone};

fn circumstances(order: Option<DateOrder>) -> Circumstances {
    Circumstances {
        today: Timestamp(1_767_225_600_000),
        zone: Zone::UTC,
        country: None,
        order,
    }
}

fn look_with(file: &str, mapping: &Mapping, order: Option<DateOrder>) -> FirstLook {
    let both = (file.as_bytes(), file.as_bytes());
    FirstLook::of(both, &circumstances(order), mapping, 10).expect("the file makes sense")
}

fn look(file: &str) -> FirstLook {
    look_with(file, &Mapping::default(), None)
}

fn mapping(columns: &[(&str, Option<Column>)]) -> Mapping {
    let said = |(title, meaning): &(&str, Option<Column>)| MappedColumn {
        title: (*title).to_owned(),
        meaning: *meaning,
    };
    Mapping::new(columns.iter().map(said).collect())
}

fn meanings(look: &FirstLook) -> Vec<Option<Column>> {
    look.columns.iter().map(|column| column.meaning).collect()
}

fn names(look: &FirstLook) -> Vec<&str> {
    let animals = look.rows.iter().filter_map(|row| row.result.as_ref().ok());
    animals.filter_map(|animal| animal.name.as_deref()).collect()
}

const POLISH: &str = "Numer,Zwierz,Przydomek,Notatka Wewn\n1,Pies,Burek,gryzie\n2,Dog,Rex,\n3,Cat,Luna,\n";

#[test]
fn a_file_of_unknown_titles_shows_them_and_says_what_is_missing() {
    let look = look(POLISH);
    let titles: Vec<&str> = look.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(titles, ["Numer", "Zwierz", "Przydomek", "Notatka Wewn"]);
    assert_eq!(look.columns[1].samples, ["Pies", "Dog", "Cat"]);
    assert!(matches!(look.refused, Some(FileError::NoTitles(_))));
    assert!(look.rows.is_empty());
}

#[test]
fn what_the_shelter_says_makes_it_readable() {
    let said = mapping(&[
        ("zwierz", Some(Column::Species)),
        ("PRZYDOMEK", Some(Column::Name)),
        ("Numer", Some(Column::ExternalId)),
    ]);
    let look = look_with(POLISH, &said, None);
    assert!(look.refused.is_none());
    assert_eq!(
        meanings(&look),
        [
            Some(Column::ExternalId),
            Some(Column::Species),
            Some(Column::Name),
            None
        ]
    );
    assert!(names(&look).ends_with(&["Rex", "Luna"]));
    let titles = titles_of(POLISH.as_bytes(), &said).expect("the file makes sense");
    assert!(titles.refused.is_none() && titles.titles.len() == 4);
}

#[test]
fn a_header_below_a_title_is_found_by_what_the_shelter_says() {
    let said = mapping(&[("Zwierz", Some(Column::Species)), ("Przydomek", Some(Column::Name))]);
    let look = look_with(&format!("Schronisko Miejskie,,,\n{POLISH}"), &said, None);
    assert_eq!(look.columns[2].title, "Przydomek");
}

#[test]
fn what_the_shelter_says_counts_before_what_the_titles_mean() {
    let file = "id,species,name,Sobriquet\n1,dog,Kennel 4,Bello\n";
    let said = mapping(&[("Sobriquet", Some(Column::Name))]);
    assert_eq!(names(&look_with(file, &said, None)), ["Bello"]);
    let said = mapping(&[("name", None)]);
    assert!(names(&look_with(file, &said, None)).is_empty());
    let said = mapping(&[("species", None)]);
    let refused = look_with(file, &said, None).refused;
    assert!(matches!(refused, Some(FileError::NoSpecies(_))));
}

#[test]
fn of_two_columns_with_one_title_none_can_be_named_but_both_left_out() {
    let file = "id,species,sex,Sex\n1,dog,male,m\n";
    let read = |said: &Mapping| {
        FirstLook::of((file.as_bytes(), file.as_bytes()), &circumstances(None), said, 10).map(|look| meanings(&look))
    };
    let both = [Some(Column::ExternalId), Some(Column::Species), None, None];
    assert_eq!(read(&mapping(&[("sex", None)])).expect("none is read"), both);
    assert!(matches!(
        read(&mapping(&[("sex", Some(Column::Sex))])),
        Err(FileError::DuplicateColumn(_))
    ));
}

#[test]
fn a_private_column_shows_nothing_whatever_it_is_taken_for() {
    let file = "id,species,Hidden Comments\n1,dog,secret\n";
    let look = look_with(file, &mapping(&[("Hidden Comments", Some(Column::Kennel))]), None);
    let column = &look.columns[2];
    assert_eq!((column.meaning, column.private), (Some(Column::Kennel), true));
    assert!(column.samples.is_empty());
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_shown_in_both_and_read_in_none() {
    let file = "id,species,name,intake date\n1,dog,Bello,03/04/2025\n2,cat,Luna,05/06/2025\n";
    let asked = look(file);
    let dates = asked.open_dates.as_ref().expect("the order is open");
    assert_eq!(
        (dates.column.as_str(), dates.example.as_str()),
        ("intake date", "03/04/2025")
    );
    assert_eq!(
        (dates.day_first.to_string(), dates.month_first.to_string()),
        ("2025-04-03".to_owned(), "2025-03-04".to_owned())
    );
    assert_eq!(names(&asked), ["Bello", "Luna"]);
    let is_dated = |look: &FirstLook| {
        look.rows
            .iter()
            .any(|row| row.result.as_ref().is_ok_and(|animal| animal.dated))
    };
    assert!(!is_dated(&asked));
    assert_eq!(asked.columns[3].meaning, Some(Column::IntakeDate));

    let told = look_with(file, &Mapping::default(), Some(DateOrder::DayFirst));
    assert!(told.open_dates.is_none() && is_dated(&told));
}

#[test]
fn no_more_of_a_file_is_read_than_ten_animals_take() {
    let rows: String = (1..100)
        .map(|number| format!("{number},dog\nx{number},unicorn\n"))
        .collect();
    let look = look(&format!("id,species\n{rows}"));
    let good = look.rows.iter().filter(|row| row.result.is_ok()).count();
    assert_eq!((good, look.rows.len()), (10, 19));
}

/// Titles of several vendors, and some that nobody knows.
const TITLES: [&str; 24] = [
    "Animal ID",
    "ID",
    "Name",
    "Animal Name",
    "Species",
    "Animal Type",
    "Type",
    "Breed",
    "Primary Breed",
    "Sex",
    "Color",
    "Intake Date",
    "Outcome Date",
    "Outcome Type",
    "Status",
    "Location",
    "Found Location",
    "Intake Condition",
    "Condition",
    "Notes",
    "Hidden Comments",
    "Kennel Mate",
    "Movement Type",
    "Microchip #",
];

fn csv(titles: &[&str], cells: &[Vec<String>]) -> String {
    let rows = cells.iter().map(|row| {
        let row: Vec<&str> = row.iter().take(titles.len()).map(String::as_str).collect();
        row.join(",") + "\n"
    });
    format!("{}\n{}", titles.join(","), rows.collect::<String>())
}

proptest! {
    #[test]
    fn to_say_what_the_titles_mean_anyway_changes_nothing(
        titles in proptest::sample::subsequence(TITLES.to_vec(), 2..TITLES.len()).prop_shuffle(),
        cells in proptest::collection::vec(
            proptest::collection::vec("dog|cat|A[0-9]|Male|Stray|Adoption|2025-0[1-9]-11|Austin|black|", 24), 0..5),
    ) {
        let file = csv(&titles, &cells);
        let plain = look(&file);
        let said = Mapping::new(
            plain
                .columns
                .iter()
                .map(|column| MappedColumn { title: column.title.clone(), meaning: column.meaning })
                .collect(),
        );
        let mapped = look_with(&file, &said, None);

        prop_assert_eq!(mapped.format, plain.format);
        prop_assert_eq!(&mapped.columns, &plain.columns);
        prop_assert_eq!(&mapped.rows, &plain.rows);
        prop_assert_eq!(mapped.refused.map(|reason| reason.to_string()), plain.refused.map(|reason| reason.to_string()));
        let read = |mapping: &Mapping| {
            let calendar = Calendar::of_mapped(file.as_bytes(), &circumstances(None), mapping)?;
            Ok::<_, FileError>(ImportReader::open_mapped(file.as_bytes(), calendar, mapping)?.collect::<Vec<_>>())
        };
        prop_assert_eq!(read(&said).ok(), read(&Mapping::default()).ok());
    }
}
