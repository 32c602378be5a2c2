//! Reads when a picture was taken from the metadata of its file.

use std::io::Cursor;

use chrono::{FixedOffset, NaiveDate, TimeZone};
use entity::Timestamp;
use exif::{DateTime, Exif, In, Tag, Value};
use image::{ImageDecoder, ImageReader};

use super::format::format_of;

/// When the picture was taken, by the camera's own clock; `None` if the file does not say. Without a time zone the
/// clock counts as UTC. Anybody can write anything there: it is a hint, never a proof.
pub fn taken_at(bytes: &[u8]) -> Option<Timestamp> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format_of(bytes).ok()?);
    let metadata = reader.into_decoder().ok()?.exif_metadata().ok()??;
    let metadata = exif::Reader::new().read_raw(metadata).ok()?;
    let mut time = DateTime::from_ascii(text(&metadata, Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = text(&metadata, Tag::OffsetTimeOriginal) {
        // An unreadable time zone counts as none.
        let _ = time.parse_offset(offset);
    }
    instant(&time)
}

fn text(metadata: &Exif, tag: Tag) -> Option<&[u8]> {
    match &metadata.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

fn instant(time: &DateTime) -> Option<Timestamp> {
    let day = NaiveDate::from_ymd_opt(i32::from(time.year), u32::from(time.month), u32::from(time.day))?;
    let local = day.and_hms_opt(u32::from(time.hour), u32::from(time.minute), u32::from(time.second))?;
    let zone = FixedOffset::east_opt(i32::from(time.offset.unwrap_or(0)) * 60)?;
    let instant = zone.from_local_datetime(&local).single()?;
    Some(Timestamp(instant.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::*;

    /// A JPEG whose metadata says when it was taken, and in which time zone if one is given.
    fn taken(time: &str, zone: Option<&str>) -> Vec<u8> {
        let mut jpeg = Cursor::new(Vec::new());
        let picture = DynamicImage::from(RgbImage::new(8, 8));
        picture.write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
        let field = |tag: Tag, text: &str| exif::Field {
            tag,
            ifd_num: In::PRIMARY,
            value: Value::Ascii(vec![text.as_bytes().to_vec()]),
        };
        let fields = [
            Some(field(Tag::DateTimeOriginal, time)),
            zone.map(|zone| field(Tag::OffsetTimeOriginal, zone)),
        ];
        let mut writer = exif::experimental::Writer::new();
        fields.iter().flatten().for_each(|field| writer.push_field(field));
        let mut metadata = Cursor::new(b"Exif\0\0".to_vec());
        let mut tiff = Cursor::new(Vec::new());
        writer.write(&mut tiff, false).unwrap();
        metadata.get_mut().extend(tiff.into_inner());
        let metadata = metadata.into_inner();
        let length = (metadata.len() as u16 + 2).to_be_bytes();
        let jpeg = jpeg.into_inner();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &metadata, &jpeg[2..]].concat()
    }

    #[test]
    fn a_picture_says_when_it_was_taken_if_its_file_does() {
        let time = |bytes: &[u8]| taken_at(bytes).map(|time| time.to_string());

        let local = taken("2026:05:31 18:30:05", None);
        assert_eq!(time(&local).as_deref(), Some("2026-05-31T18:30:05.000Z"));
        let in_austin = taken("2026:05:31 18:30:05", Some("-05:00"));
        assert_eq!(time(&in_austin).as_deref(), Some("2026-05-31T23:30:05.000Z"));
        for nothing in [
            taken("    :  :     :  :  ", None),
            taken("2026:13:31 18:30:05", None),
            taken("yesterday", None),
            b"%PDF".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(time(&nothing), None);
        }
    }
}
