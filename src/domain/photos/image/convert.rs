//! Checks a picture and converts it for storage.

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};

use super::{
    error::{ImageError, MAX_BYTES, MAX_PIXELS},
    format::{format_of, is_cut_off},
    orientation::orientation_of,
};

/// Maximum width and height of a stored original, in pixels.
pub const MAX_SIDE: u32 = 2560;
/// Widths of the smaller copies, in pixels.
pub const THUMBNAIL_WIDTHS: [u32; 4] = [160, 320, 640, 1280];

/// Maximum memory for decoding, in bytes. Fifty million pixels of four bytes fit.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// From 1 to 100: no visible loss in a photo, at a third of the size of 100.
const JPEG_QUALITY: u8 = 88;

/// The photo that is stored in place of an upload: re-encoded from its pixels, so free of location, camera data,
/// comments and anything else in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessedPhoto {
    /// Content of the encoded file.
    pub bytes: Vec<u8>,
    /// Format of the encoded file.
    pub format: PhotoFormat,
    /// Width in pixels, after rotating it upright.
    pub width: u32,
    /// Height in pixels, after rotating it upright.
    pub height: u32,
}

/// Formats of stored photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoFormat {
    /// For opaque pictures.
    Jpeg,
    /// For pictures with transparency.
    Png,
}

impl PhotoFormat {
    /// Value of the `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// File extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// Checks an upload by its content and converts it for storage: upright, at most [`MAX_SIDE`] wide and high, without
/// metadata.
pub fn process(bytes: &[u8]) -> Result<ProcessedPhoto, ImageError> {
    let (decoded, orientation) = decode(bytes)?;
    let mut picture = match decoded.width().max(decoded.height()) {
        longer if MAX_SIDE < longer => decoded.thumbnail(MAX_SIDE, MAX_SIDE),
        _ => decoded,
    };
    picture.apply_orientation(orientation);
    let format = match is_see_through(&picture) {
        true => PhotoFormat::Png,
        false => PhotoFormat::Jpeg,
    };
    let (width, height) = picture.dimensions();
    let bytes = encode(picture, format)?;
    Ok(ProcessedPhoto {
        bytes,
        format,
        width,
        height,
    })
}

/// A copy of a processed photo that is at most `width` pixels wide (see [`THUMBNAIL_WIDTHS`]) and never larger than
/// the photo. Keeps the format.
pub fn thumbnail(bytes: &[u8], width: u32) -> Result<Vec<u8>, ImageError> {
    let format = match format_of(bytes)? {
        ImageFormat::Jpeg => PhotoFormat::Jpeg,
        _ => PhotoFormat::Png,
    };
    let (mut picture, orientation) = decode(bytes)?;
    picture.apply_orientation(orientation);
    let smaller = match picture.width() {
        own if width < own => picture.thumbnail(width, u32::MAX),
        _ => picture,
    };
    encode(smaller, format)
}

/// The pixels as stored in the file, and their orientation.
pub fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    if MAX_BYTES < bytes.len() {
        return Err(ImageError::TooLarge);
    }
    let format = format_of(bytes)?;
    if is_cut_off(bytes, format) {
        return Err(ImageError::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if MAX_PIXELS < u64::from(width) * u64::from(height) {
        return Err(ImageError::TooManyPixels);
    }
    if MAX_MEMORY < decoder.total_bytes() {
        return Err(ImageError::TooMuchMemory);
    }
    let orientation = orientation_of(bytes, format, &mut decoder);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok((picture, orientation))
}

fn refusal(error: image::ImageError) -> ImageError {
    match error {
        image::ImageError::Limits(_) => ImageError::TooMuchMemory,
        _ => ImageError::Damaged,
    }
}

fn encode(picture: DynamicImage, format: PhotoFormat) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    match format {
        PhotoFormat::Png => picture
            .into_rgba8()
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png),
        PhotoFormat::Jpeg => JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&picture.into_rgb8()),
    }
    .map_err(refusal)?;
    Ok(bytes)
}

fn is_see_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    fn picture(width: u32, height: u32) -> DynamicImage {
        let color = |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90]);
        RgbImage::from_fn(width, height, color).into()
    }

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn decoded(bytes: &[u8]) -> DynamicImage {
        image::load_from_memory(bytes).unwrap()
    }

    fn contains(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|window| window == what)
    }

    /// Inserts an EXIF block that asks for a quarter turn clockwise. A second tag holds a comment.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0home: 12 Elm St";
        let length = (tiff.len() as u16 + 2).to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, tiff, &jpeg[2..]].concat()
    }

    #[test]
    fn every_accepted_format_becomes_a_jpeg_of_the_same_size() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let photo = process(&file(&picture(40, 30), format)).unwrap();
            assert_eq!(
                (photo.format, photo.width, photo.height),
                (PhotoFormat::Jpeg, 40, 30),
                "{format:?}"
            );
            assert_eq!(decoded(&photo.bytes).dimensions(), (40, 30));
            assert_eq!(image::guess_format(&photo.bytes).unwrap(), ImageFormat::Jpeg);
        }
    }

    #[test]
    fn a_picture_that_is_see_through_stays_so_in_every_size() {
        let mut image = RgbaImage::from_pixel(400, 10, Rgba([1, 2, 3, 255]));
        image.put_pixel(0, 0, Rgba([1, 2, 3, 0]));
        let photo = process(&file(&image.into(), ImageFormat::Png)).unwrap();
        assert_eq!(photo.format, PhotoFormat::Png);
        assert_eq!(decoded(&photo.bytes).get_pixel(0, 0).0[3], 0);
        let small = thumbnail(&photo.bytes, 160).unwrap();
        assert_eq!(image::guess_format(&small).unwrap(), ImageFormat::Png);

        let opaque = RgbaImage::from_pixel(4, 4, Rgba([1, 2, 3, 255]));
        assert_eq!(
            process(&file(&opaque.into(), ImageFormat::Png)).unwrap().format,
            PhotoFormat::Jpeg
        );
    }

    #[test]
    fn a_photo_is_turned_upright_and_loses_its_metadata() {
        let upload = with_exif(&file(&picture(40, 20), ImageFormat::Jpeg));
        assert!(contains(&upload, b"12 Elm St"));
        let photo = process(&upload).unwrap();
        assert_eq!((photo.width, photo.height), (20, 40));
        assert!(!contains(&photo.bytes, b"Exif") && !contains(&photo.bytes, b"12 Elm St"));
    }

    #[test]
    fn what_hides_behind_a_picture_is_not_stored() {
        let mut upload = file(&picture(8, 8), ImageFormat::Jpeg);
        upload.extend(b"PK\x03\x04<script>alert(1)</script>");
        assert!(!contains(&process(&upload).unwrap().bytes, b"<script>"));
    }

    #[test]
    fn an_original_is_capped_and_a_thumbnail_never_enlarged() {
        let photo = process(&file(&picture(MAX_SIDE * 2, 100), ImageFormat::Png)).unwrap();
        assert_eq!((photo.width, photo.height), (MAX_SIDE, 50));
        let widths = THUMBNAIL_WIDTHS.map(|width| decoded(&thumbnail(&photo.bytes, width).unwrap()).dimensions());
        assert_eq!(widths, [(160, 3), (320, 6), (640, 13), (1280, 25)]);

        let tiny = process(&file(&picture(1, 1), ImageFormat::Png)).unwrap();
        assert_eq!((tiny.width, tiny.height), (1, 1));
        assert_eq!(decoded(&thumbnail(&tiny.bytes, 160).unwrap()).dimensions(), (1, 1));
    }

    #[test]
    fn what_is_not_a_photo_is_refused_by_its_content() {
        let cases: [(&[u8], &str); 5] = [
            (b"GIF89a\x01\0\x01\0\0\0\0;", "a GIF"),
            (
                b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
                "an SVG drawing",
            ),
            (b"%PDF-1.7", "a PDF"),
            (b"MZ\x90\0", "something else"),
            (b"\xFF", "something else"),
        ];
        for (bytes, found) in cases {
            assert_eq!(process(bytes), Err(ImageError::NotAPhoto { found }));
        }
        assert_eq!(process(b""), Err(ImageError::Empty));
        assert_eq!(process(&vec![0xFF; MAX_BYTES + 1]), Err(ImageError::TooLarge));
    }

    #[test]
    fn a_heic_picture_is_refused_with_what_an_iphone_can_do() {
        for brand in ["heic", "heix", "heim", "hevc", "mif1"] {
            let refused = process(format!("\0\0\0\x18ftyp{brand}\0\0\0\0").as_bytes()).unwrap_err();
            assert_eq!(refused, ImageError::Heic, "{brand}");
        }
        let said = ImageError::Heic.to_string();
        assert!(
            said.contains("Most Compatible") && said.contains("screenshot"),
            "{said}"
        );
    }

    #[test]
    fn an_avif_picture_is_refused_with_what_else_to_send() {
        for brand in ["avif", "avis"] {
            let refused = process(format!("\0\0\0\x18ftyp{brand}\0\0\0\0").as_bytes()).unwrap_err();
            assert_eq!(refused, ImageError::Avif, "{brand}");
        }
        let said = ImageError::Avif.to_string();
        assert!(said.contains("JPEG") && said.contains("screenshot"), "{said}");
    }

    #[test]
    fn deep_colors_are_refused_with_the_true_reason() {
        // A header that announces 16 bits for each of four channels, with a correct checksum.
        let deep = |side: u32| {
            let mut png = file(&picture(1, 1), ImageFormat::Png);
            png.splice(
                16..26,
                [side.to_be_bytes().as_slice(), &side.to_be_bytes(), &[16, 6]].concat(),
            );
            let checksum = crc32(&png[12..29]).to_be_bytes();
            png.splice(29..33, checksum);
            png
        };

        assert_eq!(process(&deep(5_800)), Err(ImageError::TooMuchMemory));
        assert!(ImageError::TooMuchMemory.to_string().contains("8 bits"));
        assert_eq!(process(&deep(8_000)), Err(ImageError::TooManyPixels));
    }

    #[test]
    fn a_photo_that_was_cut_off_anywhere_is_damaged() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = file(&picture(64, 64), format);
            for length in [16, whole.len() / 4, whole.len() / 2, whole.len() * 9 / 10] {
                assert_eq!(
                    process(&whole[..length]),
                    Err(ImageError::Damaged),
                    "{format:?} of {length} bytes"
                );
            }
        }
        let cut = with_exif(&file(&picture(8, 8), ImageFormat::Jpeg));
        assert_eq!(process(&cut[..30]), Err(ImageError::Damaged));
    }

    #[test]
    fn a_decompression_bomb_is_refused_before_it_is_decoded() {
        // A header that announces 60,000 by 60,000 pixels, with a correct checksum; the data would be gigabytes.
        let mut png = file(&picture(1, 1), ImageFormat::Png);
        png.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let checksum = crc32(&png[12..29]).to_be_bytes();
        png.splice(29..33, checksum);
        assert_eq!(process(&png), Err(ImageError::TooManyPixels));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        !bytes
            .iter()
            .fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
    }
}
