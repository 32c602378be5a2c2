//! Files that are cut off.

use serde_json::Value;

use super::{
    files::{first, second},
    haven::Haven,
    told::assert_alike,
};

/// Some thousand rows.
const ANIMALS: usize = 2_000;

/// The counts of an import, if that is what a line of its result tells.
fn counts(line: &str) -> Option<Value> {
    line.starts_with('{').then(|| serde_json::from_str(line).unwrap())
}

#[tokio::test]
async fn a_file_that_is_cut_off_time_and_again_ends_like_one_that_nobody_disturbed() {
    let (first, second) = (first(ANIMALS), second(ANIMALS));
    let mut undisturbed = Haven::start().await;
    undisturbed.import(&first, &[]).await;
    undisturbed.import(&second, &[]).await;
    let expected = undisturbed.told().await;
    for (what, rows) in &expected {
        assert!(!rows.is_empty(), "no {what}");
    }
    let counted: Vec<Value> = expected["results"].iter().filter_map(|line| counts(line)).collect();
    let [before, after] = [&counted[0], &counted[1]];
    for name in ["created", "failed", "warned", "earlierStays"] {
        assert_ne!(before[name], 0, "{name}");
    }
    assert_ne!(after["updated"], 0);

    let mut disturbed = Haven::start().await;
    disturbed.import(&first, &[1, 1_200]).await;
    disturbed.import(&second, &[600]).await;

    assert_alike(&disturbed.told().await, &expected);
}
