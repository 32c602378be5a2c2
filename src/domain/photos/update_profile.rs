//! Changes a member's public profile.

use entity::{id::PhotoId, member, vocabulary::UploadPurpose};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};

use super::store;
use crate::{
    deps::Deps,
    domain::accounts,
    kernel::{AtField, Error, FieldCode, Result, Viewer, text},
};

/// Maximum length of a name, in characters; the same as at registration.
const MAX_DISPLAY_NAME: usize = 50;

/// The changes; an outer `None` keeps the present value, an inner one removes it.
pub struct UpdateProfile {
    /// Name shown to others, 1 to 50 characters; it cannot be removed.
    pub display_name: Option<Option<String>>,
    /// A photo that the member uploaded as their avatar, or of a pet.
    pub avatar_photo_id: Option<Option<PhotoId>>,
    /// Language for what the server writes to the member, as a BCP 47 tag such as `es-MX`.
    pub locale: Option<Option<String>>,
    /// Name of a time zone of the IANA database, such as `America/Chicago`.
    pub time_zone: Option<Option<String>>,
}

/// Changes the viewer's own profile and returns it. It is here rather than in `accounts` because it uses photos.
pub async fn update_profile(deps: &Deps, viewer: &Viewer, input: UpdateProfile) -> Result<member::Model> {
    let UpdateProfile {
        display_name,
        avatar_photo_id,
        locale,
        time_zone,
    } = input;
    let id = viewer.require_member()?;
    let display_name = display_name.map(checked).transpose();
    let locale = locale.map(|locale| locale.map(known_locale).transpose()).transpose();
    let time_zone = time_zone.map(|zone| zone.map(known_zone).transpose()).transpose();
    let (display_name, locale, time_zone) = all_of(display_name, locale, time_zone)?;
    deps.write(async |tx| {
        if display_name.is_none() && avatar_photo_id.is_none() && locale.is_none() && time_zone.is_none() {
            return accounts::member_by_id(tx, id).await;
        }
        if let Some(Some(photo)) = avatar_photo_id {
            let found = store::find_own(tx, id, photo, UploadPurpose::Avatar).await;
            match found {
                // Clients from before this purpose use a picture of a pet.
                Err(Error::NotFound(_)) => store::find_own(tx, id, photo, UploadPurpose::PetPhoto).await,
                found => found,
            }
            .at("avatarPhotoId")?;
        }
        let row = member::ActiveModel {
            id: Set(id),
            display_name: display_name.map_or(NotSet, Set),
            avatar_photo_id: avatar_photo_id.map_or(NotSet, Set),
            locale: locale.map_or(NotSet, Set),
            time_zone: time_zone.map_or(NotSet, Set),
            ..Default::default()
        };
        let before = accounts::member_by_id(tx, id).await?;
        let member = member::Entity::update(row).exec(tx).await?;
        let avatars: Vec<PhotoId> = before
            .avatar_photo_id
            .into_iter()
            .chain(member.avatar_photo_id)
            .collect();
        store::note_shown(tx, &avatars).await?;
        Ok(member)
    })
    .await
}

/// All three, or what is wrong with any of them, told at once.
fn all_of<A, B, C>(a: Result<A>, b: Result<B>, c: Result<C>) -> Result<(A, B, C)> {
    let (a, b, c) = match (a, b, c) {
        (Ok(a), Ok(b), Ok(c)) => return Ok((a, b, c)),
        (a, b, c) => (a.err(), b.err(), c.err()),
    };
    let mut faults = Vec::new();
    for error in [a, b, c].into_iter().flatten() {
        match error {
            Error::Invalid(found) => faults.extend(found),
            other => return Err(other),
        }
    }
    Err(Error::Invalid(faults))
}

fn checked(display_name: Option<String>) -> Result<String> {
    let name = display_name.ok_or_else(|| {
        let message = "displayName cannot be removed: leave it out to keep it";
        Error::field("displayName", FieldCode::Required, message)
    })?;
    text::line("displayName", &name, MAX_DISPLAY_NAME).map_err(|fault| Error::Invalid(vec![fault]))
}

/// A language and perhaps a script and a region (RFC 5646, section 2.1), in the usual case.
fn known_locale(locale: String) -> Result<String> {
    let fault = || {
        let message = "locale is a language tag such as en, es or es-MX";
        Error::field("locale", FieldCode::Invalid, message)
    };
    let is_in = |part: &str, lengths: std::ops::RangeInclusive<usize>, is: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| is(&byte))
    };
    let mut parts = locale.trim().split('-');
    let language = parts
        .next()
        .filter(|part| is_in(part, 2..=3, u8::is_ascii_alphabetic))
        .ok_or_else(fault)?;
    let mut tag = language.to_ascii_lowercase();
    let mut part = parts.next();
    if let Some(script) = part.filter(|part| is_in(part, 4..=4, u8::is_ascii_alphabetic)) {
        let (first, rest) = script.split_at(1);
        tag.push_str(&format!("-{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase()));
        part = parts.next();
    }
    let is_region = |part: &&str| is_in(part, 2..=2, u8::is_ascii_alphabetic) || is_in(part, 3..=3, u8::is_ascii_digit);
    if let Some(region) = part {
        let region = Some(region).filter(is_region).ok_or_else(fault)?;
        tag.push_str(&format!("-{}", region.to_ascii_uppercase()));
    }
    match parts.next() {
        None => Ok(tag),
        Some(_) => Err(fault()),
    }
}

fn known_zone(zone: String) -> Result<String> {
    let known = zone.trim().parse::<chrono_tz::Tz>().map_err(|_| {
        let message = "timeZone is a name of the IANA database such as America/Chicago or Europe/Madrid";
        Error::field("timeZone", FieldCode::Invalid, message)
    })?;
    Ok(known.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_written_in_the_usual_case_or_refused() {
        for (given, stored) in [
            ("EN", "en"),
            (" es-mx ", "es-MX"),
            ("zh-hant-TW", "zh-Hant-TW"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(known_locale(given.to_owned()).unwrap(), stored);
        }
        for wrong in [
            "",
            "e",
            "english",
            "en_US",
            "en-",
            "en-USA",
            "en-US-x",
            "e\u{301}n",
            "../en",
        ] {
            assert!(known_locale(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_zone_is_one_of_the_database() {
        assert_eq!(known_zone(" America/Chicago".to_owned()).unwrap(), "America/Chicago");
        for wrong in ["", "Chicago", "UTC+5", "America/Chicago\n/etc"] {
            assert!(known_zone(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
