//! Shelters: the directory, staff, keys and imports.

mod absent_columns;
mod access;
mod animal_identity;
mod api_keys;
mod bad_files;
mod dashboard;
mod dashboard_stream;
mod directory;
mod exported_figures;
mod exports;
mod file_formats;
mod hours;
mod import_addresses;
mod import_by_request;
mod import_pets;
mod import_progress;
mod import_reports;
mod import_runners;
mod import_warnings;
mod invitations;
mod key_lifetimes;
mod key_scopes;
mod photo_host;
mod photo_urls;
mod preview_import;
mod profile;
mod public_lists;
mod second_runs;
mod snapshot_imports;
mod staff;
mod undo_import;
mod undone_holds;
mod year;

use serde_json::{Value, json};

use crate::support::{Actor, Answer, Caller, TestApp, user_errors};

const REGISTER: &str = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) {
    shelter { id verified } userErrors { field code message } } }";
const VERIFY: &str = "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) {
    shelter { verified } userErrors { field code message } } }";
const INVITE: &str = "mutation($input: InviteStaffInput!) { inviteStaff(input: $input) {
    staff { role } invitation { email role expiresAt } userErrors { field code message } } }";
const REMOVE: &str = "mutation($shelter: ID!, $member: ID!) {
    removeStaff(input: { shelterId: $shelter, memberId: $member }) {
    shelter { staff { role } } userErrors { field code message } } }";
const ACCEPT: &str = "mutation($token: String!) { acceptInvitation(input: { token: $token }) {
    staff { role shelter { name } member { displayName } } userErrors { field code message } } }";
pub const CREATE_KEY: &str = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
    apiKey { id name prefix scopes revokedAt } secret userErrors { field code message } } }";
pub const IMPORT: &str = "mutation($input: ImportPetsInput!) { importPets(input: $input) {
    import { id state } userErrors { field code message } } }";
const IMPORTED: &str = "query($id: ID!) { node(id: $id) { ... on Import {
    format state dryRun total processed created updated unchanged failed closed warned ignoredColumns
    errors(first: 100) { totalCount nodes { row column value reason } }
    warnings(first: 100) { totalCount nodes { row column value message } } } } }";

/// The header of the Austin open data, of which the tests' files are made.
const HEADER: &str = "Animal ID,Name,DateTime,MonthYear,Found Location,Intake Type,Intake Condition,Animal Type,Sex upon Intake,Age upon Intake,Breed,Color";

/// What a shelter says of itself.
fn details() -> Value {
    json!({
        "name": "Sweetwater Animal Haven", "type": "SHELTER", "location": { "postalCode": "78701" },
        "phone": "+15125550142", "email": "desk@haven.example", "website": "https://haven.example/", "capacity": 10,
    })
}

/// A shelter of that member that nobody has verified.
pub async fn register(app: &TestApp, owner: &Actor) -> String {
    let data = app.ok(owner, REGISTER, json!({ "input": details() })).await;
    text(&data["registerShelter"]["shelter"]["id"])
}

/// A verified shelter of that member.
pub async fn shelter(app: &TestApp, owner: &Actor) -> String {
    let id = register(app, owner).await;
    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    id
}

/// Invites an address to the staff.
async fn invite(app: &TestApp, admin: &impl Caller, shelter: &str, email: &str, role: &str) -> Answer {
    let input = json!({ "shelterId": shelter, "email": email, "role": role });
    app.run(admin, INVITE, json!({ "input": input })).await
}

/// Invites a member to the staff, and returns the variables for accepting, with the token from the mail.
async fn invited(app: &TestApp, admin: &Actor, shelter: &str, whom: &Actor, role: &str) -> Value {
    let invited = invite(app, admin, shelter, &whom.email(), role).await;
    assert_eq!(user_errors(&invited), Vec::<String>::new());
    app.run_work().await;
    json!({ "token": token_for(app, whom) })
}

/// Makes somebody part of the staff: invited, mailed, accepted.
pub async fn employ(app: &TestApp, admin: &Actor, shelter: &str, whom: &Actor, role: &str) {
    let token = invited(app, admin, shelter, whom, role).await;
    let data = app.ok(whom, ACCEPT, token).await;
    assert_eq!(data["acceptInvitation"]["staff"]["role"], role);
}

/// The token of the last invitation that somebody got by mail.
fn token_for(app: &TestApp, whom: &Actor) -> String {
    app.mailbox.token(&whom.email(), "accept-invitation")
}

/// The secret of a new key with those scopes.
pub async fn key(app: &TestApp, admin: &Actor, shelter: &str, scopes: &[&str]) -> String {
    let input = json!({ "shelterId": shelter, "name": "night script", "scopes": scopes });
    let data = app.ok(admin, CREATE_KEY, json!({ "input": input })).await;
    text(&data["createApiKey"]["secret"])
}

/// Queues a file and returns the import's id.
pub async fn queue(app: &TestApp, caller: &impl Caller, shelter: &str, file: &str, more: Value) -> String {
    let mut input = json!({ "shelterId": shelter, "data": file });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let data = app.ok(caller, IMPORT, json!({ "input": input })).await;
    assert_eq!(data["importPets"]["userErrors"], json!([]));
    text(&data["importPets"]["import"]["id"])
}

/// Imports a file to its end and returns the import.
pub async fn import(app: &TestApp, caller: &impl Caller, shelter: &str, file: &str, more: Value) -> Value {
    let id = queue(app, caller, shelter, file, more).await;
    app.run_work().await;
    imported(app, caller, &id).await
}

/// An import as it is now.
async fn imported(app: &TestApp, caller: &impl Caller, id: &str) -> Value {
    app.ok(caller, IMPORTED, json!({ "id": id })).await["node"].clone()
}

/// State, created, updated, unchanged, failed and closed.
pub fn outcome(import: &Value) -> (String, [i64; 5]) {
    let counts = ["created", "updated", "unchanged", "failed", "closed"].map(|name| import[name].as_i64().unwrap());
    (text(&import["state"]), counts)
}

/// A file of so many dogs that came in within one month, numbered from `first`.
pub fn dogs(first: usize, count: usize) -> String {
    let rows = (first..first + count).map(|number| dog(&format!("A{number}"), "05/20/2026 10:00:00 AM", "Brown"));
    std::iter::once(HEADER.to_owned())
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A row of a dog.
pub fn dog(id: &str, at: &str, color: &str) -> String {
    format!(
        "{id},Biscuit,{at},May 2026,1 Elm St in Austin (TX),Stray,Normal,Dog,Neutered Male,2 years,Beagle Mix,{color}"
    )
}

/// A file of those rows.
pub fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
