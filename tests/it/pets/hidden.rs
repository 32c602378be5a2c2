//! Hidden reports: every path to a report is tried while the report is visible, hidden, and visible again.

mod paths;
mod paths_of_members;
mod world;

use std::collections::BTreeSet;

use apollo_compiler::{Schema, schema::ExtendedType};
use entity::vocabulary::PetVisibility;
use finding_sweetie::{
    domain::pets::set_visibility,
    graphql::sdl,
    kernel::{Error, Viewer},
};
use paths::{OWN, paths};
use serde_json::{Value, json};
use world::{World, set, text};

use super::{PET, UPDATE, lost_with, report};
use crate::{
    matching::{dog, matches},
    support::{Actor, LIMIT, Stream, TestApp, Visitor, codes, until},
};

/// Entities that are a report or stand for one.
const REPORTS: [&str; 4] = ["Pet", "Sighting", "Match", "Node"];
/// Types at which a request starts, besides the entities.
const BEGINNINGS: [&str; 4] = ["Query", "Mutation", "Subscription", "Viewer"];
const CHANGES: &str =
    "subscription { petMapChanges(bounds: { south: 30, west: -98, north: 31, east: -97 }) { id name } }";

/// The fields that lead to reports: fields of root types and entities whose type is a report or contains one.
fn doors(schema: &Schema) -> BTreeSet<String> {
    let entities = &schema.implementers_map()["Node"].objects;
    let objects = schema.types.iter().filter_map(|(name, kind)| match kind {
        ExtendedType::Object(object) => Some((name.as_str(), object)),
        _ => None,
    });
    let (anchors, holders): (Vec<_>, Vec<_>) = objects
        .partition(|(name, _)| BEGINNINGS.contains(name) || entities.iter().any(|entity| entity.as_str() == *name));
    let mut leading = BTreeSet::from(REPORTS.map(str::to_owned));
    loop {
        let before = leading.len();
        for (name, holder) in &holders {
            let mut types = holder.fields.values().map(|field| field.ty.inner_named_type());
            if types.any(|kind| leading.contains(kind.as_str())) {
                leading.insert((*name).to_owned());
            }
        }
        if leading.len() == before {
            break;
        }
    }
    let fields = anchors.iter().flat_map(|(name, anchor)| {
        let fields = anchor.fields.iter();
        let leads = fields.filter(|(_, field)| leading.contains(field.ty.inner_named_type().as_str()));
        leads.map(move |(field, _)| format!("{name}.{field}"))
    });
    fields.collect()
}

#[test]
fn every_field_that_leads_to_a_report_is_tried() {
    let schema = Schema::parse(sdl(), "schema.graphql").unwrap();
    let tried: BTreeSet<String> = paths()
        .iter()
        .flat_map(|path| path.doors)
        .chain(&OWN)
        .chain(&["Subscription.petMapChanges"])
        .map(|door| (*door).to_owned())
        .collect();

    let doors = doors(&schema);

    assert!(
        doors.contains("Query.pets") && doors.contains("SavedSearch.pets"),
        "{doors:?}"
    );
    assert_eq!(doors.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new());
    for door in &tried {
        let (kind, field) = door.split_once('.').unwrap();
        assert!(schema.type_field(kind, field).is_ok(), "there is no {door}");
    }
}

#[tokio::test]
async fn a_hidden_report_is_gone_by_every_way_and_comes_back() {
    let world = World::build().await;
    let mut wrong = Vec::new();
    for (visibility, is_shown) in [
        (None, true),
        (Some(PetVisibility::Hidden), false),
        (Some(PetVisibility::Visible), true),
    ] {
        if let Some(visibility) = visibility {
            world.set(visibility).await;
        }
        for path in paths() {
            if (path.shows)(&world).await != is_shown {
                wrong.push(format!("{}, {visibility:?}: is shown: {}", path.name, !is_shown));
            }
        }
        world.app.run_work().await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn its_reporter_its_staff_and_moderators_see_it_as_before() {
    let world = World::build().await;
    let node = "query($id: ID!) { node(id: $id) { id } }";
    let own = "{ viewer { pets { totalCount nodes { id } } } }";
    let shelter = "query($id: ID!) { node(id: $id) { ... on Shelter {
        pets { totalCount nodes { id } } dashboard { total openMatches } } } }";
    let (sweetie, biscuit) = (world.sweetie.as_str(), world.biscuit.as_str());

    world.set(PetVisibility::Hidden).await;

    for (who, pet, is_seen) in [
        (&world.ann, sweetie, true),
        (&world.ann, biscuit, false),
        (&world.fay, biscuit, true),
        (&world.fay, sweetie, false),
        (&world.moderator, sweetie, true),
        (&world.moderator, biscuit, true),
        (&world.eve, sweetie, false),
    ] {
        let sees = world.names(who, node, json!({ "id": pet }), pet).await;
        assert_eq!(sees, is_seen, "{} sees {pet}", who.name);
    }
    assert!(world.names(&world.ann, own, json!({}), sweetie).await);
    for who in [&world.fay, &world.moderator] {
        let inside = world.app.ok(who, shelter, json!({ "id": world.shelter })).await;
        assert_eq!(
            inside["node"]["pets"]["nodes"],
            json!([{ "id": biscuit }]),
            "{}",
            who.name
        );
        assert_eq!(inside["node"]["pets"]["totalCount"], 1, "{}", who.name);
    }
    let inside = world.app.ok(&world.fay, shelter, json!({ "id": world.shelter })).await;
    let counted = json!({ "total": 1, "openMatches": 1 });
    assert_eq!(
        inside["node"]["dashboard"], counted,
        "that with Maple, not that with Sweetie"
    );
    world.app.leave_work();
}

#[tokio::test]
async fn its_photos_are_served_to_those_who_see_it() {
    let world = World::build().await;
    let query = "query($id: ID!) { pet(id: $id) { photos { url } } }";
    let url = async |who: &Actor| {
        let data = world.app.ok(who, query, json!({ "id": world.sweetie })).await;
        let url = text(&data["pet"]["photos"][0]["url"]);
        world.app.path(&url).to_owned()
    };
    assert_eq!(url(&world.ann).await, world.photo.1);

    world.set(PetVisibility::Hidden).await;

    for who in [&world.ann, &world.moderator] {
        let served = world.app.get(&url(who).await).await;
        assert_eq!(served.status(), 200, "{}", who.name);
        let cache = served.headers()["cache-control"].to_str().unwrap();
        assert!(cache.starts_with("private"), "{cache}");
    }
    world.set(PetVisibility::Visible).await;
    assert_eq!(url(&world.ann).await, world.photo.1);
    world.app.leave_work();
}

#[tokio::test]
async fn a_conversation_about_it_goes_on() {
    let world = World::build().await;
    let conversation = "query($id: ID!) { node(id: $id) { ... on Conversation { id pet { id } } } }";
    let send = "mutation($input: SendMessageInput!) { sendMessage(input: $input) {
        message { sequence } userErrors { field code } } }";
    let variables = json!({ "id": world.conversation });

    world.set(PetVisibility::Hidden).await;

    let seen = world.app.ok(&world.cleo, conversation, variables.clone()).await;
    assert_eq!(seen["node"], json!({ "id": world.conversation, "pet": null }));
    let seen = world.app.ok(&world.ann, conversation, variables).await;
    assert_eq!(seen["node"]["pet"]["id"], json!(world.sweetie));
    let input = json!({ "conversationId": world.conversation, "text": "Thank you!" });
    let sent = world.app.ok(&world.ann, send, json!({ "input": input })).await;
    assert_eq!(sent["sendMessage"]["message"]["sequence"], 2);
    world.app.leave_work();
}

#[tokio::test]
async fn a_report_that_was_hidden_at_once_is_matched_and_told_of_when_it_is_shown() {
    let app = TestApp::new().await;
    let (ann, bob, dora) = (
        app.member("ann").await,
        app.member("bob").await,
        app.member("dora").await,
    );
    let news = "{ viewer { notifications(first: 100) { totalCount } } }";
    let told = async |who: &Actor| app.ok(who, news, json!({})).await["viewer"]["notifications"]["totalCount"].take();
    crate::searches::save(&app, &dora, crate::searches::dogs_near_austin("INSTANTLY")).await;
    let sweetie = report(&app, &ann, dog("LOST", 30.2672, "2026-05-30T10:00:00Z")).await;
    set(&app, &sweetie, PetVisibility::Hidden).await;
    report(&app, &bob, dog("FOUND", 30.2690, "2026-05-30T18:00:00Z")).await;
    app.run_work().await;
    assert_eq!(matches(&app, &bob).await, Vec::<Value>::new());
    assert_eq!((told(&bob).await, told(&dora).await), (json!(0), json!(1)));

    set(&app, &sweetie, PetVisibility::Visible).await;

    assert_eq!(matches(&app, &bob).await.len(), 1);
    assert_eq!((told(&bob).await, told(&dora).await), (json!(1), json!(2)));
}

#[tokio::test]
async fn whoever_watches_the_map_draws_it_anew_without_it_and_sees_it_come_back() {
    let app = TestApp::with_workers().await;
    let ann = app.member("ann").await;
    let hide = async |id: &str, visibility: PetVisibility| {
        let id = id.parse().unwrap();
        set_visibility(&app.deps, &Viewer::System, id, visibility)
            .await
            .unwrap();
    };
    let sweetie = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let socket = app.socket(&Visitor).await;
    let mut before = socket.subscribe(CHANGES, json!({}));
    watched(&app, &ann, &mut before).await;

    hide(&sweetie, PetVisibility::Hidden).await;

    let (changes, codes) = before.failed().await;
    assert_eq!(codes, ["RESUME_UNAVAILABLE"]);
    assert!(!json!(changes).to_string().contains(&sweetie), "{changes:?}");
    let mut after = socket.subscribe(CHANGES, json!({}));
    watched(&app, &ann, &mut after).await;
    hide(&sweetie, PetVisibility::Visible).await;
    loop {
        let change = after.next().await["petMapChanges"].take();
        if change["id"] == json!(sweetie) {
            break;
        }
        assert_eq!(change["name"], "Decoy");
    }
    app.leave_work();
}

/// Changes a dog in view until the stream tells of it: from then on it misses nothing.
async fn watched(app: &TestApp, who: &Actor, stream: &mut Stream) {
    let id = report(app, who, lost_with(json!({ "name": "Decoy" }))).await;
    let mut count = 0;
    until(LIMIT, "the stream tells of a change", async || {
        count += 1;
        let input = json!({ "id": id, "description": format!("Seen {count} times.") });
        app.ok(who, UPDATE, json!({ "input": input })).await;
        stream.poll().await.is_some()
    })
    .await;
}

#[tokio::test]
async fn only_moderators_hide_reports_and_twice_is_once() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let id = report(&app, &ann, lost_with(json!({ "name": "Sweetie" }))).await;
    let pet = id.parse().unwrap();
    let hide = async |viewer: &Viewer| set_visibility(&app.deps, viewer, pet, PetVisibility::Hidden).await;
    let refused = hide(&Viewer::Visitor).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)), "{refused:?}");
    let refused = hide(&ann.viewer()).await;
    assert!(
        matches!(refused, Err(Error::Forbidden(_))),
        "its own reporter is no moderator: {refused:?}"
    );

    hide(&Viewer::System).await.unwrap();
    hide(&Viewer::System).await.unwrap();

    assert_eq!(app.events().await, ["pet_reported", "pet_changed"]);
    let answer = app.run(&Visitor, PET, json!({ "id": id })).await;
    assert_eq!((&answer.data()["pet"], codes(&answer)), (&Value::Null, Vec::new()));
    let version = app.value::<i32>("SELECT version FROM pets").await;
    assert_eq!(version, 1, "its reporter's changes go on from where they were");
    app.run_work().await;
}
