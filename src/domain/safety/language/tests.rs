//! Tests every rule against its examples, and against attempts to evade it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{RULES, examples::EXAMPLES, found};

fn finds(rule: &str, text: &str) -> bool {
    found(text).iter().any(|found| found.id == rule)
}

#[test]
fn every_rule_has_at_least_eight_examples_of_both_kinds() {
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    let exemplified: BTreeSet<&str> = EXAMPLES.iter().map(|examples| examples.rule).collect();
    assert_eq!(rules, exemplified);
    for examples in EXAMPLES {
        assert!(
            8 <= examples.scams.len() && 8 <= examples.innocent.len(),
            "{}",
            examples.rule
        );
    }
}

#[test]
fn the_document_says_what_the_rules_are() {
    let document = include_str!("../../../../docs/SAFETY.md");
    for rule in RULES {
        let confirms = if rule.confirmation.is_some() { "yes" } else { "" };
        let row = format!(
            "| `{}` | {} | {} | {} | {confirms} |",
            rule.id, rule.version, rule.looks_for, rule.warning
        );
        assert!(document.contains(&row), "docs/SAFETY.md needs this row: {row}");
    }
    let rows = document
        .lines()
        .filter(|line| line.starts_with("| `") && line.matches('|').count() == 6);
    assert_eq!(
        rows.count(),
        RULES.len(),
        "docs/SAFETY.md has rows of rules that are not there"
    );
}

#[test]
fn every_rule_finds_its_scams_and_passes_over_the_innocent() {
    let mut wrong = Vec::new();
    for examples in EXAMPLES {
        let missed = examples.scams.iter().filter(|text| !finds(examples.rule, text));
        wrong.extend(missed.map(|text| format!("{} misses: {text}", examples.rule)));
        let accused = examples.innocent.iter().filter(|text| finds(examples.rule, text));
        wrong.extend(accused.map(|text| format!("{} accuses: {text}", examples.rule)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_innocent_people_write_meets_no_rule_at_all() {
    for text in [
        "Hello, is Sweetie with you?",
        "I think I saw your dog near the river this morning, she looked tired but well",
        "Thank you so much!! We are on our way",
        "Does she have a scar on her left ear?",
        "He is chipped and wears a blue collar with a bell",
        "We can meet at the police station on 5th street at 18:00",
        "Is he still missing? I will share your post with my neighbours",
        "Thanks, she came home by herself last night",
    ] {
        let rules: Vec<&str> = found(text).iter().map(|rule| rule.id).collect();
        assert!(rules.is_empty(), "{text}: {rules:?}");
    }
}

#[test]
fn disguises_do_not_help() {
    for (rule, text) in [
        ("code-request", "send me the c0de"),
        ("code-request", "s e n d me the v e r i f i c a t i o n c0de"),
        ("code-request", "tell me\nthe\ncode"),
        ("code-request", "ѕеnd mе thе соdе"),
        ("code-request", "send me the c\u{200b}o\u{200b}d\u{200b}e"),
        ("code-request", "𝘀𝗲𝗻𝗱 me the ⓒⓞⓓⓔ"),
        ("code-request", "send me the c-o-d-e"),
        ("payment-first", "send $200 by Z3lle"),
        ("payment-first", "send $200 by z.e.l.l.e"),
        ("payment-first", "buy a g1ft c@rd"),
        ("payment-first", "pay with pay.pal"),
        ("leave-app", "text me on wh4ts4pp"),
        ("leave-app", "text me on what$app"),
        ("leave-app", "text me on ｔｅｌｅｇｒａｍ"),
        ("leave-app", "text me at 5 1 2 5 5 5 0 1 0 0"),
        ("outgoing-code", "4\u{200b}8\u{200b}2\u{200b}9\u{200b}1\u{200b}3"),
        ("outgoing-code", "４８２９１３"),
        ("outgoing-code", "4️⃣8️⃣2️⃣9️⃣1️⃣3️⃣"),
        ("outgoing-code", "4\n8\n2\n9\n1\n3"),
        ("outgoing-code", "4-8-2-9-1-3"),
        ("outgoing-code", "FOUR eight 2 nine 1 three"),
        (
            "threat",
            "p4y or you'll nev3r see your dog again, you will never see your dog",
        ),
        ("impersonation", "Тhis is аnimal соntrol, pay $300"),
        ("outside-link", "HTTPS://T.ME/finder"),
    ] {
        assert!(finds(rule, text), "{rule} misses: {text}");
    }
}

/// The same text with zero-width characters added, changed case and full-width letters.
fn disguised(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().cycle().copied();
    let mut disguised = String::new();
    for c in text.chars() {
        let choice = choices.next().unwrap_or_default();
        let wide = char::from_u32(c as u32 + 0xfee0).filter(|_| c.is_ascii_alphanumeric());
        match choice % 5 {
            0 => disguised.push(c.to_ascii_uppercase()),
            1 => disguised.extend([c, '\u{200d}']),
            2 => disguised.push(wide.unwrap_or(c)),
            3 if c.is_ascii_alphabetic() => disguised.extend([c, '\u{0301}']),
            _ => disguised.push(c),
        }
    }
    disguised
}

proptest! {
    #[test]
    fn no_disguise_of_single_characters_changes_what_is_found(
        place in 0..1_000_usize,
        choices in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        let all: Vec<&str> = EXAMPLES.iter().flat_map(|one| one.scams.iter().chain(one.innocent)).copied().collect();
        let text = all[place % all.len()];
        let ids = |text: &str| found(text).iter().map(|rule| rule.id).collect::<Vec<_>>();
        prop_assert_eq!(ids(text), ids(&disguised(text, &choices)));
    }

    #[test]
    fn any_text_can_be_read(text in "\\PC{0,200}") {
        let _ = found(&text);
        if let Some(masked) = super::masked(&text) {
            prop_assert_eq!(masked.chars().count(), text.chars().count());
            prop_assert_eq!(super::masked(&masked).is_some_and(|again| again == text), false);
        }
    }
}
