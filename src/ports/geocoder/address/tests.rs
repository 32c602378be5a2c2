use super::*;

fn parsed(text: &str) -> Address {
    read(words::parts(&words::plain(text)), true)
}

fn named(found: Option<Found>) -> String {
    match found {
        Some(Found::Code(code)) => format!("{:05}", code.code),
        Some(Found::Town(town)) => format!("{}, {}", town.name, town.state),
        None => String::new(),
    }
}

#[test]
fn an_address_is_read_from_its_end() {
    let address = parsed("12 Elm St, Santa Fe, New Mexico 87501-0001 USA");
    assert_eq!(address.postal_code, Some(87501));
    assert_eq!(address.state, states::by_code("NM"));
    assert_eq!(address.towns, ["Santa Fe", "Fe"]);
    assert_eq!(address.rest, None);
    assert_eq!(parsed("Elm (TX)").rest.as_deref(), Some("Elm"));
    assert_eq!(parsed(" ,() , "), parsed(""));
}

#[test]
fn a_court_is_not_in_connecticut() {
    for (text, towns) in [
        ("3600 BLOCK BRIDGEPORT CT", &["3600 BLOCK BRIDGEPORT"][..]),
        ("12 Elm St at the Big Oak near Bridgeport Ct.", &[]),
        ("Bridgeport CT", &["Bridgeport"]),
        ("12 Elm, Bridgeport, CT", &["Bridgeport"]),
        ("12 Elm, Bridgeport (CT)", &["Bridgeport"]),
        ("Elm Bridgeport CT 06601", &["Elm Bridgeport", "Bridgeport"]),
        ("Elm Bridgeport Connecticut", &["Elm Bridgeport", "Bridgeport"]),
    ] {
        assert_eq!(parsed(text).towns, towns, "{text}");
    }
}

#[test]
fn a_postal_code_counts_wherever_it_stands() {
    for text in [
        "1200 OAK EXPRESSWAY\\nAUSTIN 78704",
        "1200 OAK EXPRESSWAY\nAUSTIN 78704\n(30.2462, -97.7694)",
        "1200 OAK EXPRESSWAY AUSTIN 78704 (30.2462, -97.7694)",
        "290 AUSTIN78704",
        "9704 ELM LN78704.",
        "5th & Elm, Austin TX-78704",
        "78704 Austin",
        "78704, near the creek",
        "the creek in 78704 behind the mall",
        "zip code 78704 Elm St",
        "1200 Oak St, Austin, TX 78704, unit 12345",
        "12208 NE Elm St, Austin, TX 78704",
        "OAK &amp; ELM<br>AUSTIN, TX 78704-1234",
        "Austin 78704 - please call",
    ] {
        assert_eq!(named(find(text)), "78704", "{text}");
    }
}

#[test]
fn the_number_of_a_house_is_no_postal_code() {
    for (text, place) in [
        ("12208 NE 169th St, Austin, TX", "Austin, TX"),
        ("12208 Elm St", ""),
        ("lost at 12208 Elm St", ""),
        ("12208 Elm Road apt 78704", ""),
        ("PO Box 12208, Austin, TX", "Austin, TX"),
    ] {
        assert_eq!(named(find(text)), place, "{text}");
    }
}

#[test]
fn a_town_and_its_state_count_before_what_follows_them() {
    for text in [
        "Austin, TX (near the creek)",
        "Austin, TX - call me",
        "Oak St, Austin TX by the river",
        "AUSTIN, TX, behind the mall",
        "Elm and Oak in Austin, Texas area",
        "austin, tx.",
    ] {
        assert_eq!(named(find(text)), "Austin, TX", "{text}");
    }
    for (text, place) in [
        ("4637 LAKE TX BLVD SE", ""),
        ("KENT IN THE PARK", ""),
        ("Portland or Salem", ""),
        ("N. Little Rock, AR", "North Little Rock, AR"),
        ("Ft Worth TX", "Fort Worth, TX"),
        ("Winston-Salem, N. Carolina", "Winston Salem, NC"),
    ] {
        assert_eq!(named(find(text)), place, "{text}");
    }
}

#[test]
fn within_a_state_the_town_is_enough() {
    let texas = states::by_code("TX").unwrap();
    for (text, place) in [
        ("PFLUGERVILLE", "Pflugerville, TX"),
        ("112TH PL SE, PFLUGERVILLE EAST", "Pflugerville, TX"),
        ("15TH AVE &amp; 223RD ST SE (PFLUGERVILLE)", "Pflugerville, TX"),
        ("HWY 169 AND ELM ST ROUND ROCK", "Round Rock, TX"),
        ("the creek near the mill in Round Rock", "Round Rock, TX"),
        ("Elm St, Augusta, ME", "Augusta, ME"),
        ("78704", "78704"),
        ("on the road to San Marcos", ""),
        ("ELM AND MARBLE FALLS", ""),
        ("5TH AVE NORTH", ""),
        ("behind the barn", ""),
        ("APT G", ""),
    ] {
        assert_eq!(named(find_in(text, texas)), place, "{text}");
    }
}

mod laws {
    use proptest::prelude::*;

    use super::*;
    use crate::ports::geocoder::{Geocoder, OfflineGeocoder};

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,60}|[A-Z0-9 ,.()<>&;\\\\n-]{0,60}") {
            let texas = states::by_code("TX").unwrap();

            find(&text);
            find_in(&text, texas);
            find_whole(&text);
            OfflineGeocoder.completions(&text, 5);
        }

        #[test]
        fn an_address_with_a_postal_code_is_never_known_less_than_that(
            digits in "[0-9]{3}",
            rest in 0_usize..20,
            before in "([0-9]{1,5} )?[A-Za-z ]{0,20}(, |\\\\n|\n|; )",
            town in any::<bool>(),
            after in "((, | )(USA|US|\\(by the mill\\)|- call me))?|\\.|,|\\\\n",
        ) {
            let codes = OfflineGeocoder.completions(&digits, 20);
            let Some(place) = codes.get(rest.min(codes.len().saturating_sub(1))) else { return Ok(()) };
            let code = place.postal_code.clone().unwrap();
            let town = if town { format!("{}, {} ", place.city, place.region) } else { String::new() };

            let text = format!("{before}{town}{code}{after}");
            let found = OfflineGeocoder.address(&text);

            prop_assert_eq!(found.and_then(|found| found.postal_code), Some(code), "{}", text);
        }
    }
}
