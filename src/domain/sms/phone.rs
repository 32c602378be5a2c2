//! Phone numbers as written by people and carriers, and the one form in which they are stored and compared.
//!
//! A carrier may write a number differently from its owner. All numbers that are saved, compared, opted out and sent to
//! are therefore [`canonical`]: the number as dialled from abroad today.

use phonenumber::{Mode, PhoneNumber, Type, country, metadata::DATABASE};

use crate::kernel::{FieldCode, FieldError, telephone};

/// The number in the form in which it is stored and compared; `None` for short codes, names, and anything else that is
/// not an E.164 number.
pub(super) fn canonical(number: &str) -> Option<String> {
    let is_separator = |sign: char| matches!(sign, ' ' | '-' | '(' | ')' | '.');
    let bare: String = number.chars().filter(|sign| !is_separator(*sign)).collect();
    let digits = bare.strip_prefix('+')?;
    let is_number = (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && !digits.starts_with('0')).then(|| format!("+{}", one_of_two(digits)))
}

/// The current form of numbers that can be written in two ways: Mexico has dropped the 1 of mobile phones, Brazil has
/// put a 9 before them, and Argentina dials a 9 before the area code from abroad and a 15 after it at home.
fn one_of_two(digits: &str) -> String {
    let present = match digits.split_at(2) {
        ("52", national) => mexican(national).map(|national| format!("52{national}")),
        ("54", national) => argentine(national).map(|national| format!("549{national}")),
        ("55", national) => brazilian(national).map(|national| format!("55{national}")),
        _ => None,
    };
    present.unwrap_or_else(|| digits.to_owned())
}

fn mexican(national: &str) -> Option<&str> {
    national.strip_prefix('1').filter(|rest| rest.len() == 10)
}

/// Area code and number of a mobile phone. Together they have ten digits, or twelve with the domestic 15.
fn argentine(national: &str) -> Option<String> {
    let national = match national.strip_prefix('9') {
        Some(rest) if 10 <= rest.len() => rest,
        _ => national,
    };
    let is_area = matches!(national.as_bytes().first(), Some(b'1'..=b'3'));
    match national.len() {
        10 if is_area => Some(national.to_owned()),
        12 if is_area => (2..=4).find_map(|area| {
            let (area, rest) = national.split_at(area);
            rest.strip_prefix("15").map(|rest| format!("{area}{rest}"))
        }),
        _ => None,
    }
}

/// Landlines start with 2 to 5 and keep their eight digits.
fn brazilian(national: &str) -> Option<String> {
    let (area, number) = national.split_at_checked(2)?;
    let is_old_mobile = number.len() == 8 && number.starts_with(['6', '7', '8', '9']);
    is_old_mobile.then(|| format!("{area}9{number}"))
}

/// A number that may receive messages, in canonical form: it must be a mobile number in its country, and the country
/// must be in the settings. Without a country code, it is a number in the first of those countries.
pub(super) fn phone(field: &str, raw: &str, countries: &[country::Id]) -> Result<String, FieldError> {
    let fault = |code, message: &str| Err(FieldError::new(field, code, message));
    let Some((phone, number)) = parsed(raw, countries.first().copied()) else {
        let message = "there is no such phone number: write it with its country code, such as +1 512 555 0142";
        return fault(FieldCode::Invalid, message);
    };
    match number.number_type(&DATABASE) {
        Type::Mobile | Type::FixedLineOrMobile => {}
        Type::PremiumRate | Type::SharedCost => {
            let message = "numbers that cost extra are not accepted: use a mobile number";
            return fault(FieldCode::Invalid, message);
        }
        _ => {
            let message = "this number does not belong to a mobile phone: use a mobile number";
            return fault(FieldCode::Invalid, message);
        }
    }
    if !is_of(&number, countries) {
        let names: Vec<&str> = countries.iter().map(AsRef::as_ref).collect();
        let message = format!(
            "text messages go to numbers of these countries only: {}; use a number from there",
            names.join(", ")
        );
        return fault(FieldCode::NotAllowed, &message);
    }
    Ok(phone)
}

/// Whether a number that was accepted earlier may still receive messages.
pub(super) fn is_accepted(phone: &str, countries: &[country::Id]) -> bool {
    self::phone("phone", phone, countries).is_ok()
}

/// Whether a person may be using that number, so that an answer makes sense: machines send from short codes and names,
/// which have no canonical form, and from numbers that are not mobile phones.
pub(super) fn may_be_a_person(phone: &str) -> bool {
    let kind = phonenumber::parse(None, phone).map(|number| number.number_type(&DATABASE));
    !matches!(
        kind,
        Err(_)
            | Ok(Type::TollFree
                | Type::PremiumRate
                | Type::SharedCost
                | Type::Uan
                | Type::Pager
                | Type::Voicemail
                | Type::ShortCode)
    )
}

fn parsed(raw: &str, home: Option<country::Id>) -> Option<(String, PhoneNumber)> {
    let given = telephone::read(raw, home)?;
    let phone = canonical(&given.format().mode(Mode::E164).to_string())?;
    let number = phonenumber::parse(None, &phone).ok()?;
    number.is_valid().then_some((phone, number))
}

fn is_of(number: &PhoneNumber, countries: &[country::Id]) -> bool {
    number
        .country()
        .id()
        .is_some_and(|country| countries.contains(&country))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: [country::Id; 6] = [
        country::Id::US,
        country::Id::CA,
        country::Id::MX,
        country::Id::BR,
        country::Id::AR,
        country::Id::GB,
    ];

    fn code(raw: &str) -> FieldCode {
        phone("phone", raw, &HERE).unwrap_err().code
    }

    #[test]
    fn numbers_become_e_164() {
        for raw in ["+15125550142", " +1 (512) 555-0142 ", "512.555.0142"] {
            assert_eq!(phone("phone", raw, &HERE).unwrap(), "+15125550142");
        }
        assert_eq!(phone("phone", "+44 7400 123456", &HERE).unwrap(), "+447400123456");
    }

    #[test]
    fn however_a_phone_is_written_it_has_one_form() {
        for (form, others) in [
            (
                "+525555501234",
                vec!["+5215555501234", "+52 1 55 5550 1234", "+52 55 5550-1234"],
            ),
            (
                "+5511961234567",
                vec!["+551161234567", "+55 11 96123-4567", "+55 (11) 6123-4567"],
            ),
            (
                "+5491161234567",
                vec!["+541161234567", "+54111561234567", "+54 9 11 6123-4567"],
            ),
            (
                "+5492214234567",
                vec!["+542214234567", "+54221154234567", "+5492214234567"],
            ),
            (
                "+5492944412345",
                vec!["+542944412345", "+54294415412345", "+54929441 5412345"],
            ),
            ("+15125550142", vec!["+15125550142", "+1 (512) 555.0142"]),
        ] {
            for other in others {
                assert_eq!(canonical(other).as_deref(), Some(form), "{other}");
            }
            assert_eq!(canonical(form).as_deref(), Some(form), "twice is once");
        }
    }

    #[test]
    fn every_form_of_a_phone_is_accepted_and_kept_as_the_one() {
        for (given, kept) in [
            ("+5215555501234", "+525555501234"),
            ("+55 11 8123-4567", "+5511981234567"),
            ("+54 11 15 6123 4567", "+5491161234567"),
            ("+54 11 6123 4567", "+5491161234567"),
        ] {
            assert_eq!(phone("phone", given, &HERE).as_deref(), Ok(kept), "{given}");
        }
    }

    #[test]
    fn landlines_of_brazil_and_numbers_of_others_stay_as_they_are() {
        for number in ["+551132345678", "+447400123456", "+5491161234567", "+548001234567"] {
            assert_eq!(canonical(number).as_deref(), Some(number));
        }
    }

    #[test]
    fn short_codes_and_names_have_no_form() {
        for sender in [
            "68849",
            "AMAZON",
            "",
            "+",
            "+68849",
            "whatsapp:+15125550142",
            "+0123456789",
            "+1512555014２",
        ] {
            assert_eq!(canonical(sender), None, "{sender:?}");
        }
    }

    #[test]
    fn what_no_country_gives_out_is_refused() {
        for raw in [
            "",
            "+1",
            "+10000000000",
            "512555014",
            "+1512555014",
            "hello",
            "+999123456789",
            &"1".repeat(5000),
        ] {
            assert_eq!(code(raw), FieldCode::Invalid, "{raw}");
        }
    }

    #[test]
    fn numbers_that_cost_extra_are_refused() {
        let refused = phone("phone", "+19002345678", &HERE).unwrap_err();
        assert!(refused.message.contains("cost extra"), "{}", refused.message);
    }

    #[test]
    fn only_phones_that_people_carry_are_accepted() {
        for (raw, what) in [
            ("+18002345678", "free of charge"),
            ("+15005550006", "personal"),
            ("+442079460958", "at home"),
            ("+445612345678", "internet"),
            ("+447640123456", "pager"),
        ] {
            assert_eq!(code(raw), FieldCode::Invalid, "{what}");
        }
    }

    #[test]
    fn countries_that_are_not_chosen_and_ranges_of_no_country_are_refused() {
        for (raw, what) in [
            ("+4915112345678", "Germany"),
            ("+5351234567", "Cuba"),
            ("+18764123456", "Jamaica, under the same code as the United States"),
            ("+881612345678", "a satellite"),
            ("+88216123456789", "an international network"),
        ] {
            let refused = phone("phone", raw, &HERE).unwrap_err();
            assert!(
                matches!(refused.code, FieldCode::NotAllowed | FieldCode::Invalid),
                "{what}"
            );
        }
        let refused = phone("phone", "+4915112345678", &[country::Id::US]).unwrap_err();
        assert_eq!(refused.code, FieldCode::NotAllowed);
        assert!(refused.message.contains("only: US;"), "{}", refused.message);
    }

    #[test]
    fn machines_are_told_from_people() {
        for person in ["+15125550142", "+525555501234", "+5491161234567", "+442079460958"] {
            assert!(may_be_a_person(person), "{person}");
        }
        for machine in ["+18002345678", "+19002345678"] {
            assert!(!may_be_a_person(machine), "{machine}");
        }
    }
}
