//! Detects the format of a file from its content.

use image::ImageFormat;

use super::error::ImageError;

/// Detects JPEG, PNG or WebP by the first bytes; a file's name and declared type are ignored.
pub(super) fn format_of(bytes: &[u8]) -> Result<ImageFormat, ImageError> {
    let found = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => return Ok(format),
        Ok(ImageFormat::Gif) => "a GIF",
        Ok(ImageFormat::Avif) => return Err(ImageError::Avif),
        Ok(ImageFormat::Tiff) => "a TIFF",
        Ok(ImageFormat::Bmp) => "a bitmap",
        _ if is_heic(bytes) => return Err(ImageError::Heic),
        _ if bytes.get(4..12) == Some(b"ftypavis") => return Err(ImageError::Avif),
        _ if bytes.starts_with(b"%PDF") => "a PDF",
        _ if is_svg(bytes) => "an SVG drawing",
        _ => "something else",
    };
    Err(ImageError::NotAPhoto { found })
}

fn is_heic(bytes: &[u8]) -> bool {
    matches!(
        bytes.get(4..12),
        Some(
            b"ftypheic"
                | b"ftypheix"
                | b"ftypheim"
                | b"ftypheis"
                | b"ftyphevc"
                | b"ftyphevx"
                | b"ftyphevm"
                | b"ftyphevs"
                | b"ftypmif1"
                | b"ftypmsf1"
        )
    )
}

fn is_svg(bytes: &[u8]) -> bool {
    let beginning = bytes.get(..1024).unwrap_or(bytes);
    String::from_utf8_lossy(beginning).contains("<svg")
}

/// Whether the end of a file is missing although its decoder may be content: those of JPEG and of lossy WebP fill what
/// is missing with grey.
pub(super) fn is_cut_off(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Jpeg => !has_jpeg_end(bytes),
        ImageFormat::WebP => !has_webp_end(bytes),
        _ => false,
    }
}

/// Whether a WebP is as long as its header says.
fn has_webp_end(bytes: &[u8]) -> bool {
    const BEFORE: usize = 8;
    let length = bytes.get(4..BEFORE).and_then(|length| length.try_into().ok());
    let length = length
        .map(u32::from_le_bytes)
        .and_then(|length| usize::try_from(length).ok());
    length.is_some_and(|length| length <= bytes.len().saturating_sub(BEFORE))
}

/// Whether a JPEG has its end marker.
///
/// Within picture data the marker cannot occur by chance; a preview inside the metadata has a marker of its own, so
/// the metadata is skipped.
fn has_jpeg_end(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xDA;
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, tail @ ..] = rest {
        rest = match (marker, tail) {
            (&START_OF_SCAN, _) => return tail.windows(2).any(|pair| pair == [0xFF, 0xD9]),
            (0xFF, _) => rest.get(1..).unwrap_or_default(),
            (_, [high, low, ..]) => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                tail.get(length.max(2)..).unwrap_or_default()
            }
            _ => return false,
        };
    }
    false
}
