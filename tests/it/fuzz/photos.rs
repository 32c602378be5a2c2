//! Pictures.

use std::io::Cursor;

use finding_sweetie::domain::photos::image::{MAX_SIDE, PhotoFormat, process, thumbnail};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage, load_from_memory_with_format};

use super::hunt::{Target, hunt};

#[test]
fn a_photo_that_is_taken_in_can_be_read_at_the_size_that_is_told() {
    hunt(Target {
        name: "photos",
        corpus: corpus(),
        words: [
            "IHDR",
            "IDAT",
            "PLTE",
            "tRNS",
            "acTL",
            "eXIf",
            "RIFF",
            "WEBP",
            "VP8 ",
            "VP8L",
            "VP8X",
            "ANIM",
            "Exif\0\0MM\0*\0\0\0\u{8}",
            "GIF89a",
        ]
        .map(str::to_owned)
        .to_vec(),
        longest: 64 * 1024,
        check,
    });
}

/// Small pictures in every format, with and without transparency and with a turn in their metadata.
fn corpus() -> Vec<Vec<u8>> {
    let paint = |x: u32, y: u32, alpha| Rgba([(x * 37) as u8, (y * 11) as u8, (x * y) as u8, alpha]);
    let opaque = DynamicImage::from(RgbaImage::from_fn(24, 16, |x, y| paint(x, y, 255))).into_rgb8();
    let clear = RgbaImage::from_fn(9, 13, |x, y| paint(x, y, (x * 20) as u8));
    let turned = b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let jpeg = file(&opaque.clone().into(), ImageFormat::Jpeg);
    vec![
        [&jpeg[..2], turned, &jpeg[2..]].concat(),
        jpeg,
        file(&opaque.clone().into(), ImageFormat::Png),
        file(&opaque.clone().into(), ImageFormat::WebP),
        file(&DynamicImage::from(opaque).into_luma8().into(), ImageFormat::Png),
        file(&clear.clone().into(), ImageFormat::Png),
        file(&clear.into(), ImageFormat::WebP),
    ]
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, format)
        .expect("the format can hold the picture");
    bytes.into_inner()
}

fn check(input: &[u8]) -> Result<String, String> {
    let photo = match process(input) {
        Ok(photo) => photo,
        Err(refused) => return Ok(refused.to_string()),
    };
    let format = match photo.format {
        PhotoFormat::Jpeg => ImageFormat::Jpeg,
        PhotoFormat::Png => ImageFormat::Png,
    };
    let size = (photo.width, photo.height);
    if MAX_SIDE < photo.width.max(photo.height) {
        return Err(format!("it is {size:?} large"));
    }
    let stored =
        load_from_memory_with_format(&photo.bytes, format).map_err(|error| format!("what is stored: {error}"))?;
    let stored = (stored.width(), stored.height());
    if stored != size {
        return Err(format!("it is {stored:?} large, not {size:?}"));
    }
    let small = thumbnail(&photo.bytes, 8).map_err(|error| format!("no thumbnail: {error}"))?;
    let small = load_from_memory_with_format(&small, format).map_err(|error| format!("the thumbnail: {error}"))?;
    if photo.width.min(8) != small.width() {
        return Err(format!("the thumbnail of {size:?} is {} wide", small.width()));
    }
    Ok(format!("{format:?} {} {}", size.0.ilog2(), size.1.ilog2()))
}
