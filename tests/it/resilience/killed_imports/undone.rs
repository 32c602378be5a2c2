//! Imports that are taken back and cut off meanwhile.

use serde_json::json;

use super::{
    files::{first, second},
    haven::Haven,
    told::{Told, assert_alike},
};

const UNDO: &str = "mutation($id: ID!) { undoImport(input: { importId: $id }) {
    import { id state } userErrors { field code message } } }";

const ANIMALS: usize = 900;

/// Two files, of which the later one is taken back.
async fn taken_back(kills: &[i64]) -> Told {
    let mut haven = Haven::start().await;
    haven.import(&first(ANIMALS), &[]).await;
    let later = haven.import(&second(ANIMALS), &[]).await;
    haven.act(UNDO, json!({ "id": later })).await;
    haven.reach(&later, "undone", kills).await;
    haven.over(&later, "UNDONE").await;
    haven.told().await
}

#[tokio::test]
async fn an_import_whose_taking_back_is_cut_off_is_taken_back_once() {
    let expected = taken_back(&[]).await;
    assert_eq!(
        expected["results"]
            .iter()
            .filter(|line| line.contains("\"state\":\"UNDONE\""))
            .count(),
        1
    );

    assert_alike(&taken_back(&[1, 200]).await, &expected);
}
