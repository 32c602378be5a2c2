//! All paths by which somebody with no connection to a report can reach it.

use futures_util::future::BoxFuture;
use serde_json::json;

use super::{paths_of_members, world::World};
use crate::support::Visitor;

/// A path, and the fields of the schema that it uses.
pub struct Path {
    pub name: &'static str,
    pub doors: &'static [&'static str],
    /// Whether the report can be seen by this path.
    pub shows: for<'a> fn(&'a World) -> BoxFuture<'a, bool>,
}

/// Fields that lead only to one's own reports, or to those of one's own shelter.
pub const OWN: [&str; 6] = [
    "Viewer.pets",
    "Shelter.dashboard",
    "Subscription.shelterDashboard",
    "Stay.report",
    "Stay.adoptionBlockedBy",
    "Import.photoFailures",
];

const NODE: &str = "query($id: ID!) { node(id: $id) { __typename id
    ... on Sighting { pet { id } }
    ... on Match { lost { id } other { id } }
    ... on Conversation { about: pet { id } } } }";

/// All of them.
pub fn paths() -> Vec<Path> {
    let features = [
        single(),
        lists(),
        maps_and_numbers(),
        pages(),
        paths_of_members::paths(),
    ];
    features.into_iter().flatten().collect()
}

fn single() -> Vec<Path> {
    vec![
        Path {
            name: "pet",
            doors: &["Query.pet"],
            shows: |world| {
                let query = "query($id: ID!) { pet(id: $id) { id } }";
                Box::pin(world.names(&Visitor, query, json!({ "id": world.sweetie }), &world.sweetie))
            },
        },
        Path {
            name: "node",
            doors: &["Query.node"],
            shows: |world| Box::pin(world.names(&world.cleo, NODE, json!({ "id": world.sweetie }), &world.sweetie)),
        },
        Path {
            name: "nodes",
            doors: &["Query.nodes"],
            shows: |world| {
                let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
                let variables = json!({ "ids": [world.found, world.sweetie] });
                Box::pin(world.names(&Visitor, query, variables, &world.sweetie))
            },
        },
        Path {
            name: "a sighting",
            doors: &["Query.node", "Sighting.pet"],
            shows: |world| Box::pin(world.names(&Visitor, NODE, json!({ "id": world.sighting }), &world.sweetie)),
        },
        Path {
            name: "the report after it",
            doors: &["Pet.formerReport"],
            shows: |world| {
                let query = "query($id: ID!) { pet(id: $id) { formerReport { id } } }";
                Box::pin(world.names(&Visitor, query, json!({ "id": world.found }), &world.sweetie))
            },
        },
        Path {
            name: "the trail",
            doors: &["Query.pet", "Pet.sightings"],
            shows: |world| {
                let query = "query($id: ID!) { pet(id: $id) { sightings { nodes { id } } } }";
                Box::pin(world.names(&Visitor, query, json!({ "id": world.sweetie }), &world.sighting))
            },
        },
        Path {
            name: "a photo",
            doors: &["Query.node"],
            shows: |world| Box::pin(world.names(&world.cleo, NODE, json!({ "id": world.photo.0 }), &world.photo.0)),
        },
        Path {
            name: "a match whose lost side it is",
            doors: &["Query.node", "Match.lost"],
            shows: |world| Box::pin(world.names(&world.bob, NODE, json!({ "id": world.bobs_match }), &world.sweetie)),
        },
        Path {
            name: "a match whose other side it is",
            doors: &["Query.node", "Match.other"],
            shows: |world| Box::pin(world.names(&world.eve, NODE, json!({ "id": world.eves_match }), &world.biscuit)),
        },
        Path {
            name: "the matches of a report",
            doors: &["Pet.matches"],
            shows: |world| {
                let query = "query($id: ID!) { pet(id: $id) { matches { nodes { lost { id } } } } }";
                Box::pin(world.names(&world.bob, query, json!({ "id": world.found }), &world.sweetie))
            },
        },
        Path {
            name: "the matches of a shelter",
            doors: &["Shelter.matches"],
            shows: |world| {
                let query =
                    "query($id: ID!) { shelter(id: $id) { matches(minimumBand: WEAK) { nodes { lost { id } } } } }";
                Box::pin(world.names(&world.fay, query, json!({ "id": world.shelter }), &world.sweetie))
            },
        },
        Path {
            name: "a claim",
            doors: &["Claim.match"],
            shows: |world| {
                let query = "query($id: ID!) { node(id: $id) { ... on Claim { match { lost { id } } } } }";
                Box::pin(world.names(&world.bob, query, json!({ "id": world.claim }), &world.sweetie))
            },
        },
        Path {
            name: "the claim of a match",
            doors: &["Match.lost"],
            shows: |world| {
                let query = "{ viewer { claims { nodes { match { lost { id } claim { id } } } } } }";
                Box::pin(world.names(&world.bob, query, json!({}), &world.claim))
            },
        },
        Path {
            name: "an offer",
            doors: &["Transfer.report"],
            shows: |world| {
                let query = "query($id: ID!) { node(id: $id) { ... on Transfer { report { id } } } }";
                Box::pin(world.names(&world.gus, query, json!({ "id": world.offer }), &world.biscuit))
            },
        },
        Path {
            name: "a conversation",
            doors: &["Conversation.pet"],
            shows: |world| {
                Box::pin(world.names(&world.cleo, NODE, json!({ "id": world.conversation }), &world.sweetie))
            },
        },
    ]
}

fn lists() -> Vec<Path> {
    vec![
        Path {
            name: "a list out of memory",
            doors: &["Query.pets"],
            shows: |world| {
                let query = "{ pets(filter: { kinds: [LOST] }) { nodes { id } } }";
                Box::pin(world.names(&Visitor, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "a list of whole reports",
            doors: &["Query.pets"],
            shows: |world| {
                let query = "{ pets(filter: { kinds: [LOST] }) { edges { node { id description } } } }";
                Box::pin(world.names(&world.cleo, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "a list out of the tables",
            doors: &["Query.pets"],
            shows: |world| {
                let query = "{ pets(filter: { text: \"Sweetie\" }) { totalCount nodes { id } } }";
                Box::pin(world.names(&Visitor, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "a list by relevance",
            doors: &["Query.pets"],
            shows: |world| {
                let query = "{ pets(filter: { text: \"Sweetie\" }, sort: RELEVANCE) { nodes { id } } }";
                Box::pin(world.names(&Visitor, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "similar reports",
            doors: &["Pet.similar"],
            shows: |world| {
                let query = "query($id: ID!) { pet(id: $id) { similar(first: 20) { pet { id } } } }";
                Box::pin(world.names(&Visitor, query, json!({ "id": world.found }), &world.sweetie))
            },
        },
        Path {
            name: "the animals of a shelter",
            doors: &["Shelter.pets"],
            shows: |world| {
                let query = "query($id: ID!) { node(id: $id) { ... on Shelter { pets { nodes { id } } } } }";
                Box::pin(world.names(&world.ann, query, json!({ "id": world.shelter }), &world.biscuit))
            },
        },
    ]
}

fn maps_and_numbers() -> Vec<Path> {
    vec![
        Path {
            name: "a pin of the map",
            doors: &["Query.petMap"],
            shows: |world| {
                let query =
                    "{ petMap(bounds: { south: 30, west: -98, north: 31, east: -97 }, zoom: 17) { pets { id } } }";
                Box::pin(world.names(&Visitor, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "a pin of a map out of the tables",
            doors: &["Query.petMap"],
            shows: |world| {
                let query = "{ petMap(bounds: { south: 30, west: -98, north: 31, east: -97 }, zoom: 17,
                    filter: { text: \"Sweetie\" }) { pets { id description } } }";
                Box::pin(world.names(&world.cleo, query, json!({}), &world.sweetie))
            },
        },
        Path {
            name: "what the map counts",
            doors: &["Query.petMap"],
            shows: |world| {
                let query = "{ petMap(bounds: { south: 30, west: -98, north: 31, east: -97 }, zoom: 10) { total } }";
                Box::pin(world.counts(&Visitor, query, "/petMap/total", 4))
            },
        },
        Path {
            name: "the heat map",
            doors: &["Query.petHeatmap"],
            shows: |world| {
                let query =
                    "{ petHeatmap(bounds: { south: 30, west: -98, north: 31, east: -97 }, resolution: 2) { count } }";
                Box::pin(world.counts(&Visitor, query, "/petHeatmap/0/count", 4))
            },
        },
        Path {
            name: "the length of a list",
            doors: &["Query.pets"],
            shows: |world| {
                let query = "{ pets(filter: { kinds: [LOST] }) { totalCount } }";
                Box::pin(world.counts(&Visitor, query, "/pets/totalCount", 2))
            },
        },
        Path {
            name: "the numbers of the front page",
            doors: &["Query.stats"],
            shows: |world| Box::pin(world.counts(&Visitor, "{ stats { lost } }", "/stats/lost", 2)),
        },
    ]
}

fn pages() -> Vec<Path> {
    vec![
        Path {
            name: "the public page",
            doors: &[],
            shows: |world| Box::pin(async move { world.serves(&format!("/p/{}", world.sweetie)).await }),
        },
        Path {
            name: "a shared link",
            doors: &[],
            shows: |world| Box::pin(world.serves(&world.link)),
        },
        Path {
            name: "a shelter's list for its web site",
            doors: &[],
            shows: |world| {
                Box::pin(async move {
                    let list = format!("/shelters/{}/animals.json", world.shelter);
                    let list = world.app.get(&list).await.text().await.unwrap();
                    list.contains(&world.biscuit)
                })
            },
        },
        Path {
            name: "the bytes of a photo",
            doors: &[],
            shows: |world| Box::pin(world.serves(&world.photo.1)),
        },
    ]
}
