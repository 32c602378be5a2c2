//! URLs of photos and uploads, and the signatures that authorise some of them.

use std::time::Duration;

use entity::{
    Timestamp,
    id::{PhotoId, UploadId},
    photo, upload,
};

use super::{policy::is_public, variant::Variant};
use crate::{deps::Deps, kernel::secret::ticket::Ticket};

/// Minimum lifetime of a link to a chat image.
const LINK_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// Links expire at whole hours, so that a client that asks again gets the same one and need not load the image again.
const LINK_STEP: i64 = 60 * 60 * 1000;

const UPLOADS: &str = "uploads";
const MEDIA: &str = "media";

/// Whether we issued the ticket for sending the bytes of that upload.
pub(super) fn is_for_upload(ticket: &Ticket, deps: &Deps, id: UploadId) -> bool {
    ticket.is_genuine(&deps.secret, UPLOADS, &id.to_string())
}

/// Whether we issued the ticket for viewing that photo.
pub(super) fn is_for_photo(ticket: &Ticket, deps: &Deps, id: PhotoId) -> bool {
    ticket.is_genuine(&deps.secret, MEDIA, &id.to_string())
}

/// The URL to which the bytes of an upload must be PUT; valid until the upload expires, and for one success.
pub fn upload_url(deps: &Deps, upload: &upload::Model) -> String {
    let ticket = upload_ticket(deps, upload);
    format!("{}/uploads/{}{}", deps.public_url, upload.id, ticket.query())
}

/// The right to send the bytes of an upload, for whoever announced it.
pub fn upload_ticket(deps: &Deps, upload: &upload::Model) -> Ticket {
    Ticket::issue(&deps.secret, UPLOADS, &upload.id.to_string(), upload.expires_at)
}

/// The URL of a photo's largest copy. Unless everybody may see the photo, the URL is signed and valid for 24 to 25
/// hours.
pub fn url(deps: &Deps, photo: &photo::Model) -> String {
    variant_url(deps, photo, Variant::Original)
}

/// The URL of the smallest copy that is at least `width` pixels wide, or else of the largest one.
pub fn thumbnail_url(deps: &Deps, photo: &photo::Model, width: u32) -> String {
    let photo_width = u32::try_from(photo.width).unwrap_or(0);
    variant_url(deps, photo, Variant::at_least(width, photo_width))
}

fn variant_url(deps: &Deps, photo: &photo::Model, variant: Variant) -> String {
    let address = format!("{}/media/{}/{variant}", deps.public_url, photo.id);
    if is_public(photo) {
        return address;
    }
    let end = link_end(deps.clock.now());
    address + &Ticket::issue(&deps.secret, MEDIA, &photo.id.to_string(), end).query()
}

fn link_end(now: Timestamp) -> Timestamp {
    let end = now.plus(LINK_FOR).0;
    Timestamp(end - end.rem_euclid(LINK_STEP) + LINK_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_lasts_a_day_and_is_the_same_for_an_hour() {
        let hour = Timestamp(500_000 * LINK_STEP);
        let end = link_end(hour);
        assert_eq!(end.since(hour), Duration::from_secs(25 * 3600));
        assert_eq!(link_end(Timestamp(hour.0 + LINK_STEP - 1)), end);
        assert_ne!(link_end(Timestamp(hour.0 + LINK_STEP)), end);
    }
}
