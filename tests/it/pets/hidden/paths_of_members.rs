//! Paths that are open to members: their lists, their notifications, and their actions on a report.

use serde_json::json;

use super::{paths::Path, world::World};
use crate::{
    pets::{REPORT, at, lost_with},
    photos::pictures::{jpeg, scene},
    support::LIMIT,
};

const ALERTS: &str = "subscription { matchAlerts(after: 0) { match { lost { id } other { id } } } }";
const NEWS: &str = "{ viewer { notifications(first: 100) { nodes { subject {
    ... on Pet { id } ... on Sighting { pet { id } } ... on Match { lost { id } other { id } } } } } } }";
const SAVED: &str = "{ viewer { savedSearches { newCount pets { nodes { id } } } } }";
const DECIDED: &str = "match { id } userErrors { field code }";

/// All of them.
pub fn paths() -> Vec<Path> {
    [lists(), news(), doing()].into_iter().flatten().collect()
}

fn lists() -> Vec<Path> {
    vec![
        Path {
            name: "matches by their lost side",
            doors: &["Viewer.matches"],
            shows: |world| {
                let query = "{ viewer { matches(minimumBand: WEAK) { nodes { lost { id } } } } }";
                Box::pin(world.names(&world.bob, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "matches by their other side",
            doors: &["Viewer.matches"],
            shows: |world| {
                let query = "{ viewer { matches(minimumBand: WEAK) { nodes { other { id } } } } }";
                Box::pin(world.names(&world.eve, query, json!({}), &world.biscuit))
            },
        },
        Path {
            name: "how many matches there are",
            doors: &["Viewer.matches"],
            shows: |world| {
                let query = "{ viewer { matches(minimumBand: WEAK) { totalCount } } }";
                Box::pin(world.counts(&world.bob, query, "/viewer/matches/totalCount", 2))
            },
        },
        Path {
            name: "favourites",
            doors: &["Viewer.favorites"],
            shows: |world| {
                let query = "{ viewer { favorites { nodes { id } } } }";
                Box::pin(world.names(&world.dora, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "how many favourites there are",
            doors: &["Viewer.favorites"],
            shows: |world| {
                let query = "{ viewer { favorites { totalCount } } }";
                Box::pin(world.counts(&world.dora, query, "/viewer/favorites/totalCount", 1))
            },
        },
        Path {
            name: "recommendations",
            doors: &["Viewer.recommendedPets"],
            shows: |world| {
                let query = "{ viewer { recommendedPets { pet { id } } } }";
                Box::pin(world.names(&world.bob, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "a saved search",
            doors: &["SavedSearch.pets"],
            shows: |world| Box::pin(world.names(&world.dora, SAVED, json!({}), &world.sweetie)),
        },
        Path {
            name: "what is new of a saved search",
            doors: &["SavedSearch.newCount"],
            shows: |world| Box::pin(world.counts(&world.dora, SAVED, "/viewer/savedSearches/0/newCount", 4)),
        },
        Path {
            name: "a search by a picture",
            doors: &["Query.photoSearch"],
            shows: |world| Box::pin(is_found_by_a_picture(world)),
        },
    ]
}

fn news() -> Vec<Path> {
    vec![
        Path {
            name: "a notification of a match",
            doors: &["Notification.subject"],
            shows: |world| Box::pin(world.names(&world.bob, NEWS, json!({}), &world.sweetie)),
        },
        Path {
            name: "a notification of a saved search",
            doors: &["Notification.subject"],
            shows: |world| Box::pin(world.names(&world.dora, NEWS, json!({}), &world.sweetie)),
        },
        Path {
            name: "alerts",
            doors: &["Subscription.matchAlerts"],
            shows: |world| Box::pin(is_in_the_first_alert(world)),
        },
    ]
}

/// Actions on a report: it must not be found. Each action can be repeated.
fn doing() -> Vec<Path> {
    vec![
        Path {
            name: "adding a sighting",
            doors: &["Mutation.addSighting"],
            shows: |world| {
                let query = "mutation($id: ID!) { addSighting(input: { petId: $id, seenAt: \"2026-05-31T11:00:00Z\",
                    point: { latitude: 30.28, longitude: -97.74 } }) { userErrors { field code } } }";
                Box::pin(world.is_there(&world.eve, query, json!({ "id": world.sweetie })))
            },
        },
        Path {
            name: "making it a favourite",
            doors: &["Mutation.favoritePet"],
            shows: |world| {
                let query = "mutation($id: ID!) { favoritePet(input: { petId: $id }) { userErrors { field code } } }";
                Box::pin(world.is_there(&world.cleo, query, json!({ "id": world.sweetie })))
            },
        },
        Path {
            name: "sharing it",
            doors: &["Mutation.sharePet"],
            shows: |world| {
                let input = json!({ "input": { "petId": world.sweetie, "platform": "COPY" } });
                Box::pin(world.is_there(&world.eve, crate::sharing::SHARE, input))
            },
        },
        Path {
            name: "writing about it",
            doors: &["Mutation.startConversation"],
            shows: |world| {
                let query = "mutation($input: StartConversationInput!) { startConversation(input: $input) {
                    userErrors { field code } } }";
                let input = json!({ "input": { "petId": world.sweetie, "text": "Is she still missing?" } });
                Box::pin(world.is_there(&world.eve, query, input))
            },
        },
        Path {
            name: "reporting it to the moderators",
            doors: &["Mutation.reportAbuse"],
            shows: |world| {
                let query = "mutation($id: ID!) { reportAbuse(input: { subjectId: $id, reason: SPAM }) {
                    userErrors { field code } } }";
                Box::pin(world.is_there(&world.eve, query, json!({ "id": world.sweetie })))
            },
        },
        Path {
            name: "changing it",
            doors: &["Mutation.updatePet"],
            shows: |world| {
                let query = "mutation($id: ID!) { updatePet(input: { id: $id, name: \"Mine\" }) {
                    pet { id } userErrors { field code } } }";
                Box::pin(world.is_there(&world.eve, query, json!({ "id": world.sweetie })))
            },
        },
        Path {
            name: "closing it",
            doors: &["Mutation.closePet"],
            shows: |world| {
                let query = "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) {
                    pet { id } userErrors { field code } } }";
                Box::pin(world.is_there(&world.eve, query, json!({ "id": world.sweetie })))
            },
        },
        Path {
            name: "confirming a match with it",
            doors: &["Mutation.confirmMatch"],
            shows: |world| {
                Box::pin(async move {
                    let query = format!("mutation($id: ID!) {{ confirmMatch(input: {{ id: $id }}) {{ {DECIDED} }} }}");
                    let id = json!({ "id": world.bobs_match });
                    world.is_there(&world.bob, &query, id).await
                })
            },
        },
        Path {
            name: "dismissing a match with it",
            doors: &["Mutation.dismissMatch"],
            shows: |world| {
                Box::pin(async move {
                    let query = format!("mutation($id: ID!) {{ dismissMatch(input: {{ id: $id }}) {{ {DECIDED} }} }}");
                    let id = json!({ "id": world.eves_match });
                    world.is_there(&world.eve, &query, id).await
                })
            },
        },
        Path {
            name: "claiming it",
            doors: &[],
            shows: |world| {
                let query = "mutation($id: ID!) { openClaim(input: { matchId: $id }) { userErrors { field code } } }";
                Box::pin(world.is_there(&world.eve, query, json!({ "id": world.eves_match })))
            },
        },
        Path {
            name: "withdrawing a claim to it",
            doors: &[],
            shows: |world| {
                let query = "mutation($id: ID!) { withdrawClaim(input: { id: $id }) { userErrors { field code } } }";
                Box::pin(world.is_there(&world.bob, query, json!({ "id": world.claim })))
            },
        },
        Path {
            name: "reporting the same animal",
            doors: &["Mutation.reportPet"],
            shows: |world| Box::pin(is_a_duplicate(world)),
        },
    ]
}

async fn is_found_by_a_picture(world: &World) -> bool {
    let found = world.app.search_by(&world.dora, jpeg(&scene(1), 80)).await;
    found.iter().any(|found| found.id == world.sweetie)
}

/// bob was alerted to Sweetie first, and to Maple after her, unless chance and masks kept the two apart: then nothing comes
/// while Sweetie is hidden.
async fn is_in_the_first_alert(world: &World) -> bool {
    let socket = world.app.socket(&world.bob).await;
    let mut alerts = socket.subscribe(ALERTS, json!({}));
    let first = tokio::time::timeout(LIMIT / 2, alerts.next()).await;
    first.is_ok_and(|first| first.to_string().contains(&world.sweetie))
}

/// Somebody far away reports an animal that looks like the one in Sweetie's photo.
async fn is_a_duplicate(world: &World) -> bool {
    let photo = world.app.photo(&world.dora, "PET_PHOTO", jpeg(&scene(1), 70)).await;
    let far = json!({ "kind": "SIGHTED", "location": at(47.6, -122.3), "photoIds": [photo["id"]] });
    let input = json!({ "input": lost_with(far) });
    let duplicates = world.app.ok(&world.dora, REPORT, input).await["reportPet"]["possibleDuplicates"].take();
    duplicates.to_string().contains(&world.sweetie)
}
