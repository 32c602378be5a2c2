//! Shelters, their staff, keys and imports.

use entity::id::ApiKeyId;
use serde_json::{Value, json};

use super::{
    cast::{Cast, SCOPES, Who, key},
    row::{Entity, Row},
};

const VISITOR: &[Who] = &[Who::Visitor];
const KEY: &[Who] = &[Who::Key];
/// Whoever administrates the shelter.
const ADMINS: &[Who] = &[Who::Staff, Who::Admin];
/// Whoever imports for the shelter.
const IMPORTERS: &[Who] = &[Who::Staff, Who::Key];
/// Whoever sees and stops the imports of the shelter.
const WATCHERS: &[Who] = &[Who::Staff, Who::Key, Who::Admin];
/// Whoever sees the dashboard of the shelter.
const INSIDE: &[Who] = &[
    Who::Staff,
    Who::Employee,
    Who::Volunteer,
    Who::Key,
    Who::KeyPetsRead,
    Who::Admin,
];

pub fn rows() -> Vec<Row> {
    [directory(), team(), imports()].concat()
}

fn directory() -> Vec<Row> {
    vec![
        Row::new("Query.shelter", "query($id: ID!) { shelter(id: $id) { id } }", |cast, _| Box::pin(shelter(cast)), "ok"),
        Row::new("Query.shelters", "{ shelters { totalCount } }", super::row::nothing, "ok"),
        Row::new(
            "Mutation.registerShelter",
            "mutation { registerShelter(input: { name: \"New\", type: RESCUE, location: { postalCode: \"78701\" } }) { userErrors { field code } } }",
            super::row::nothing,
            "ok",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        administered(
            "Mutation.updateShelter",
            "mutation($id: ID!) { updateShelter(input: { id: $id }) { userErrors { field code } } }",
        ),
        Row::new(
            "Mutation.verifyShelter",
            "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(&[Who::Admin], "ok"),
        Row::new(
            "Subscription.shelterDashboard",
            "subscription($id: ID!) { shelterDashboard(shelterId: $id) { total } }",
            |cast, _| Box::pin(shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(INSIDE, "ok"),
    ]
}

fn team() -> Vec<Row> {
    vec![
        administered(
            "Mutation.inviteStaff",
            "mutation($id: ID!) { inviteStaff(input: { shelterId: $id, email: \"cleo@example.org\", role: STAFF }) { userErrors { field code } } }",
        ),
        Row::new(
            "Mutation.acceptInvitation",
            "mutation { acceptInvitation(input: { token: \"unknown\" }) { userErrors { field code } } }",
            super::row::nothing,
            "input.token EXPIRED",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(KEY, "FORBIDDEN"),
        Row::new(
            "Mutation.removeStaff",
            "mutation($id: ID!, $member: ID!) { removeStaff(input: { shelterId: $id, memberId: $member }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.shelter, "member": cast.admin.id }) }),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "input.memberId NOT_FOUND"),
        Row::new(
            "Mutation.changeStaffRole",
            "mutation($id: ID!, $member: ID!) { changeStaffRole(input: { shelterId: $id, memberId: $member, role: STAFF }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": cast.shelter, "member": cast.admin.id }) }),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "input.memberId NOT_FOUND"),
        administered(
            "Mutation.createApiKey",
            "mutation($id: ID!) { createApiKey(input: { shelterId: $id, name: \"Key\", scopes: [\"pets:read\"] }) { userErrors { field code } } }",
        ),
        Row::new(
            "Mutation.rotateApiKey",
            "mutation($id: ID!) { rotateApiKey(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": new_key(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "ok"),
        Row::new(
            "Mutation.revokeApiKey",
            "mutation($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": new_key(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "ok"),
        Row::new(
            "Mutation.withdrawInvitation",
            "mutation($id: ID!) { withdrawInvitation(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": invitation(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "ok"),
    ]
}

fn administered(field: &'static str, document: &'static str) -> Row {
    Row::new(field, document, |cast, _| Box::pin(shelter(cast)), "FORBIDDEN")
        .but(VISITOR, "UNAUTHENTICATED")
        .but(ADMINS, "ok")
}

fn imports() -> Vec<Row> {
    vec![
        Row::new(
            "Mutation.importPets",
            "mutation($id: ID!) { importPets(input: { shelterId: $id, data: \"Animal ID,Type\\nA1,Dog\\n\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(IMPORTERS, "ok"),
        Row::new(
            "Mutation.previewImport",
            "mutation($id: ID!) { previewImport(input: { shelterId: $id, data: \"Animal ID,Type\\nA1,Dog\\n\" }) { userErrors { field code } } }",
            |cast, _| Box::pin(shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(IMPORTERS, "ok"),
        Row::new(
            "Mutation.saveImportMapping",
            "mutation($id: ID!) { saveImportMapping(input: { shelterId: $id, titles: [\"Kind\"], columns: [{ title: \"Kind\", meaning: SPECIES }] }) { userErrors { field code } } }",
            |cast, _| Box::pin(shelter(cast)),
            "FORBIDDEN",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(IMPORTERS, "ok"),
        Row::new(
            "Mutation.deleteImportMapping",
            "mutation($id: ID!) { deleteImportMapping(input: { id: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": import_mapping(cast).await }) }),
            "input.id NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(IMPORTERS, "ok"),
        Row::new(
            "Mutation.cancelImport",
            "mutation($id: ID!) { cancelImport(input: { importId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": import(cast).await }) }),
            "input.importId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WATCHERS, "ok"),
        Row::new(
            "Mutation.undoImport",
            "mutation($id: ID!) { undoImport(input: { importId: $id }) { userErrors { field code } } }",
            |cast, _| Box::pin(async { json!({ "id": imported(cast).await }) }),
            "input.importId NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WATCHERS, "ok"),
        Row::new(
            "Subscription.importProgress",
            "subscription($id: ID!) { importProgress(importId: $id) { processed } }",
            |cast, _| Box::pin(async { json!({ "id": import(cast).await }) }),
            "NOT_FOUND",
        )
        .but(VISITOR, "UNAUTHENTICATED")
        .but(WATCHERS, "ok"),
    ]
}

pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            kind: "Shelter",
            make: |cast| Box::pin(async { cast.shelter.clone() }),
            seen_by: &Who::ALL,
        },
        Entity {
            kind: "ApiKey",
            make: |cast| Box::pin(new_key(cast)),
            seen_by: ADMINS,
        },
        Entity {
            kind: "StaffInvitation",
            make: |cast| Box::pin(invitation(cast)),
            seen_by: ADMINS,
        },
        Entity {
            kind: "Import",
            make: |cast| Box::pin(import(cast)),
            seen_by: WATCHERS,
        },
    ]
}

async fn shelter(cast: &Cast) -> Value {
    json!({ "id": cast.shelter })
}

/// A new key; a shelter has at most 20 at a time, so the one before is revoked.
pub async fn new_key(cast: &Cast) -> String {
    let revoke = "UPDATE api_keys SET revoked_at = 1 WHERE name = 'spare'";
    cast.app.execute(revoke, []).await;
    let made = key(&cast.app, &cast.staff, &cast.shelter, &SCOPES).await;
    let id = made["createApiKey"]["apiKey"]["id"].as_str().unwrap().to_owned();
    let stored: ApiKeyId = id.parse().unwrap();
    let rename = "UPDATE api_keys SET name = 'spare' WHERE id = $1";
    cast.app.execute(rename, [stored.0.into()]).await;
    id
}

/// A new invitation to an address of its own: one address gets few a day.
pub async fn invitation(cast: &Cast) -> String {
    let email = format!("guest{}@example.org", cast.new_place());
    let invite = "mutation($id: ID!, $email: EmailAddress!) { inviteStaff(input: { shelterId: $id, email: $email, role: STAFF }) {
        invitation { id } userErrors { field code message } } }";
    let variables = json!({ "id": cast.shelter, "email": email });
    let data = cast.app.ok(&cast.staff, invite, variables).await;
    data["inviteStaff"]["invitation"]["id"].as_str().unwrap().to_owned()
}

/// An import that is over, as if nothing else of the shelter were imported meanwhile.
async fn imported(cast: &Cast) -> String {
    let id = import(cast).await;
    let over =
        "UPDATE imports SET state = 'canceled', finished_at = $1 WHERE state <> 'canceled' AND finished_at IS NULL";
    cast.app.execute(over, [cast.app.deps.clock.now().0.into()]).await;
    let undone = "UPDATE imports SET state = 'undone' WHERE state = 'undoing'";
    cast.app.execute(undone, []).await;
    id
}

/// What the shelter of the town has saved of the columns of its files.
pub async fn import_mapping(cast: &Cast) -> String {
    let save = "mutation($id: ID!) { saveImportMapping(input: { shelterId: $id, titles: [\"Creature\"], columns: [
        { title: \"Creature\", meaning: SPECIES }] }) { mapping { id } userErrors { field code message } } }";
    let data = cast.app.ok(&cast.staff, save, shelter(cast).await).await;
    data["saveImportMapping"]["mapping"]["id"].as_str().unwrap().to_owned()
}

pub async fn import(cast: &Cast) -> String {
    let start = "mutation($id: ID!) { importPets(input: { shelterId: $id, data: \"Animal ID,Type\\nA1,Dog\\n\" }) {
        import { id } userErrors { field code message } } }";
    let data = cast.app.ok(&cast.staff, start, shelter(cast).await).await;
    data["importPets"]["import"]["id"].as_str().unwrap().to_owned()
}
