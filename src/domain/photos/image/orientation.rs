//! How a picture is to be turned, as cameras note it in the EXIF block of a file.

use image::{ImageDecoder, ImageFormat, metadata::Orientation};

/// What some programs write before the block, as it is in a JPEG.
const PREFIX: &[u8] = b"Exif\0\0";
const PNG_SIGNATURE: usize = 8;
/// Bytes of a PNG's chunk beside its content: length and name before it, checksum after it.
const CHUNK_HEAD: usize = 8;
const CHUNK_TAIL: usize = 4;

/// The orientation of a file; upright if it says nothing that can be read.
pub(super) fn orientation_of(bytes: &[u8], format: ImageFormat, decoder: &mut impl ImageDecoder) -> Orientation {
    // A block that the decoder cannot read says nothing about the pixels.
    let block = decoder.exif_metadata().ok().flatten();
    let block = match (&block, format) {
        (None, ImageFormat::Png) => chunk_of_png(bytes, b"eXIf"),
        (block, _) => block.as_deref(),
    };
    let bare = block.map(|block| block.strip_prefix(PREFIX).unwrap_or(block));
    bare.and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms)
}

/// The content of a chunk wherever it is in a PNG: decoders know only those before the pixels.
fn chunk_of_png<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes.get(PNG_SIGNATURE..)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        if after.starts_with(name) {
            return rest.get(CHUNK_HEAD..CHUNK_HEAD.checked_add(length)?);
        }
        rest = rest.get(length.checked_add(CHUNK_HEAD + CHUNK_TAIL)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use image::{
        ExtendedColorType, ImageEncoder, Rgb, RgbImage,
        codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    };

    use super::*;
    use crate::domain::photos::image::process;

    const RED: Rgb<u8> = Rgb([220, 30, 30]);
    const BLUE: Rgb<u8> = Rgb([30, 30, 220]);
    const GREY: Rgb<u8> = Rgb([128, 128, 128]);

    /// Red at the top left, blue at the top right.
    fn upright() -> RgbImage {
        RgbImage::from_fn(48, 32, |x, y| match (x, y) {
            (0..16, 0..16) => RED,
            (32.., 0..16) => BLUE,
            _ => GREY,
        })
    }

    /// The pixels that a camera stores together with that orientation, 1 to 8, so that the picture is upright again
    /// (the table of the EXIF standard, 4.6.4 of version 2.3).
    fn stored(orientation: u8) -> RgbImage {
        use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
        let upright = upright();
        match orientation {
            2 => flip_horizontal(&upright),
            3 => rotate180(&upright),
            4 => flip_vertical(&upright),
            5 => flip_horizontal(&rotate90(&upright)),
            6 => rotate270(&upright),
            7 => flip_horizontal(&rotate270(&upright)),
            8 => rotate90(&upright),
            _ => upright,
        }
    }

    /// A block with that orientation, in big-endian order.
    fn block(orientation: u8) -> Vec<u8> {
        let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
        [b"MM\0\x2A\0\0\0\x08\0\x01".as_slice(), &entry, &[0; 4]].concat()
    }

    fn encoded(picture: &RgbImage, mut encoder: impl ImageEncoder, block: Vec<u8>) {
        encoder.set_exif_metadata(block).unwrap();
        let (width, height) = picture.dimensions();
        encoder
            .write_image(picture, width, height, ExtendedColorType::Rgb8)
            .unwrap();
    }

    fn file(format: ImageFormat, picture: &RgbImage, block: Vec<u8>) -> Vec<u8> {
        let mut bytes = Vec::new();
        match format {
            ImageFormat::Jpeg => encoded(picture, JpegEncoder::new_with_quality(&mut bytes, 95), block),
            ImageFormat::Png => encoded(picture, PngEncoder::new(&mut bytes), block),
            _ => encoded(picture, WebPEncoder::new_lossless(&mut bytes), block),
        }
        bytes
    }

    fn is_upright(file: &[u8]) -> bool {
        let photo = process(file).unwrap();
        let picture = image::load_from_memory(&photo.bytes).unwrap().into_rgb8();
        let is_near = |(x, y), color: Rgb<u8>| {
            let pixel = picture.get_pixel_checked(x, y);
            pixel.is_some_and(|pixel| pixel.0.iter().zip(color.0).all(|(one, other)| one.abs_diff(other) < 40))
        };
        picture.dimensions() == (48, 32)
            && is_near((7, 7), RED)
            && is_near((40, 7), BLUE)
            && is_near((7, 24), GREY)
            && is_near((40, 24), GREY)
    }

    #[test]
    fn a_photo_is_upright_whichever_way_the_camera_was_held() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            for orientation in 1..=8 {
                let file = file(format, &stored(orientation), block(orientation));
                assert!(is_upright(&file), "{format:?} {orientation}");
            }
            let unknown = file(format, &upright(), block(9));
            assert!(is_upright(&unknown), "{format:?}");
        }
    }

    #[test]
    fn a_block_is_read_with_the_prefix_of_a_jpeg_too() {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let file = file(format, &stored(6), [PREFIX, &block(6)].concat());
            assert!(is_upright(&file), "{format:?}");
        }
    }

    #[test]
    fn a_png_may_say_it_after_its_pixels() {
        let whole = file(ImageFormat::Png, &stored(8), block(8));
        let start = whole.windows(4).position(|name| name == b"eXIf").unwrap() - 4;
        let chunk = start..start + CHUNK_HEAD + block(8).len() + CHUNK_TAIL;
        let end = whole.len() - CHUNK_HEAD - CHUNK_TAIL;
        let moved = [&whole[..start], &whole[chunk.end..end], &whole[chunk], &whole[end..]].concat();

        assert!(is_upright(&moved));
    }
}
