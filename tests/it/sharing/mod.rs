//! Shared links, their visits, and the public page of a pet.

mod pet_page;
mod share_pet;

use serde_json::{Value, json};

use crate::{
    matching::{dog, report, with},
    support::{Actor, TestApp},
};

pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
pub const SHARE: &str = "mutation($input: SharePetInput!) { sharePet(input: $input) {
    share { url text intentUrl } userErrors { field code message } } }";

/// A lost dog of that name.
pub async fn lost(app: &TestApp, who: &Actor, name: &str) -> String {
    let pet = report(
        app,
        who,
        with(dog("LOST", 30.2672, "2026-05-30T10:00:00Z"), json!({ "name": name })),
    )
    .await;
    app.run_work().await;
    pet
}

/// Shares it.
pub async fn share(app: &TestApp, who: &Actor, pet: &str, platform: &str) -> Value {
    let input = json!({ "input": { "petId": pet, "platform": platform } });
    app.ok(who, SHARE, input).await["sharePet"]["share"].clone()
}
