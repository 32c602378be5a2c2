//! Files to import, as the use case that imports them sees them.

use entity::{
    id::{ApiKeyId, MemberId, ShelterId, UploadId},
    vocabulary::{Role, UploadPurpose},
};
use finding_sweetie::{
    domain::photos::{self, CreateUpload},
    kernel::{AtField, Error, FieldCode, Scope, Viewer},
};

use super::upload_files::picture;
use crate::support::*;

/// A key of a shelter that this member made.
async fn key(app: &TestApp, maker: &Actor, scopes: Vec<Scope>) -> Viewer {
    let now = app.deps.clock.now();
    let (shelter, key) = (app.deps.ids.uuid(now), app.deps.ids.uuid(now));
    let maker = maker.id.parse::<MemberId>().unwrap().0;
    app.execute(
        "INSERT INTO shelters (id, name, kind, verified, place_label, search_text, created_by, created_at, updated_at)
         VALUES ($1, 'Elm Shelter', 'rescue', $2, 'Elm', 'elm', $3, $4, $4)",
        [shelter.into(), true.into(), maker.into(), now.0.into()],
    )
    .await;
    app.execute(
        "INSERT INTO api_keys (id, shelter_id, name, prefix, hash, scopes, created_by, created_at)
         VALUES ($1, $2, 'script', 'sk_1', $3, '', $4, $5)",
        [
            key.into(),
            shelter.into(),
            key.to_string().into(),
            maker.into(),
            now.0.into(),
        ],
    )
    .await;
    Viewer::Key {
        id: ApiKeyId(key),
        shelter_id: ShelterId(shelter),
        scopes,
    }
}

fn member(actor: &Actor) -> Viewer {
    Viewer::Member {
        id: actor.id.parse().unwrap(),
        role: Role::Member,
        session_id: entity::id::SessionId(entity::id::decode("01h455vb4pex5vsknk084sn02q").unwrap()),
    }
}

fn table() -> CreateUpload {
    CreateUpload {
        purpose: UploadPurpose::Import,
        content_type: "text/csv; charset=utf-8".to_owned(),
        byte_size: 4,
        filename: Some("intakes.csv".to_owned()),
        idempotency_key: None,
    }
}

/// The fault of a refusal, at the field that the caller named.
fn fault(refused: Result<entity::upload::Model, Error>) -> FieldCode {
    match refused.at("uploadId").unwrap_err() {
        Error::Invalid(faults) => {
            assert_eq!(faults[0].path, ["uploadId"]);
            faults[0].code
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_key_that_may_import_sends_a_file_and_reads_it_once_it_is_there() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let viewer = key(&app, &ann, vec![Scope::ImportsWrite]).await;
    let upload = photos::create_upload(&app.deps, &viewer, table()).await.unwrap();
    let read = async |viewer: &Viewer| photos::read_upload(&app.deps, viewer, upload.id, UploadPurpose::Import).await;

    assert_eq!(fault(read(&viewer).await), FieldCode::NotAllowed);
    let sent = app.put(&photos::upload_url(&app.deps, &upload), b"name".to_vec()).await;
    assert_eq!(sent.status(), 204);

    assert_eq!(read(&viewer).await.unwrap().id, upload.id);
    let stored = app.deps.blobs.get(&photos::upload_blob_key(upload.id)).await.unwrap();
    assert_eq!(stored.unwrap(), "name");
    assert_eq!(fault(read(&member(&bob)).await), FieldCode::NotFound);

    let used = app.deps.write(async |tx| photos::use_upload(tx, upload.id).await).await;
    let twice = app.deps.write(async |tx| photos::use_upload(tx, upload.id).await).await;
    assert_eq!((used.unwrap(), twice.unwrap()), (true, false));
    assert_eq!(fault(read(&viewer).await), FieldCode::Conflict);
}

#[tokio::test]
async fn a_key_sends_only_what_its_scopes_are_for() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let writer = key(&app, &ann, vec![Scope::PetsRead, Scope::PetsWrite]).await;
    let importer = key(&app, &ann, vec![Scope::ImportsWrite]).await;
    let image = |purpose| CreateUpload {
        purpose,
        content_type: "image/png".to_owned(),
        ..table()
    };
    let reader = key(&app, &ann, vec![Scope::PetsRead]).await;
    for (viewer, input) in [
        (&reader, image(UploadPurpose::PetPhoto)),
        (&writer, table()),
        (&writer, image(UploadPurpose::ChatImage)),
        (&writer, image(UploadPurpose::SearchPhoto)),
        (&importer, image(UploadPurpose::PetPhoto)),
    ] {
        let refused = photos::create_upload(&app.deps, viewer, input).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    assert_eq!(app.count("uploads").await, 0);
}

#[tokio::test]
async fn an_upload_serves_only_its_purpose() {
    let app = TestApp::new().await;
    let ann = app.member("ann").await;
    let sent = app
        .send(&ann, "PET_PHOTO", picture(9, 9, image::ImageFormat::Png))
        .await;
    let id: UploadId = sent.id.parse().unwrap();
    let refused = photos::read_upload(&app.deps, &member(&ann), id, UploadPurpose::Import).await;
    assert_eq!(fault(refused), FieldCode::Invalid);
}
