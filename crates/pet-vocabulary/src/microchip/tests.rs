use proptest::prelude::*;

use super::*;

fn numbers(raw: &str) -> Vec<(String, ChipKind)> {
    match parse_microchip(raw) {
        ChipReading::Chips(chips) => chips.into_iter().map(|chip| (chip.number, chip.kind)).collect(),
        other => panic!("{raw}: {other:?}"),
    }
}

#[test]
fn the_name_of_a_manufacturer_is_no_part_of_a_number() {
    assert_eq!(
        numbers("AVIDAVID012345678"),
        [("012345678".to_owned(), ChipKind::Avid9)]
    );
    assert_eq!(parse_microchip("AVID AVID 123456"), ChipReading::Unknown);
}

#[test]
fn every_punctuation_gives_one_number() {
    let iso = vec![("985112003456789".to_owned(), ChipKind::Iso15)];
    for raw in [
        "985112003456789",
        " 985 112 003 456 789",
        "985-112-003456789",
        "9851120O3456789",
        "985.112.003.456.789",
    ] {
        assert_eq!(numbers(raw), iso, "{raw}");
    }
    for raw in ["012*345*678", "AVID*012*345*678"] {
        assert_eq!(numbers(raw), [("012345678".to_owned(), ChipKind::Avid9)]);
    }
    assert_eq!(numbers("4a5b6c7d8e"), [("4A5B6C7D8E".to_owned(), ChipKind::Ten)]);
}

#[test]
fn two_numbers_may_share_a_cell() {
    assert_eq!(numbers("985112003456789, 012*345*678").len(), 2);
    assert_eq!(numbers("985112003456789 985112003456780").len(), 2);
    assert_eq!(numbers("985112003456789/985112003456789").len(), 1);
}

#[test]
fn numbers_that_cannot_be_right_are_refused() {
    for raw in [
        "9.82E+14",
        "9.85112E+14",
        "999000000000001",
        "985999999999999",
        "40112003456789",
        "000000000",
        "000112003456789",
        "12345678901234567890",
        "985000000000000",
        "956000000000000",
        "981020000000000",
        "900111111111111",
        "111111111111111",
        "123456789012345",
        "123456789",
        "1234567890",
    ] {
        assert!(matches!(parse_microchip(raw), ChipReading::Refused(_)), "{raw}");
    }
}

#[test]
fn yes_and_no_are_flags() {
    assert_eq!(parse_microchip("Yes"), ChipReading::Flag(true));
    assert_eq!(parse_microchip("SCAN NO CHIP"), ChipReading::Flag(false));
    assert_eq!(parse_microchip("N/A"), ChipReading::Unknown);
    assert_eq!(parse_microchip("see notes"), ChipReading::Unknown);
}

#[test]
fn what_a_spreadsheet_made_of_a_number_is_undone_if_all_digits_are_there() {
    let iso = [("982000123456789".to_owned(), ChipKind::Iso15)];
    for raw in [
        "9.82000123456789E+14",
        "9.82000123456789e14",
        "9,82000123456789E+14",
        "982000123456789.0",
        "982000123456789,00",
        "'982000123456789",
        "=\"982000123456789\"",
    ] {
        assert_eq!(numbers(raw), iso, "{raw}");
    }
    for raw in [
        "9.82E+14",
        "9,82E+14",
        "9.8200012345678E+14",
        "982E+12",
        "9.82000123456789E+13",
    ] {
        let ChipReading::Refused(reason) = parse_microchip(raw) else {
            panic!("{raw} is not refused");
        };
        assert!(reason.contains("format the column as text"), "{raw}: {reason}");
    }
    // Ten characters of an older chip that look a little like one.
    assert_eq!(numbers("1234567E12").len(), 1);
}

#[test]
fn lost_zeros_are_told_with_what_to_do() {
    // Austria's code is 040, Afghanistan's 004.
    for raw in ["40112003456789", "4112003456789"] {
        let ChipReading::Refused(reason) = parse_microchip(raw) else {
            panic!("{raw} is not refused");
        };
        assert!(reason.contains("format the column as text"), "{raw}: {reason}");
    }
}

#[test]
fn hidden_digits_are_not_passed_over() {
    // Without the asterisks, each would be a number of another kind.
    for raw in ["985***456789", "98511***6789012", "985XXXXXX456789"] {
        assert!(matches!(parse_microchip(raw), ChipReading::Refused(_)), "{raw}");
    }
    assert_eq!(numbers("**985112003456789**").len(), 1);
}

#[test]
fn words_beside_a_number_do_not_matter() {
    for raw in [
        "985112003456789 (HomeAgain)",
        "HomeAgain: 985 112 003 456 789",
        "#985112003456789",
    ] {
        assert_eq!(numbers(raw).len(), 1, "{raw}");
    }
    for raw in ["unable to scan", "TBD", "pending", "?", "null"] {
        assert_eq!(parse_microchip(raw), ChipReading::Unknown, "{raw}");
    }
    assert_eq!(parse_microchip("No chip found"), ChipReading::Flag(false));
}

proptest! {
    #[test]
    fn any_text_is_read_and_its_numbers_are_canonical(raw in prop_oneof![any::<String>(), "[0-9A-EXo*+./, -]{0,40}"]) {
        if let ChipReading::Chips(chips) = parse_microchip(&raw) {
            for chip in chips {
                let again = ChipReading::Chips(vec![chip.clone()]);
                prop_assert_eq!(parse_microchip(&chip.number), again, "{}", raw);
            }
        }
    }
}
