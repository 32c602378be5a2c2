//! `GET /media/{photo}/{variant}`: photos. They never change but can be withdrawn: an image of a deleted message, or a
//! photo that no report shows any more, is not served even to clients that know its URL. Public photos may therefore be
//! cached for an hour and must then be requested again.

use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::{id::PhotoId, photo, vocabulary::UploadPurpose};

use super::{known_copy::is_known, ticket::MaybeTicket};
use crate::{
    deps::Deps,
    domain::{
        chat,
        photos::{self, Variant},
    },
    http::refusal::failed,
    kernel::{Error, Result, secret::ticket::Ticket},
};

/// Permissions of a photo that is opened as a page: none.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// The route for photos.
pub fn router(deps: Deps) -> Router {
    Router::new()
        .route("/media/{photo}/{variant}", get(serve))
        .with_state(deps)
}

async fn serve(
    State(deps): State<Deps>,
    path: Result<Path<(String, String)>, PathRejection>,
    MaybeTicket(ticket): MaybeTicket,
    headers: HeaderMap,
) -> Response {
    let Some((id, variant)) = path.ok().and_then(named) else {
        return failed(&Error::NotFound("photo"));
    };
    let served = respond(&deps, id, variant, ticket.as_ref(), &headers).await;
    served.unwrap_or_else(|error| failed(&error))
}

fn named(Path((id, variant)): Path<(String, String)>) -> Option<(PhotoId, Variant)> {
    Some((id.parse().ok()?, variant.parse().ok()?))
}

async fn respond(
    deps: &Deps,
    id: PhotoId,
    variant: Variant,
    ticket: Option<&Ticket>,
    headers: &HeaderMap,
) -> Result<Response> {
    let photo = photos::open_photo(deps, id, ticket).await?;
    if photo.purpose == UploadPurpose::ChatImage && chat::is_taken_back(deps.db.read(), id).await? {
        return Err(Error::NotFound("photo"));
    }
    let tag = format!("\"{id}-{variant}\"");
    let mut response = match is_known(headers, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => photos::read_variant(deps, &photo, variant).await?.into_response(),
    };
    describe(response.headers_mut(), &photo, &tag)?;
    Ok(response)
}

fn describe(headers: &mut HeaderMap, photo: &photo::Model, tag: &str) -> Result<()> {
    let cache = match photos::is_public(photo) {
        true => "public, max-age=3600",
        false => "private, max-age=86400, immutable",
    };
    let own = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    headers.insert(header::CONTENT_TYPE, own(&photo.content_type)?);
    headers.insert(header::ETAG, own(tag)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    Ok(())
}
