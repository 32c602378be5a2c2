//! The rules about scams: their conditions, and their messages to readers and senders.

use super::{
    fold::fold,
    lexicon::Meaning,
    reading::{Digits, Reading},
    tokens::Punctuation,
};

/// A rule. Its version grows whenever its condition or its messages change.
pub struct Rule {
    /// Identifies the rule to programs; never changes.
    pub id: &'static str,
    /// Stored with each finding.
    pub version: u32,
    /// Description of the condition, for moderators.
    pub looks_for: &'static str,
    /// Warning shown to the reader.
    pub warning: &'static str,
    /// Message to a sender who must confirm before it is sent; `None` if no confirmation is needed.
    pub confirmation: Option<&'static str>,
    finds: fn(&Reading) -> bool,
}

/// Every rule, the most urgent warning first.
pub const RULES: &[Rule] = &[
    Rule {
        id: "code-request",
        version: 2,
        looks_for: "Asks for a code that a service sends to a phone, in order to take over an account.",
        warning: "Never give anybody a code that was sent to your phone: it proves nothing about a pet, and it opens your \
                  accounts. Anyone who asks for one is trying to deceive you.",
        confirmation: None,
        finds: asks_for_a_code,
    },
    Rule {
        id: "threat",
        version: 1,
        looks_for: "Threatens the animal or the reader, or presses for money at once.",
        warning: "This message threatens or presses you. Do not pay; keep the conversation, report it, and call the police \
                  if you feel threatened.",
        confirmation: None,
        finds: threatens,
    },
    Rule {
        id: "impersonation",
        version: 1,
        looks_for: "Claims to be a shelter, vet, animal control or the police, and wants money.",
        warning: "Shelters, vets and animal control do not ask for money in a chat before you have seen your pet. Call them \
                  back on their public number, not on one from this message.",
        confirmation: None,
        finds: impersonates,
    },
    Rule {
        id: "payment-first",
        version: 1,
        looks_for: "Wants money before the animal is seen, or by a means that cannot be reversed.",
        warning: "Do not pay before you have met and seen the pet, and never by gift card, transfer or crypto: such money is \
                  gone. Ask for a detail that only a finder can know.",
        confirmation: None,
        finds: wants_money_first,
    },
    Rule {
        id: "outgoing-code",
        version: 1,
        looks_for: "Is a code of 4 to 8 digits, or hands one over.",
        warning: "This message contains a code. Nobody needs one to bring a pet home.",
        confirmation: Some(
            "this looks like a code that was sent to your phone: whoever has it can take over your account, and no honest \
             finder asks for it",
        ),
        finds: hands_a_code_over,
    },
    Rule {
        id: "outside-link",
        version: 1,
        looks_for: "Has a link that hides where it leads, or that is to be followed, filled in or logged in to.",
        warning: "Be careful with links from people you do not know: do not log in, pay or give personal details there.",
        confirmation: None,
        finds: has_a_dubious_link,
    },
    Rule {
        id: "leave-app",
        version: 2,
        looks_for: "Asks to continue on another messenger, by e-mail or by phone.",
        warning: "Stay in this conversation until you have met: elsewhere we can neither warn you nor help you.",
        confirmation: None,
        finds: leads_away,
    },
];

/// The rules whose conditions the text meets, in order.
pub fn found(text: &str) -> Vec<&'static Rule> {
    let folded = fold(text);
    let readings = [
        Reading::of(&folded, Punctuation::Separates),
        Reading::of(&folded, Punctuation::Joins),
    ];
    let meets = |rule: &&Rule| readings.iter().any(|reading| (rule.finds)(reading));
    RULES.iter().filter(meets).collect()
}

/// Whether the code at this index is of a kind that is not secret.
fn is_plain(reading: &Reading, place: usize) -> bool {
    reading
        .places(Meaning::PLAIN_CODE)
        .any(|other| other.abs_diff(place) <= 3)
}

fn secrets(reading: &Reading) -> impl Iterator<Item = usize> + '_ {
    let codes = reading.places(Meaning::CODE).filter(|place| !is_plain(reading, *place));
    codes.chain(reading.places(Meaning::SECRET))
}

fn asks_for_a_code(reading: &Reading) -> bool {
    let asked = |place: usize| {
        let before = |first: usize| first < place && place - first <= 8;
        let after = |last: usize| place < last && last - place <= 12;
        let asks_before = reading.places(Meaning::HAND_OVER | Meaning::WHAT).any(before);
        let asks_after = reading.places(Meaning::HAND_OVER).any(after) && reading.places(Meaning::ME).any(after);
        asks_before || asks_after
    };
    secrets(reading).any(asked)
}

fn threatens(reading: &Reading) -> bool {
    let presses = reading.beside(Meaning::AT_ONCE, Meaning::WAY_TO_PAY, 8);
    let presses_for_an_amount = reading.money_beside(Meaning::AT_ONCE, 6) && reading.money_beside(Meaning::PAY, 4);
    reading.has(Meaning::THREAT) || presses || presses_for_an_amount
}

fn impersonates(reading: &Reading) -> bool {
    let speaks_as = reading.follows(Meaning::SPEAKING_AS, Meaning::AUTHORITY, 6);
    let wants_money = reading.has_money() || reading.has(Meaning::WAY_TO_PAY);
    speaks_as && wants_money && reading.has(Meaning::BILL | Meaning::PAY)
}

fn wants_money_first(reading: &Reading) -> bool {
    let by_a_dubious_way =
        reading.beside(Meaning::PAY, Meaning::WAY_TO_PAY, 6) || reading.money_beside(Meaning::WAY_TO_PAY, 6);
    let before_anything = reading.money_beside(Meaning::PAY, 5) && reading.has(Meaning::BEFOREHAND)
        || reading.follows(Meaning::PAY, Meaning::BEFOREHAND, 6) && reading.beside(Meaning::PAY, Meaning::CURRENCY, 5);
    by_a_dubious_way || before_anything
}

fn hands_a_code_over(reading: &Reading) -> bool {
    let codes: Vec<&Digits> = reading.digits.iter().filter(|digits| may_be_a_code(digits)).collect();
    let near = |digits: &Digits| secrets(reading).any(|place| place.abs_diff(digits.first) <= 8);
    codes.iter().any(|digits| near(digits))
        || matches!((codes.as_slice(), reading.digits.len()), ([code], 1) if is_alone(reading, code))
}

/// 4 to 8 digits that are neither money, nor a date, nor a local phone number.
fn may_be_a_code(digits: &Digits) -> bool {
    (4..=8).contains(&digits.text.len())
        && !digits.is_money
        && !matches!(*digits.groups, [3, 4] | [2, 2, 4] | [4, 2, 2] | [1, 2, 4] | [2, 1, 4])
}

/// Whether the message contains nothing meaningful besides the code.
fn is_alone(reading: &Reading, code: &Digits) -> bool {
    let mut others = reading
        .meanings
        .iter()
        .enumerate()
        .filter(|(place, _)| !(code.first..code.end).contains(place));
    others.all(|(_, found)| found.is(Meaning::FILLER))
}

fn has_a_dubious_link(reading: &Reading) -> bool {
    reading.has_hidden_link || reading.has_link && reading.has(Meaning::FOLLOW)
}

fn leads_away(reading: &Reading) -> bool {
    let has_phone = reading
        .digits
        .iter()
        .any(|digits| (10..=15).contains(&digits.text.len()) && !digits.is_money);
    let gives_an_address = (reading.has_mail || has_phone) && reading.has(Meaning::GET_IN_TOUCH | Meaning::MESSENGER);
    let asks_for_one = reading.beside(Meaning::HAND_OVER | Meaning::WHAT, Meaning::ADDRESS, 4)
        && reading.follows(Meaning::POSSESSIVE, Meaning::ADDRESS, 2);
    reading.beside(Meaning::GET_IN_TOUCH, Meaning::MESSENGER, 6) || gives_an_address || asks_for_one
}
