//! Two reports and everything that leads to them.

use entity::vocabulary::PetVisibility;
use finding_sweetie::{domain::pets, kernel::Viewer};
use serde_json::{Value, json};

use crate::{
    matching::{dog, matches, report, with},
    photos::pictures::{jpeg, scene},
    searches::{dogs_near_austin, save},
    sharing,
    support::{Actor, Caller, TestApp},
};

const REGISTER: &str = "mutation($input: RegisterShelterInput!) { registerShelter(input: $input) {
    shelter { id } userErrors { field code message } } }";
const VERIFY: &str =
    "mutation($id: ID!) { verifyShelter(input: { shelterId: $id }) { userErrors { field code message } } }";
const FAVORITE: &str = "mutation($id: ID!) { favoritePet(input: { petId: $id }) { userErrors { field code } } }";
const START: &str = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { id } userErrors { field code } } }";
const OPEN_CLAIM: &str = "mutation($id: ID!) { openClaim(input: { matchId: $id }) {
    claim { id } userErrors { field code message } } }";
const ADD_SIGHTING: &str = "mutation($id: ID!) { addSighting(input: { petId: $id, seenAt: \"2026-05-31T10:00:00Z\",
    point: { latitude: 30.28, longitude: -97.74 } }) { sighting { id } userErrors { field code } } }";

/// Hides a report or shows it again, and runs the jobs that follow.
pub async fn set(app: &TestApp, id: &str, visibility: PetVisibility) {
    let id = id.parse().unwrap();
    let pet = pets::set_visibility(&app.deps, &Viewer::System, id, visibility).await;
    assert_eq!(pet.unwrap().visibility, visibility);
    app.run_work().await;
}

/// A town in which Sweetie is lost and Biscuit lives in a shelter.
pub struct World {
    pub app: TestApp,
    /// Reported Sweetie.
    pub ann: Actor,
    /// Found a dog that matches her.
    pub bob: Actor,
    /// Saw Sweetie, wrote to ann about her, and shared her.
    pub cleo: Actor,
    /// Has a saved search that finds her, and has marked her as a favourite.
    pub dora: Actor,
    /// Lost Maple, whom Biscuit matches.
    pub eve: Actor,
    /// Runs the shelter.
    pub fay: Actor,
    /// Runs another shelter, to which Biscuit is offered.
    pub gus: Actor,
    /// Moderates.
    pub moderator: Actor,
    pub shelter: String,
    /// ann's report, which gets hidden.
    pub sweetie: String,
    /// The shelter's animal, which gets hidden.
    pub biscuit: String,
    /// bob's report.
    pub found: String,
    /// A photo of Sweetie: its id and where it is served.
    pub photo: (String, String),
    pub sighting: String,
    pub conversation: String,
    /// Where the link to Sweetie leads.
    pub link: String,
    /// bob's match with Sweetie.
    pub bobs_match: String,
    /// eve's match with Biscuit.
    pub eves_match: String,
    /// bob's claim that he has found Sweetie.
    pub claim: String,
    /// fay's offer of Biscuit to gus.
    pub offer: String,
}

impl World {
    /// Registers everybody and sets everything up.
    pub async fn build() -> Self {
        let app = TestApp::new().await;
        let ann = app.member("ann").await;
        let bob = app.member("bob").await;
        let (cleo, dora) = (app.member("cleo").await, app.member("dora").await);
        let (eve, fay) = (app.member("eve").await, app.verified("fay").await);
        let (gus, moderator) = (app.verified("gus").await, app.moderator("moderator").await);
        let shelter = shelter(&app, &fay).await;
        save(&app, &dora, dogs_near_austin("INSTANTLY")).await;

        let picture = app.photo(&ann, "PET_PHOTO", jpeg(&scene(1), 90)).await;
        let photo = (text(&picture["id"]), app.path(&text(&picture["url"])).to_owned());
        let lost = dog("LOST", 30.2672, "2026-05-30T10:00:00Z");
        let sweetie = json!({ "name": "Sweetie", "photoIds": [photo.0] });
        let sweetie = report(&app, &ann, with(lost.clone(), sweetie)).await;
        app.run_work().await;
        let found = report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
        app.run_work().await;
        // Equal chips: of several dogs that look alike, chance and masks would decide whom Biscuit matches best.
        let chip = "985112003456001";
        report(&app, &eve, with(lost, json!({ "name": "Maple", "microchip": chip }))).await;
        app.run_work().await;
        let biscuit = json!({ "name": "Biscuit", "shelterId": shelter, "microchip": chip });
        let biscuit = with(dog("SHELTERED", 30.2672, "2026-05-31T10:00:00Z"), biscuit);
        let biscuit = report(&app, &fay, biscuit).await;

        app.ok(&dora, FAVORITE, json!({ "id": sweetie })).await;
        let sighting = app.ok(&cleo, ADD_SIGHTING, json!({ "id": sweetie })).await;
        let words = json!({ "input": { "petId": sweetie, "text": "I saw her by the river." } });
        let started = app.ok(&cleo, START, words).await;
        let shared = sharing::share(&app, &cleo, &sweetie, "COPY").await;
        app.run_work().await;
        let again = "UPDATE pets SET former_pet_id = (SELECT id FROM pets WHERE name = 'Sweetie') WHERE kind = 'found'";
        app.execute(again, []).await;
        let bobs_match = match_with(&app, &bob, &sweetie).await;
        let offer = offer(&app, &fay, &biscuit, &gus).await;
        let claim = app.ok(&bob, OPEN_CLAIM, json!({ "id": bobs_match })).await;
        Self {
            claim: text(&claim["openClaim"]["claim"]["id"]),
            bobs_match,
            eves_match: match_with(&app, &eve, &biscuit).await,
            sighting: text(&sighting["addSighting"]["sighting"]["id"]),
            conversation: text(&started["startConversation"]["conversation"]["id"]),
            link: app.path(&text(&shared["url"])).to_owned(),
            ann,
            bob,
            cleo,
            dora,
            eve,
            fay,
            gus,
            moderator,
            offer,
            shelter,
            sweetie,
            biscuit,
            found,
            photo,
            app,
        }
    }

    /// Hides both reports or shows them again.
    pub async fn set(&self, visibility: PetVisibility) {
        for id in [&self.sweetie, &self.biscuit] {
            set(&self.app, id, visibility).await;
        }
    }

    /// Whether a response without errors contains the id.
    pub async fn names(&self, caller: &impl Caller, query: &str, variables: Value, id: &str) -> bool {
        self.app.ok(caller, query, variables).await.to_string().contains(id)
    }

    /// Whether a number in a response without errors equals `number`.
    pub async fn counts(&self, caller: &impl Caller, query: &str, place: &str, number: i64) -> bool {
        let variables = match query.contains("$shelter") {
            true => json!({ "shelter": self.shelter }),
            false => json!({}),
        };
        let data = self.app.ok(caller, query, variables).await;
        data.pointer(place).and_then(Value::as_i64) == Some(number)
    }

    /// Whether a request about a report finds it.
    pub async fn is_there(&self, caller: &impl Caller, query: &str, variables: Value) -> bool {
        let answer = self.app.run(caller, query, variables).await;
        !answer.body.to_string().contains("NOT_FOUND")
    }

    /// Whether a visitor can open a page.
    pub async fn serves(&self, path: &str) -> bool {
        self.app.get(path).await.status() != 404
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn shelter(app: &TestApp, founder: &Actor) -> String {
    let input = json!({ "name": "Happy Tails", "type": "SHELTER", "location": { "postalCode": "78701" } });
    let data = app.ok(founder, REGISTER, json!({ "input": input })).await;
    let id = text(&data["registerShelter"]["shelter"]["id"]);
    let admin = app.admin("admin").await;
    app.ok(&admin, VERIFY, json!({ "id": id })).await;
    app.run_work().await;
    id
}

/// Offers an animal to the shelter of another member.
async fn offer(app: &TestApp, from: &Actor, pet: &str, to: &Actor) -> String {
    let input = json!({ "name": "Second Home", "type": "RESCUE", "location": { "postalCode": "78701" } });
    let data = app.ok(to, REGISTER, json!({ "input": input })).await;
    app.execute("UPDATE shelters SET verified = $1", [true.into()]).await;
    let stay = "query($id: ID!) { pet(id: $id) { stay { id } } }";
    let stay = app.ok(from, stay, json!({ "id": pet })).await["pet"]["stay"]["id"].clone();
    let offer = "mutation($input: OfferTransferInput!) { offerTransfer(input: $input) {
        transfer { id } userErrors { field code message } } }";
    let input = json!({ "stayId": stay, "toShelterId": data["registerShelter"]["shelter"]["id"] });
    let data = app.ok(from, offer, json!({ "input": input })).await;
    app.run_work().await;
    text(&data["offerTransfer"]["transfer"]["id"])
}

async fn match_with(app: &TestApp, who: &Actor, pet: &str) -> String {
    let all = matches(app, who).await;
    let found = all
        .iter()
        .find(|one| one["lost"]["id"] == pet || one["other"]["id"] == pet);
    text(&found.unwrap_or_else(|| panic!("no match with {pet}: {all:?}"))["id"])
}
