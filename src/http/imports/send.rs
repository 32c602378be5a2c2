//! `POST /shelters/{shelter}/imports`: a file as the body of a request, imported.

use axum::{
    body::{Body, HttpBody},
    extract::{Path, Request, State, rejection::PathRejection},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_TYPE, EXPECT},
        request::Parts,
    },
    response::Response,
};
use entity::{id::ShelterId, vocabulary::ImportMode};
use import_reader::Mapping;

use super::{
    door::ImportDoor,
    follow::later,
    parameters::Parameters,
    report::report,
    user_errors::{not_done, not_imported},
};
use crate::{
    domain::{
        photos::StoreUploadError,
        shelters::{self, AnnouncedFile, ImportPets, SentFile},
    },
    http::{auth::Caller, connection::drain, files::uploads::pieces, refusal::refusal},
    kernel::{AtField, Error, FieldCode, Result},
};

/// What curl calls a file if nobody says otherwise.
const FORM: &str = "application/x-www-form-urlencoded";
/// A file of which nothing is said; what arrives is judged by its content in any case.
const ANYTHING: &str = "application/octet-stream";

/// Takes the file and answers with its import, at once or, with `wait`, when it is over.
pub async fn send(
    State(door): State<ImportDoor>,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let shelter = path.map(|Path(id)| id).unwrap_or_default();
    let size = body.size_hint().exact();
    match expect(&door, &parts, &shelter, size).await {
        Ok((caller, file, parameters)) => receive(door, caller, file, parameters, body).await,
        Err(refused) => {
            if !parts.headers.contains_key(EXPECT) {
                drain(body).await;
            }
            *refused
        }
    }
}

/// All that can be said before the file is there.
async fn expect(
    door: &ImportDoor,
    parts: &Parts,
    shelter: &str,
    size: Option<u64>,
) -> Result<(Caller, AnnouncedFile, Parameters), Box<Response>> {
    let caller = door.admit(parts).await?;
    let Some(size) = size else {
        let message = "send the size of the file in Content-Length, as curl does with --data-binary @FILE";
        return Err(Box::new(refusal(
            StatusCode::LENGTH_REQUIRED,
            "LENGTH_REQUIRED",
            message,
        )));
    };
    let content_type = content_type(&parts.headers)?;
    let announced = async {
        let parameters = Parameters::of_file(parts.uri.query().unwrap_or_default())?;
        let file = SentFile {
            content_type,
            byte_size: i64::try_from(size).unwrap_or(i64::MAX),
            idempotency_key: idempotency_key(&parts.headers)?,
        };
        let import = import(shelter, &parameters)?;
        let announced = shelters::announce_file(&caller.deps, &caller.viewer, import, file).await?;
        Ok::<_, Error>((announced, parameters))
    };
    match announced.await {
        Ok((announced, parameters)) => Ok((caller, announced, parameters)),
        Err(error) => Err(Box::new(not_done(&error))),
    }
}

async fn receive(
    door: ImportDoor,
    caller: Caller,
    file: AnnouncedFile,
    parameters: Parameters,
    body: Body,
) -> Response {
    let (deps, viewer) = (caller.deps.clone(), caller.viewer.clone());
    // If the sender disconnects, this handler is cancelled, but what has arrived must be queued or removed.
    let receiving = tokio::spawn(async move { shelters::receive_import(&deps, &viewer, file, pieces(body)).await });
    let received = receiving
        .await
        .unwrap_or_else(|error| Err(Error::internal(error).into()));
    let told = async {
        let import = later(&door, &caller, received?, parameters.wait).await?;
        Ok::<_, StoreUploadError>(report(&caller.deps, &import, caller.headers).await?)
    };
    told.await.unwrap_or_else(|error| not_imported(&error))
}

fn import(shelter: &str, parameters: &Parameters) -> Result<ImportPets> {
    let shelter_id = shelter.parse::<ShelterId>().map_err(|_| Error::NotFound("shelter"));
    Ok(ImportPets {
        shelter_id: shelter_id.at("shelterId")?,
        data: None,
        upload_id: None,
        mode: parameters.mode.unwrap_or(ImportMode::Upsert),
        confirm_removals: parameters.confirm_removals,
        date_order: parameters.date_order,
        dry_run: parameters.dry_run,
        columns: Mapping::default(),
        save_mapping: false,
        idempotency_key: None,
    })
}

fn content_type(headers: &HeaderMap) -> Result<String, Box<Response>> {
    let unsupported = |message: &str| {
        let response = refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message);
        Err(Box::new(response))
    };
    if headers.contains_key(CONTENT_ENCODING) {
        return unsupported("send the file as it is, not compressed");
    }
    let given = headers
        .get(CONTENT_TYPE)
        .map(|value| value.to_str().unwrap_or_default());
    let essence = given.and_then(|given| given.split(';').next()).map(str::trim);
    match essence {
        None => Ok(ANYTHING.to_owned()),
        Some(essence) if essence.eq_ignore_ascii_case(FORM) => Ok(ANYTHING.to_owned()),
        Some(essence) if essence.to_ascii_lowercase().starts_with("multipart/") => {
            unsupported("send the file itself as the body, as curl does with --data-binary @FILE, and no form")
        }
        Some(essence) => Ok(essence.to_owned()),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().map_err(|_| {
        let message = "Idempotency-Key can have letters, digits and signs of ASCII only";
        Error::field("idempotencyKey", FieldCode::Invalid, message)
    })?;
    Ok(Some(key.to_owned()))
}
