//! Looking for words: the same answers on both databases.

use std::time::Duration;

use finding_sweetie::work::rewording::reword;
use proptest::{prelude::Strategy, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{UPDATE, at, lost_with, report};
use crate::support::{TestApp, Visitor, codes};

const NAMES: &str = "query($filter: PetFilter, $sort: PetSort! = NEWEST) {
    pets(filter: $filter, sort: $sort, first: 100) { totalCount nodes { name } } }";

async fn found(app: &TestApp, filter: Value, sort: &str) -> Vec<String> {
    let data = app.ok(&Visitor, NAMES, json!({ "filter": filter, "sort": sort })).await;
    let nodes = data["pets"]["nodes"].as_array().unwrap();
    assert_eq!(data["pets"]["totalCount"], nodes.len());
    nodes
        .iter()
        .map(|pet| pet["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn with_text(app: &TestApp, text: &str) -> Vec<String> {
    found(app, json!({ "text": text }), "NEWEST").await
}

/// Five animals in Austin; Pixel is the last.
async fn five(app: &TestApp) -> Vec<String> {
    let ann = app.member("ann").await;
    let animals = [
        json!({ "name": "Sweetie", "breed": { "primary": "Goldendoodle" }, "markings": "White paw; limps",
            "description": "Wears a blue collar\nwith a bell.", "colors": ["BROWN"] }),
        json!({ "name": "Biscuit", "breed": { "primary": "German Shepherd", "mixed": true } }),
        json!({ "name": "Maple", "breed": { "primary": "Australian Cattle Dog" } }),
        json!({ "name": "Toño", "breed": { "primary": "Chihuahua" }, "description": "Ran off at O'Malley's" }),
        json!({ "name": "Pixel", "species": "CAT", "breed": { "primary": "Domestic Shorthair" }, "pattern": "TABBY" }),
    ];
    let mut ids = Vec::new();
    for animal in animals {
        ids.push(report(app, &ann, lost_with(animal)).await);
    }
    app.leave_work();
    ids
}

#[tokio::test]
async fn every_word_begins_a_word_of_the_report_or_stands_within_name_or_breed() {
    let app = TestApp::new().await;
    five(&app).await;
    let all = ["Pixel", "Toño", "Maple", "Biscuit", "Sweetie"];
    let texts: [(&str, &[&str]); 21] = [
        ("sweetie", &["Sweetie"]),
        ("SWEET", &["Sweetie"]),
        ("weeti", &["Sweetie"]),
        ("we", &["Sweetie"]),
        ("ee", &[]),
        ("doodle", &["Sweetie"]),
        ("collar", &["Sweetie"]),
        ("ollar", &[]),
        ("bell blue paw", &["Sweetie"]),
        ("sweetie shepherd", &[]),
        ("brown", &["Sweetie"]),
        ("tabby cat", &["Pixel"]),
        ("tono", &["Toño"]),
        ("TOÑO", &["Toño"]),
        ("to\u{301}n\u{303}o", &["Toño"]),
        ("o'malley", &["Toño"]),
        ("biscuit mix", &["Biscuit"]),
        ("aus", &all),
        ("austin tx", &all),
        ("short-hair", &["Pixel"]),
        ("hair domestic", &["Pixel"]),
    ];

    for (text, expected) in texts {
        assert_eq!(with_text(&app, text).await, expected, "{text}");
    }
}

/// Texts in scripts without blanks, words that stand in them, and words that do not.
pub const WITHOUT_BLANKS: [(&str, [&str; 4], [&str; 2]); 4] = [
    (
        "駅前で白い子猫を保護しています",
        ["子猫", "駅前", "白い", "猫"],
        ["黒犬", "猫子"],
    ),
    (
        "今天在公園看到一隻黑色的小狗",
        ["公園", "小狗", "黑色的小狗", "看到 小狗"],
        ["白色", "園公"],
    ),
    (
        "พบแมวสีส้มใกล้วัดพระแก้ว",
        ["แมว", "สีส้ม", "พระแก้ว", "วัด แมว"],
        ["หมา", "วแม"],
    ),
    (
        "강남역에서 흰색강아지를 찾습니다",
        ["강아지", "강남역", "색강", "찾습니다"],
        ["고양이", "지강"],
    ),
];

#[tokio::test]
async fn words_of_scripts_without_blanks_are_found_wherever_they_stand() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    for (text, _, _) in WITHOUT_BLANKS {
        let animal = json!({ "name": text, "description": format!("{text}。{text}") });
        report(&app, &ann, lost_with(animal)).await;
    }
    report(
        &app,
        &ann,
        lost_with(json!({ "name": "Süße", "description": "Gartenstraße 5" })),
    )
    .await;

    for (text, words, others) in WITHOUT_BLANKS {
        for word in words {
            assert_eq!(with_text(&app, word).await, [text], "{word}");
        }
        assert_eq!(found(&app, json!({ "text": text }), "RELEVANCE").await, [text]);
        for other in others {
            assert_eq!(with_text(&app, other).await, Vec::<String>::new(), "{other} in {text}");
        }
    }
    for word in ["gartenstrasse", "Gartenstraße", "GARTENSTRASSE", "susse"] {
        assert_eq!(with_text(&app, word).await, ["Süße"], "{word}");
    }
    app.leave_work();
}

#[tokio::test]
async fn words_that_were_written_in_an_older_way_are_written_anew_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    report(&app, &ann, lost_with(json!({ "name": "白い子猫" }))).await;
    app.leave_work();
    let age = "UPDATE pets SET search_text = $1";
    let old = "白い子猫\n\n\n\n\ndog\naustin\ntx";
    app.execute(age, [old.into()]).await;
    assert_eq!(with_text(&app, "子猫").await, Vec::<String>::new());

    reword(&app.deps).await.unwrap();

    assert_eq!(with_text(&app, "子猫").await, ["白い子猫"]);
    assert_eq!(with_text(&app, "austin").await, ["白い子猫"]);
    app.execute(age, [old.into()]).await;
    reword(&app.deps).await.unwrap();
    assert_eq!(with_text(&app, "子猫").await, Vec::<String>::new(), "once is enough");
}

#[tokio::test]
async fn a_breed_is_found_however_it_is_spelled() {
    let app = TestApp::new().await;
    five(&app).await;
    let texts: [(Value, &[&str]); 9] = [
        (json!({ "text": "Austrailian Cattel Dog" }), &["Maple"]),
        (json!({ "text": "blue heeler" }), &["Maple"]),
        (json!({ "text": "chiuaua" }), &["Toño"]),
        (json!({ "text": "german shepard mix" }), &["Biscuit"]),
        (json!({ "text": "GSD, Biscuit" }), &["Biscuit"]),
        (json!({ "text": "german shepard maple" }), &[]),
        (json!({ "text": "labrador retreiver" }), &[]),
        (json!({ "text": "dsh", "species": ["CAT"] }), &["Pixel"]),
        (json!({ "text": "dsh", "species": ["DOG"] }), &[]),
    ];

    for (filter, expected) in texts {
        assert_eq!(found(&app, filter.clone(), "NEWEST").await, expected, "{filter}");
    }
}

#[tokio::test]
async fn a_changed_report_is_found_by_its_new_words_only() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie", "markings": "limps" }))).await;
    let kept = report(&app, &ann, lost_with(json!({ "name": "Biscuit" }))).await;
    let change = json!({ "input": { "id": id, "name": "Maple", "breed": { "primary": "Whippet" } } });

    app.ok(&ann, UPDATE, change).await;

    for (text, expected) in [
        ("sweetie", ""),
        ("weet", ""),
        ("maple", "Maple"),
        ("hippe", "Maple"),
        ("limps", "Maple"),
    ] {
        assert_eq!(with_text(&app, text).await.concat(), expected, "{text}");
    }
    app.execute("DELETE FROM pets WHERE name = $1", ["Maple".into()]).await;
    assert_eq!(with_text(&app, "maple").await, Vec::<String>::new());
    assert_eq!(with_text(&app, "austin").await, ["Biscuit"], "{kept}");
    app.leave_work();
}

#[tokio::test]
async fn words_are_found_after_the_file_was_packed() {
    let app = TestApp::new().await;
    let ids = five(&app).await;
    app.execute(
        "DELETE FROM pets WHERE name IN ($1, $2)",
        ["Sweetie".into(), "Maple".into()],
    )
    .await;

    app.vacuum().await;

    assert_eq!(ids.len(), 5);
    for (text, expected) in [
        ("tono", "Toño"),
        ("ixe", "Pixel"),
        ("german shepard", "Biscuit"),
        ("sweetie", ""),
    ] {
        assert_eq!(with_text(&app, text).await.concat(), expected, "{text}");
    }
}

#[tokio::test]
async fn the_better_a_report_fits_the_earlier_it_comes() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let animals = [
        json!({ "name": "Sixth", "description": "Looks like a beagle" }),
        json!({ "name": "Fifth", "markings": "Ears of a beagle" }),
        json!({ "name": "Fourth", "breed": { "primary": "Beagleish" } }),
        json!({ "name": "Third", "breed": { "primary": "Boxer", "secondary": "Beagle" } }),
        json!({ "name": "Beagles Friend" }),
        json!({ "name": "Beagle", "breed": { "primary": "Boxer" } }),
    ];
    for animal in animals {
        let place = json!({ "location": at(30.3, -97.7) });
        let mut input = lost_with(animal);
        input["location"] = place["location"].clone();
        report(&app, &ann, input).await;
    }
    app.leave_work();

    let ranked = found(&app, json!({ "text": "BEAGLE" }), "RELEVANCE").await;
    let misspelt = found(&app, json!({ "text": "beagel" }), "RELEVANCE").await;

    assert_eq!(
        ranked,
        ["Beagle", "Beagles Friend", "Third", "Fourth", "Fifth", "Sixth"]
    );
    assert_eq!(misspelt, ["Third"]);
}

#[tokio::test]
async fn no_text_is_an_error_of_the_databases_syntax() {
    let app = TestApp::new().await;
    five(&app).await;
    let signs = "[a-z0-9 \"'*():^{}&|!<>~+,;.%_?$@#/\\\\=\\[\\]\\-]{0,40}";
    let words = "(AND|OR|NOT|NEAR|NEAR\\(|\"|\\*|-|:|\\^|a|sweetie|'|\\$1|\\?|--|🐶|é|\u{0}|\u{7f}|\u{202e}){0,9}";
    let any = proptest::prop_oneof![signs, words, "\\PC{0,60}", ".{0,200}"];
    let mut runner = TestRunner::deterministic();

    for _ in 0..150 {
        let text = any.new_tree(&mut runner).unwrap().current();
        // Not faster than the limit on searches for words.
        app.clock.advance(Duration::from_secs(1));
        for (filter, sort) in [
            (json!({ "text": text }), "RELEVANCE"),
            (json!({ "breed": text }), "NEWEST"),
        ] {
            let answer = app
                .run(&Visitor, NAMES, json!({ "filter": filter, "sort": sort }))
                .await;
            let message = answer.body["errors"][0]["message"].as_str().unwrap_or_default();
            let is_limit = [
                "filter.text has ",
                "filter.breed has ",
                "sort: RELEVANCE needs filter.text",
            ]
            .iter()
            .any(|limit| message.starts_with(limit));
            assert!(codes(&answer).is_empty() || is_limit, "{text:?}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn text_without_letters_finds_nothing_and_blanks_are_no_text() {
    let app = TestApp::new().await;
    five(&app).await;

    for text in ["***", "\"", "🐶", "' OR 1=1 --", "100%", "\u{0}*"] {
        assert_eq!(with_text(&app, text).await, Vec::<String>::new(), "{text:?}");
    }
    assert_eq!(with_text(&app, " \u{200b} ").await.len(), 5);
}

#[tokio::test]
async fn long_text_is_refused_with_its_limit() {
    let app = TestApp::new().await;
    let refusals = [
        (
            "x".repeat(201),
            "filter.text has 201 characters; at most 200 are allowed: shorten it",
        ),
        (
            "a b c d e f g h i j k".to_owned(),
            "filter.text has 11 words; at most 10 are allowed: leave some out",
        ),
    ];

    for (text, message) in refusals {
        let refused = app.run(&Visitor, NAMES, json!({ "filter": { "text": text } })).await;

        assert_eq!(codes(&refused), ["BAD_USER_INPUT"]);
        assert_eq!(refused.body["errors"][0]["message"], message);
    }
    assert_eq!(with_text(&app, &"x".repeat(200)).await, Vec::<String>::new());
}
