use std::time::Duration;

use image::ImageFormat;
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{
    upload_client::{UPLOAD_PHOTO, refusal},
    upload_files::picture,
};
use crate::support::*;

#[tokio::test]
async fn a_photo_is_served_to_everybody_and_may_be_kept_for_an_hour() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(40, 30, ImageFormat::WebP)).await;
    let path = app.path(photo["url"].as_str().unwrap()).to_owned();

    let served = app.get(&path).await;

    assert_eq!(served.status(), 200);
    let header = |name: header::HeaderName| served.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE), "image/jpeg");
    assert_eq!(header(header::CACHE_CONTROL), "public, max-age=3600");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(header(header::CONTENT_DISPOSITION), "inline");
    assert_eq!(
        header(header::CONTENT_SECURITY_POLICY),
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    );
    let tag = header(header::ETAG);
    let picture = image::load_from_memory(&served.bytes().await.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (40, 30));

    let known = app
        .request(Method::GET, &path)
        .header(header::IF_NONE_MATCH, format!("\"x\", W/{tag}"));
    let unchanged = known.send().await.unwrap();
    assert_eq!(unchanged.status(), 304);
    assert_eq!(unchanged.headers()[header::ETAG], tag);
    assert!(unchanged.bytes().await.unwrap().is_empty());
}

/// Whatever showed it, and whether a cache asks for it again or not.
#[tokio::test]
async fn a_photo_that_was_taken_back_is_served_to_nobody_any_more() {
    let app = TestApp::quiet().await;
    let (ann, bytes) = (app.member("ann").await, picture(9, 9, ImageFormat::Png));
    let (one, two, avatar) = (
        app.photo(&ann, "PET_PHOTO", bytes.clone()).await,
        app.photo(&ann, "PET_PHOTO", bytes.clone()).await,
        app.photo(&ann, "PET_PHOTO", bytes).await,
    );
    let path = |photo: &Value| app.path(photo["url"].as_str().unwrap()).to_owned();
    let pet = crate::pets::report(
        &app,
        &ann,
        crate::pets::lost_with(json!({ "photoIds": [one["id"], two["id"]] })),
    )
    .await;
    let show = async |ids: Value| {
        let change = json!({ "input": { "id": pet, "photoIds": ids } });
        app.ok(&ann, crate::pets::UPDATE, change).await;
    };
    let wear = async |id: &Value| {
        let profile = "mutation($id: ID) { updateProfile(input: { avatarPhotoId: $id }) { userErrors { code } } }";
        app.ok(&ann, profile, json!({ "id": id })).await;
    };
    let tag = app.get(&path(&one)).await.headers()[header::ETAG].clone();
    wear(&avatar["id"]).await;

    show(json!([two["id"]])).await;
    assert_eq!(refusal(app.get(&path(&one)).await).await, (404, "NOT_FOUND".to_owned()));
    let asked_again = app.request(Method::GET, &path(&one)).header(header::IF_NONE_MATCH, tag);
    assert_eq!(asked_again.send().await.unwrap().status(), 404);
    assert_eq!(app.get(&path(&two)).await.status(), 200);
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert!(app.ok(&Visitor, node, json!({ "id": one["id"] })).await["node"].is_null());

    wear(&two["id"]).await;
    assert_eq!(app.get(&path(&avatar)).await.status(), 404, "it was an avatar");
    show(json!([one["id"]])).await;
    assert_eq!(app.get(&path(&two)).await.status(), 200, "it is one");
    assert_eq!(app.get(&path(&one)).await.status(), 200, "it is shown again");
    let close = "mutation($id: ID!) { closePet(input: { id: $id, outcome: CLOSED }) { userErrors { code } } }";
    app.ok(&ann, close, json!({ "id": pet })).await;
    show(json!([])).await;
    assert_eq!(app.get(&path(&one)).await.status(), 404, "the report is over");
}

#[tokio::test]
async fn an_image_of_a_chat_needs_its_signed_address_which_ends() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let image = app.photo(&ann, "CHAT_IMAGE", picture(400, 30, ImageFormat::Png)).await;
    let (url, small) = (image["url"].as_str().unwrap(), image["thumbnailUrl"].as_str().unwrap());
    let path = app.path(url).to_owned();

    let served = app.get(&path).await;
    assert_eq!(served.status(), 200);
    assert_eq!(
        served.headers()[header::CACHE_CONTROL],
        "private, max-age=86400, immutable"
    );
    assert_eq!(app.get(app.path(small)).await.status(), 200);

    let bare = path.split_once('?').unwrap().0.to_owned();
    let forged = [
        bare,
        path.replace("expires=1", "expires=2"),
        path.replace("signature=", "signature=0"),
        path.replace("&signature", "&ignored"),
    ];
    for address in forged {
        assert_eq!(
            refusal(app.get(&address).await).await,
            (404, "NOT_FOUND".to_owned()),
            "{address}"
        );
    }
    app.clock.advance(Duration::from_secs(25 * 3600));
    assert_eq!(app.get(&path).await.status(), 404);
}

#[tokio::test]
async fn the_address_of_one_image_does_not_open_another() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let bytes = picture(9, 9, ImageFormat::Png);
    let image = app.photo(&ann, "CHAT_IMAGE", bytes.clone()).await;
    let other = app.photo(&ann, "CHAT_IMAGE", bytes).await;
    let (id, other) = (image["id"].as_str().unwrap(), other["id"].as_str().unwrap());
    let path = app.path(image["url"].as_str().unwrap()).replace(id, other);
    assert_eq!(app.get(&path).await.status(), 404);
}

#[tokio::test]
async fn an_image_of_a_deleted_message_is_served_to_nobody_any_more() {
    let app = TestApp::quiet().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let bytes = picture(9, 9, ImageFormat::Png);
    let mut addresses = Vec::new();
    let mut messages = Vec::new();
    let start = "mutation($bob: ID!) { startConversation(input: { memberId: $bob, text: \"hello\" }) {
        conversation { id } userErrors { code } } }";
    let started = app.ok(&ann, start, json!({ "bob": bob.id })).await;
    for _ in 0..2 {
        let image = app.photo(&ann, "CHAT_IMAGE", bytes.clone()).await;
        let send = "mutation($id: ID!, $image: ID!) { sendMessage(input: { conversationId: $id, imageIds: [$image] }) {
            message { id } userErrors { code } } }";
        let to = json!({ "id": started["startConversation"]["conversation"]["id"], "image": image["id"] });
        messages.push(app.ok(&ann, send, to).await["sendMessage"]["message"]["id"].take());
        addresses.push(app.path(image["url"].as_str().unwrap()).to_owned());
    }
    let delete = "mutation($id: ID!) { deleteMessage(input: { id: $id }) { userErrors { code } } }";

    app.ok(&ann, delete, json!({ "id": messages[0] })).await;

    assert_eq!(
        refusal(app.get(&addresses[0]).await).await,
        (404, "NOT_FOUND".to_owned())
    );
    assert_eq!(app.get(&addresses[1]).await.status(), 200);
}

#[tokio::test]
async fn what_is_no_stored_copy_is_not_found() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let photo = app.photo(&ann, "PET_PHOTO", picture(200, 20, ImageFormat::Png)).await;
    let id = photo["id"].as_str().unwrap();
    for path in [
        format!("/media/{id}/w320"),
        format!("/media/{id}/w161"),
        format!("/media/{id}/..%2foriginal"),
        format!("/media/{id}/original%00"),
        format!("/media/{id}/%ff"),
        format!("/media/{}/original", id.to_uppercase()),
        "/media/..%2f..%2fsecret/original".to_owned(),
        "/media/pho_01h455vb4pex5vsknk084sn02q/original".to_owned(),
        "/media/pho_%2e%2e/w160".to_owned(),
    ] {
        assert_eq!(
            refusal(app.get(&path).await).await,
            (404, "NOT_FOUND".to_owned()),
            "{path}"
        );
    }
    assert_eq!(app.get(&format!("/media/{id}/w160")).await.status(), 200);
}

#[tokio::test]
async fn an_image_of_a_chat_is_a_node_for_its_owner_only() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let bytes = picture(9, 9, ImageFormat::Png);
    let image = app.photo(&ann, "CHAT_IMAGE", bytes.clone()).await;
    let photo = app.photo(&ann, "PET_PHOTO", bytes).await;
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let ids = json!({ "ids": [image["id"], photo["id"]] });
    let (image, photo) = (json!({ "id": image["id"] }), json!({ "id": photo["id"] }));

    assert_eq!(app.ok(&ann, nodes, ids.clone()).await["nodes"], json!([image, photo]));
    assert_eq!(
        app.ok(&bob, nodes, ids.clone()).await["nodes"],
        json!([Value::Null, photo])
    );
    assert_eq!(app.ok(&Visitor, nodes, ids).await["nodes"], json!([Value::Null, photo]));
}

#[tokio::test]
async fn an_image_of_a_chat_keeps_its_description_as_it_was_written() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let upload = app.send(&ann, "CHAT_IMAGE", picture(9, 9, ImageFormat::Png)).await;
    let input = json!({ "uploadId": upload.id, "alt": "my number: 512 555 0142" });
    let data = app.ok(&ann, UPLOAD_PHOTO, json!({ "input": input })).await;
    assert_eq!(data["uploadPhoto"]["photo"]["alt"], "my number: 512 555 0142");
}
