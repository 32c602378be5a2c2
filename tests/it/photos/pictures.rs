//! Pictures with something to see in them, and what people do to pictures.

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
};

/// Numbers in the same order for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    fn between(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * (self.next() % 10_007) as f32 / 10_007.0
    }
}

/// A picture of blobs, another one for every seed.
pub fn scene(seed: u64) -> DynamicImage {
    colored_scene(seed, [128.0; 3])
}

/// The same in front of a color.
pub fn colored_scene(seed: u64, color: [f32; 3]) -> DynamicImage {
    const WIDTH: u32 = 240;
    const HEIGHT: u32 = 180;
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let blobs: Vec<[f32; 5]> = (0..20)
        .map(|_| {
            let (x, y) = (dice.between(0.0, 1.0), dice.between(0.0, 1.0));
            let (width, height) = (dice.between(0.03, 0.25), dice.between(0.03, 0.25));
            [x, y, width, height, dice.between(-60.0, 60.0)]
        })
        .collect();
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |column, row| {
        let (x, y) = (column as f32 / WIDTH as f32, row as f32 / HEIGHT as f32);
        let brightness = blobs.iter().fold(0.0, |sum, [at_x, at_y, width, height, bright]| {
            let (across, down) = ((x - at_x) / width, (y - at_y) / height);
            sum + bright * (-(across * across + down * down)).exp()
        });
        Rgb(color.map(|level| (level + brightness).clamp(0.0, 255.0) as u8))
    });
    picture.into()
}

/// As a JPEG of that quality.
pub fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.to_rgb8().write_with_encoder(encoder).unwrap();
    bytes
}

/// As a PNG.
pub fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Without so many hundredths at the left, right, top and bottom.
pub fn cropped(picture: &DynamicImage, [left, right, top, bottom]: [u32; 4]) -> DynamicImage {
    let (width, height) = picture.dimensions();
    let part = |whole: u32, share: u32| whole * share / 100;
    picture.crop_imm(
        part(width, left),
        part(height, top),
        part(width, 100 - left - right),
        part(height, 100 - top - bottom),
    )
}

/// Half as wide and high.
pub fn half(picture: &DynamicImage) -> DynamicImage {
    picture.resize(picture.width() / 2, picture.height() / 2, FilterType::Triangle)
}
