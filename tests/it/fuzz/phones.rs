//! Phone numbers as people write them.

use finding_sweetie::kernel::telephone;
use phonenumber::{Mode, PhoneNumber, country};

use super::hunt::{Target, hunt};

const NUMBERS: &[&str] = &[
    "+15205550142",
    "(520) 555-0142",
    "011 44 7400 123456",
    "07400 123456",
    "+49 1511 2345678",
    "0049 30 901820",
    "+55 11 8123-4567",
    "[+1] 520\u{2011}555\u{2013}0142",
    "＋１５２０５５５０１４２",
    "+39 06 698 12345",
    "+225 01 23 45 67 89",
    "+44 (0)20 7946 0018",
    "+7 (812) 555-01-42",
    "+800 1234 5678",
    "+52 1 55 1234 5678",
    "+54 9 11 2345-6789",
    "001 520 555 0142",
];
const HOMES: [Option<country::Id>; 8] = [
    None,
    Some(country::Id::US),
    Some(country::Id::GB),
    Some(country::Id::DE),
    Some(country::Id::IT),
    Some(country::Id::MX),
    Some(country::Id::AR),
    Some(country::Id::AU),
];

#[test]
fn a_number_that_is_read_is_read_again_out_of_its_international_form() {
    hunt(Target {
        name: "phones",
        corpus: NUMBERS.iter().map(|number| number.as_bytes().to_vec()).collect(),
        words: [
            "+", "00", "011", "1", "44", "(0)", " ", "-", "·", "٣", "９", "ext", ";", ",",
        ]
        .map(str::to_owned)
        .to_vec(),
        longest: 70,
        check,
    });
}

fn check(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let home = HOMES[input.len() % HOMES.len()];
    let Some(number) = telephone::read(&text, home) else {
        return Ok("no number".to_owned());
    };
    // The callers take no other.
    if !number.is_valid() {
        return Ok(format!("no number that exists: +{}", number.code().value()));
    }
    let international = e164(&number);
    let digits = international.strip_prefix('+').unwrap_or_default();
    if digits.len() < 3 || 17 < digits.len() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(format!("{text:?} of {home:?} becomes {international:?}"));
    }
    for home in [home, None] {
        let again = telephone::read(&international, home).map(|number| e164(&number));
        if again.as_ref() != Some(&international) {
            return Err(format!(
                "{text:?} of {home:?} becomes {international}, and that becomes {again:?}"
            ));
        }
    }
    Ok(format!("a number of +{}", number.code().value()))
}

fn e164(number: &PhoneNumber) -> String {
    number.format().mode(Mode::E164).to_string()
}
