//! Prepares pictures for comparison. Pure and slow: run it in a blocking task.

use image::{DynamicImage, GenericImageView, imageops::FilterType};

use super::{convert::decode, error::ImageError};
use crate::ports::vision::Pixels;
use visual_similarity::{PhotoHash, SIDE};

/// Decodes an untrusted file, upright and at most `longer` pixels wide and high; refuses what cannot become a photo.
pub fn upright(bytes: &[u8], longer: u32) -> Result<DynamicImage, ImageError> {
    let (decoded, orientation) = decode(bytes)?;
    let (width, height) = decoded.dimensions();
    let mut picture = match width.max(height) {
        own if longer < own => decoded.thumbnail(longer, longer),
        _ => decoded,
    };
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The perceptual hash of a picture; `None` if it is too plain.
pub fn fingerprint(picture: &DynamicImage) -> Option<PhotoHash> {
    // Widths and heights of a few dozen pixels, so the conversion cannot fail.
    let side = u32::try_from(SIDE).unwrap_or(u32::MAX);
    let square = image::imageops::resize(&picture.to_luma8(), side, side, FilterType::Triangle);
    PhotoHash::of(square.as_raw())
}

/// The largest centred part of a picture with a model's proportions, scaled to the model's size.
pub fn pixels(picture: &DynamicImage, (width, height): (u32, u32)) -> Pixels {
    let rgb = picture.resize_to_fill(width, height, FilterType::Triangle).into_rgb8();
    Pixels {
        width,
        height,
        rgb: rgb.into_raw(),
    }
}
