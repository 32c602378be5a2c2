//! Which photographs a report then shows.

use finding_sweetie::{
    domain::shelters,
    kernel::Outcome,
    work::{jobs::fetch_photos::FetchPhotos, relay, runner},
};
use image::ImageFormat;
use serde_json::json;

use super::{CLOSE, bring, counts, dogs, failure, haven, later, photo, report, seen, widths};
use crate::{
    photos::upload_files::{jpeg_with_a_place, picture},
    shelters::{photo_host::Answer, queue},
};

const UPDATE: &str = "mutation($input: UpdatePetInput!) { updatePet(input: $input) { userErrors { field code } } }";

#[tokio::test]
async fn photos_are_fetched_once_in_the_order_of_the_file() {
    let (app, ann, id, host) = haven().await;
    let urls = [
        host.has("/1.jpg", photo(41)),
        host.has("/2.png", picture(42, 30, ImageFormat::Png)),
    ];
    let urls = urls.each_ref().map(String::as_str);

    let first = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &urls)])).await;

    assert_eq!(widths(&app, &ann, &id, "A1").await, [41, 42]);
    let told = seen(&app, &ann, &first).await;
    assert_eq!((counts(&told), &told["warned"]), ([2, 2, 0, 0], &json!(0)));
    let before = host.asked();
    assert_eq!(before, ["/1.jpg", "/2.png"]);

    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &urls)])).await;
    bring(&app, &ann, &id, &dogs(&[("A1", "Black", &urls)])).await;

    assert_eq!(host.asked(), before, "what is there is not fetched again");
    assert_eq!(widths(&app, &ann, &id, "A1").await, [41, 42]);
    assert_eq!(app.count("photos").await, 2);
}

#[tokio::test]
async fn a_changed_list_replaces_fetched_photos_and_none_that_people_added() {
    let (app, ann, id, host) = haven().await;
    let [one, two, three] = [41, 42, 43].map(|width| host.has(&format!("/{width}.jpg"), photo(width)));
    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&one, &two])])).await;
    let of_ann = app.photo(&ann, "PET_PHOTO", photo(99)).await;
    let pet = report(&app, &ann, &id, "A1").await;
    let ids = [&of_ann["id"], &pet["photos"][0]["id"], &pet["photos"][1]["id"]];
    let change = json!({ "input": { "id": pet["id"], "photoIds": ids } });
    let changed = app.ok(&ann, UPDATE, change).await;
    assert_eq!(changed["updatePet"]["userErrors"], json!([]));

    bring(&app, &ann, &id, &dogs(&[("A1", "Black", &[&one, &three])])).await;
    assert_eq!(widths(&app, &ann, &id, "A1").await, [99, 41, 43]);
    bring(&app, &ann, &id, &dogs(&[("A1", "Gray", &[&three, &one])])).await;
    assert_eq!(widths(&app, &ann, &id, "A1").await, [99, 43, 41]);
    bring(&app, &ann, &id, &dogs(&[("A1", "Tan", &[&one])])).await;
    assert_eq!(widths(&app, &ann, &id, "A1").await, [99, 41]);
    bring(&app, &ann, &id, &dogs(&[("A1", "White", &[])])).await;
    assert_eq!(
        widths(&app, &ann, &id, "A1").await,
        [99, 41],
        "a file without photos says nothing"
    );

    assert_eq!(host.asked(), ["/41.jpg", "/42.jpg", "/43.jpg"]);
    let version = report(&app, &ann, &id, "A1").await["version"].as_i64();
    assert!(
        pet["version"].as_i64() < version,
        "whoever changes it now has to look at it again"
    );
}

#[tokio::test]
async fn a_photo_that_people_took_off_does_not_come_back() {
    let (app, ann, id, host) = haven().await;
    let [one, two] = [41, 42].map(|width| host.has(&format!("/{width}.jpg"), photo(width)));
    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&one])])).await;
    let pet = report(&app, &ann, &id, "A1").await;
    app.ok(&ann, UPDATE, json!({ "input": { "id": pet["id"], "photoIds": [] } }))
        .await;

    bring(&app, &ann, &id, &dogs(&[("A1", "Black", &[&one, &two])])).await;

    assert_eq!(widths(&app, &ann, &id, "A1").await, [42]);
}

#[tokio::test]
async fn the_same_picture_at_another_address_stays_the_same_photo() {
    let (app, ann, id, host) = haven().await;
    let [old, new] = ["/a.jpg", "/b.jpg"].map(|path| host.has(path, photo(41)));
    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&old])])).await;
    let before = report(&app, &ann, &id, "A1").await;

    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&new])])).await;

    assert_eq!(report(&app, &ann, &id, "A1").await["photos"], before["photos"]);
    assert_eq!(app.count("photos").await, 1);
}

#[tokio::test]
async fn a_picture_that_more_than_five_animals_share_is_taken_off_them() {
    let (app, ann, id, host) = haven().await;
    let own = host.has("/own.jpg", photo(99));
    let same: Vec<String> = (0..7)
        .map(|number| host.has(&format!("/{number}.jpg"), photo(41)))
        .collect();
    let names: Vec<String> = (0..7).map(|number| format!("A{number}")).collect();
    let row = |number: usize| (names[number].as_str(), "Brown", [same[number].as_str(), own.as_str()]);
    let file = |numbers: std::ops::Range<usize>| {
        let rows: Vec<_> = numbers.map(row).collect();
        // Only the first animal has a photo besides.
        let rows: Vec<(&str, &str, &[&str])> = rows
            .iter()
            .map(|(name, color, urls)| match *name {
                "A0" => (*name, *color, &urls[..]),
                _ => (*name, *color, &urls[..1]),
            })
            .collect();
        dogs(&rows)
    };
    let first = bring(&app, &ann, &id, &file(0..5)).await;
    assert_eq!(widths(&app, &ann, &id, "A0").await, [41, 99]);
    assert_eq!(counts(&seen(&app, &ann, &first).await), [6, 6, 0, 0]);

    let second = bring(&app, &ann, &id, &file(5..6)).await;

    assert_eq!(widths(&app, &ann, &id, "A0").await, [99]);
    assert_eq!(widths(&app, &ann, &id, "A5").await, Vec::<i64>::new());
    assert_eq!(counts(&seen(&app, &ann, &first).await), [6, 1, 0, 5]);
    let told = seen(&app, &ann, &second).await;
    assert_eq!(counts(&told), [1, 0, 0, 1]);
    assert!(failure(&told).1.contains("placeholder"), "{told}");

    let third = bring(&app, &ann, &id, &file(6..7)).await;
    assert_eq!(counts(&seen(&app, &ann, &third).await), [1, 0, 0, 1]);
}

#[tokio::test]
async fn the_job_twice_makes_one_photo() {
    let (app, ann, id, host) = haven().await;
    let url = host.has("/1.jpg", photo(41));
    queue(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])]), json!({})).await;
    while app.count("photo_fetches").await == 0 {
        assert!(relay::step(&app.deps).await.unwrap() || runner::step(&app.deps).await.unwrap());
    }
    while relay::step(&app.deps).await.unwrap() {}
    let payload: String = app.value("SELECT payload FROM jobs WHERE kind = 'fetch_photos'").await;
    let job: FetchPhotos = serde_json::from_str(&payload).unwrap();

    let fetch = || shelters::fetch_photos(&app.deps, job.shelter_id, &job.pet_ids);
    let (one, other) = tokio::join!(fetch(), fetch());

    assert_eq!((one.unwrap(), other.unwrap()), (Outcome::Done, Outcome::Done));
    app.run_work().await;
    assert_eq!(widths(&app, &ann, &id, "A1").await, [41]);
    let folders = app.blobs("photos").into_iter();
    let kept = folders.filter(|folder| folder.read_dir().unwrap().next().is_some());
    assert_eq!((app.count("photos").await, kept.count()), (1, 1));
}

#[tokio::test]
async fn a_report_that_was_closed_meanwhile_gets_no_photo() {
    let (app, ann, id, host) = haven().await;
    let url = host.answers_in_turn("/1.jpg", [Answer::Status(503), Answer::File(photo(41))]);
    let import = bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;
    let pet = report(&app, &ann, &id, "A1").await;
    app.ok(&ann, CLOSE, json!({ "id": pet["id"] })).await;

    let ann = later(&app, &ann, 60 * 60).await;

    assert_eq!((host.asked().len(), app.count("photos").await), (1, 0));
    assert!(failure(&seen(&app, &ann, &import).await).1.contains("closed"));
}

#[tokio::test]
async fn a_fetched_photo_says_nothing_of_where_it_was_taken() {
    let (app, ann, id, host) = haven().await;
    let url = host.has("/1.jpg", jpeg_with_a_place());

    bring(&app, &ann, &id, &dogs(&[("A1", "Brown", &[&url])])).await;

    let pet = report(&app, &ann, &id, "A1").await;
    let served = app.get(app.path(pet["photos"][0]["url"].as_str().unwrap())).await;
    assert_eq!(served.status(), 200);
    let bytes = served.bytes().await.unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"12 Elm"));
}

#[tokio::test]
async fn fetched_photos_keep_no_import_from_being_taken_back_and_added_ones_do() {
    let (app, ann, id, host) = haven().await;
    let [one, two] = [41, 42].map(|width| host.has(&format!("/{width}.jpg"), photo(width)));
    let file = dogs(&[("A1", "Brown", &[&one]), ("A2", "Black", &[&two])]);
    let import = bring(&app, &ann, &id, &file).await;
    assert_eq!(counts(&seen(&app, &ann, &import).await), [2, 2, 0, 0]);
    let kept = report(&app, &ann, &id, "A2").await;
    let fetched = kept["photos"][0]["id"].clone();
    let added = app.photo(&ann, "PET_PHOTO", photo(99)).await;
    let photos = json!({ "input": { "id": kept["id"], "photoIds": [fetched, added["id"]] } });
    app.ok(&ann, UPDATE, photos).await;
    app.run_work().await;

    let undo = "mutation($id: ID!) { undoImport(input: { importId: $id }) { userErrors { code } } }";
    app.ok(&ann, undo, json!({ "id": import })).await;
    app.run_work().await;

    let undone = "query($id: ID!) { node(id: $id) { ... on Import { state undone leftChanged } } }";
    let undone = app.ok(&ann, undone, json!({ "id": import })).await["node"].clone();
    assert_eq!(undone, json!({ "state": "UNDONE", "undone": 1, "leftChanged": 1 }));
    assert_eq!(widths(&app, &ann, &id, "A2").await, [42, 99]);
}
