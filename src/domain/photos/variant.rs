//! The copies of a photo, and the keys of their blobs.

use std::{fmt, str::FromStr};

use entity::id::{PhotoId, UploadId};

use super::image::THUMBNAIL_WIDTHS;

/// One of the stored copies of a photo; written as `original` or as a width such as `w320`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// The largest copy, see [`super::image::MAX_SIDE`].
    Original,
    /// A copy with that width in pixels, one of [`THUMBNAIL_WIDTHS`].
    Width(u32),
}

/// The text is not the name of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such variant of a photo")]
pub struct UnknownVariant;

impl Variant {
    /// Widths of the smaller copies of a photo with this width; all are narrower than the photo.
    pub(super) fn thumbnails(photo_width: u32) -> impl Iterator<Item = u32> {
        THUMBNAIL_WIDTHS.into_iter().filter(move |width| *width < photo_width)
    }

    /// The smallest copy that is at least `wanted` pixels wide; the original if no thumbnail is.
    pub(super) fn at_least(wanted: u32, photo_width: u32) -> Self {
        Self::thumbnails(photo_width)
            .find(|width| wanted <= *width)
            .map_or(Self::Original, Self::Width)
    }

    /// Key of the blob that holds this copy.
    pub(super) fn blob_key(self, photo: PhotoId) -> String {
        format!("photos/{photo}/{self}")
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Original => f.write_str("original"),
            Self::Width(width) => write!(f, "w{width}"),
        }
    }
}

impl FromStr for Variant {
    type Err = UnknownVariant;

    fn from_str(text: &str) -> Result<Self, UnknownVariant> {
        THUMBNAIL_WIDTHS
            .into_iter()
            .map(Self::Width)
            .chain([Self::Original])
            .find(|variant| variant.to_string() == text)
            .ok_or(UnknownVariant)
    }
}

/// Key of the blob that holds an upload's bytes once they are stored.
pub fn upload_blob_key(id: UploadId) -> String {
    format!("uploads/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_wider_copy_is_chosen() {
        for (wanted, photo_width, variant) in [
            (16, 2560, "w160"),
            (160, 2560, "w160"),
            (161, 2560, "w320"),
            (1281, 2560, "original"),
            (320, 320, "original"),
            (100, 150, "original"),
            (320, 321, "w320"),
        ] {
            assert_eq!(
                Variant::at_least(wanted, photo_width).to_string(),
                variant,
                "{wanted} of {photo_width}"
            );
        }
    }

    #[test]
    fn only_the_stored_variants_have_a_name() {
        for known in ["original", "w160", "w320", "w640", "w1280"] {
            assert_eq!(known.parse::<Variant>().unwrap().to_string(), known);
        }
        for unknown in [
            "",
            "w",
            "w0160",
            "w161",
            "W160",
            "original ",
            "../secret",
            "w+160",
            "w160/..",
        ] {
            assert_eq!(unknown.parse::<Variant>(), Err(UnknownVariant), "{unknown:?}");
        }
    }
}
