use image::ImageFormat;
use serde_json::{Value, json};

use super::upload_files::picture;
use crate::support::*;

const UPDATE_PROFILE: &str = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
    viewer { member { displayName avatar { id } } } userErrors { field code } } }";
const MEMBER: &str = "query($id: ID!) { node(id: $id) { ... on Member { displayName avatar { id url } } } }";

async fn seen(app: &TestApp, member: &Actor) -> Value {
    app.ok(&Visitor, MEMBER, json!({ "id": member.id })).await["node"].take()
}

#[tokio::test]
async fn a_member_changes_name_and_picture_one_by_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(9, 9, ImageFormat::Png)).await;
    assert_eq!(seen(&app, &ann).await, json!({ "displayName": "ann", "avatar": null }));

    let picture = json!({ "input": { "avatarPhotoId": photo["id"] } });
    let data = app.ok(&ann, UPDATE_PROFILE, picture).await;
    let member = &data["updateProfile"]["viewer"]["member"];
    assert_eq!(
        member,
        &json!({ "displayName": "ann", "avatar": { "id": photo["id"] } })
    );

    app.ok(
        &ann,
        UPDATE_PROFILE,
        json!({ "input": { "displayName": " Ann\u{200b}  B. " } }),
    )
    .await;
    let public = seen(&app, &ann).await;
    assert_eq!(public["displayName"], "Ann B.");
    assert_eq!(public["avatar"], json!({ "id": photo["id"], "url": photo["url"] }));

    app.ok(&ann, UPDATE_PROFILE, json!({ "input": { "avatarPhotoId": null } }))
        .await;
    assert_eq!(
        seen(&app, &ann).await,
        json!({ "displayName": "Ann B.", "avatar": null })
    );
}

#[tokio::test]
async fn a_profile_takes_only_what_is_valid_and_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let bytes = picture(9, 9, ImageFormat::Png);
    let foreign = app.photo(&bob, "PET_PHOTO", bytes.clone()).await;
    let private = app.photo(&ann, "CHAT_IMAGE", bytes).await;
    for (input, fault) in [
        (json!({ "displayName": null }), "input.displayName REQUIRED"),
        (json!({ "displayName": " \u{200b}" }), "input.displayName REQUIRED"),
        (json!({ "displayName": "x".repeat(51) }), "input.displayName TOO_LONG"),
        (
            json!({ "avatarPhotoId": foreign["id"] }),
            "input.avatarPhotoId NOT_FOUND",
        ),
        (
            json!({ "avatarPhotoId": private["id"] }),
            "input.avatarPhotoId NOT_FOUND",
        ),
        (
            json!({ "displayName": "Ann", "avatarPhotoId": "x" }),
            "input.avatarPhotoId NOT_FOUND",
        ),
    ] {
        let refused = app.run(&ann, UPDATE_PROFILE, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [fault], "{input}");
    }
    assert_eq!(seen(&app, &ann).await, json!({ "displayName": "ann", "avatar": null }));
    let visitor = app.run(&Visitor, UPDATE_PROFILE, json!({ "input": {} })).await;
    assert_eq!(codes(&visitor), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn a_picture_announced_as_an_avatar_is_public_while_it_is_one() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "AVATAR", picture(9, 9, ImageFormat::Png)).await;
    let input = json!({ "input": { "avatarPhotoId": photo["id"] } });
    app.ok(&ann, UPDATE_PROFILE, input).await;
    let url = photo["url"]
        .as_str()
        .unwrap()
        .strip_prefix(app.url.as_str())
        .unwrap()
        .to_owned();
    assert_eq!(app.get(&url).await.status(), 200);
    app.ok(&ann, UPDATE_PROFILE, json!({ "input": { "avatarPhotoId": null } }))
        .await;
    assert_eq!(app.get(&url).await.status(), 404);
}

#[tokio::test]
async fn language_and_time_zone_are_kept_in_their_usual_form() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let viewer = "{ viewer { locale timeZone } }";
    let before = app.ok(&ann, viewer, json!({})).await;
    assert_eq!(before["viewer"], json!({ "locale": null, "timeZone": null }));
    let input = json!({ "input": { "locale": "ES-mx", "timeZone": "America/Mexico_City" } });
    app.ok(&ann, UPDATE_PROFILE, input).await;
    let set = json!({ "locale": "es-MX", "timeZone": "America/Mexico_City" });
    assert_eq!(app.ok(&ann, viewer, json!({})).await["viewer"], set);
    for (input, fault) in [
        (json!({ "locale": "english" }), "input.locale INVALID"),
        (json!({ "timeZone": "Austin" }), "input.timeZone INVALID"),
    ] {
        let refused = app.run(&ann, UPDATE_PROFILE, json!({ "input": input })).await;
        assert_eq!(user_errors(&refused), [fault]);
    }
    assert_eq!(app.ok(&ann, viewer, json!({})).await["viewer"], set);
}
