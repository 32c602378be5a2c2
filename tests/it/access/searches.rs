//! Saved searches and the history of searches.

use serde_json::{Value, json};

use super::{
    cast::{Cast, Who},
    row::{Entity, Row, nothing},
};
use crate::searches::save;

const NOT_OWNER: &[Who] = &[
    Who::Partner,
    Who::Stranger,
    Who::Staff,
    Who::OtherStaff,
    Who::Moderator,
    Who::Admin,
];

pub fn rows() -> Vec<Row> {
    let private = |row: Row| {
        row.but(&[Who::Visitor], "UNAUTHENTICATED")
            .but(&[Who::Key], "FORBIDDEN")
    };
    let of_owner = |field, document| {
        let row = Row::new(field, document, |cast, _| Box::pin(saved(cast)), "ok");
        private(row.but(NOT_OWNER, "input.id NOT_FOUND"))
    };
    vec![
        private(Row::new(
            "Mutation.createSavedSearch",
            "mutation { createSavedSearch(input: { name: \"dogs\" }) { userErrors { field code } } }",
            nothing,
            "ok",
        )),
        of_owner(
            "Mutation.updateSavedSearch",
            "mutation($id: ID!) { updateSavedSearch(input: { id: $id, name: \"cats\" }) { userErrors { field code } } }",
        ),
        of_owner(
            "Mutation.deleteSavedSearch",
            "mutation($id: ID!) { deleteSavedSearch(input: { id: $id }) { userErrors { field code } } }",
        ),
        of_owner(
            "Mutation.markSavedSearchSeen",
            "mutation($id: ID!) { markSavedSearchSeen(input: { id: $id }) { userErrors { field code } } }",
        ),
        private(Row::new(
            "Mutation.recordSearch",
            "mutation { recordSearch(input: {}) { userErrors { field code } } }",
            nothing,
            "ok",
        )),
        private(
            Row::new(
                "Mutation.clearSearchHistory",
                "mutation($id: ID!) { clearSearchHistory(input: { id: $id }) { userErrors { field code } } }",
                |cast, _| Box::pin(async { json!({ "id": searched(cast).await }) }),
                "ok",
            )
            .but(NOT_OWNER, "input.id NOT_FOUND"),
        ),
        private(Row::new(
            "Mutation.setSearchHistory",
            "mutation { setSearchHistory(input: { enabled: true }) { userErrors { field code } } }",
            nothing,
            "ok",
        )),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "SavedSearch",
            make: |cast| Box::pin(async { saved(cast).await["id"].as_str().unwrap().to_owned() }),
            seen_by: &[Who::Owner],
        },
        Entity {
            kind: "SearchHistoryEntry",
            make: |cast| Box::pin(searched(cast)),
            seen_by: &[Who::Owner],
        },
    ]
}

/// A new saved search of the owner; a member has at most 50, so the ones before are deleted.
pub async fn saved(cast: &Cast) -> Value {
    cast.app.execute("DELETE FROM saved_searches", []).await;
    json!({ "id": save(&cast.app, &cast.owner, json!({ "name": "dogs" })).await })
}

/// An entry of the owner's history.
pub async fn searched(cast: &Cast) -> String {
    let record = "mutation { recordSearch(input: {}) { entry { id } userErrors { field code } } }";
    let data = cast.app.ok(&cast.owner, record, json!({})).await;
    data["recordSearch"]["entry"]["id"].as_str().unwrap().to_owned()
}
