//! Files to send.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture of that size in that format.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let color = |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 90]);
    let picture: DynamicImage = RgbImage::from_fn(width, height, color).into();
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that says in its metadata where it was taken.
pub fn jpeg_with_a_place() -> Vec<u8> {
    let jpeg = picture(40, 30, ImageFormat::Jpeg);
    let note = b"Exif\0\0home: 12 Elm St";
    let length = (note.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, note, &jpeg[2..]].concat()
}

/// A PNG of a few bytes that announces 60,000 by 60,000 pixels.
pub fn bomb() -> Vec<u8> {
    let mut png = picture(1, 1, ImageFormat::Png);
    png.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let checksum = crc32(&png[12..29]).to_be_bytes();
    png.splice(29..33, checksum);
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes
        .iter()
        .fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
}
