//! Tests with JPEGs of four inks, which printers and scanners make.

use super::process;

/// A JPEG of one color, 16 × 16, with four components; `transform` is what Adobe's marker says of them.
fn flat(transform: u8, components: [u8; 4]) -> Vec<u8> {
    let mut jpeg = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, content: &[u8]| {
        jpeg.extend([0xFF, marker]);
        jpeg.extend((content.len() as u16 + 2).to_be_bytes());
        jpeg.extend(content);
    };
    segment(0xEE, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat());
    // All steps are 8, so that the mean of a block is stored as it is.
    segment(0xDB, &[&[0][..], &[8; 64]].concat());
    segment(
        0xC0,
        &[8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0],
    );
    // Means: a code of four bits for each of 9 lengths. The rest of a block: one code, "nothing more".
    let lengths = |place: usize, codes: u8| std::array::from_fn::<u8, 16, _>(|at| if at == place { codes } else { 0 });
    segment(
        0xC4,
        &[&[0x00][..], &lengths(3, 9), &[0, 1, 2, 3, 4, 5, 6, 7, 8]].concat(),
    );
    segment(0xC4, &[&[0x10][..], &lengths(0, 1), &[0]].concat());
    segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    jpeg.extend(scan(components));
    jpeg.extend([0xFF, 0xD9]);
    jpeg
}

/// Four blocks of each component: the first has its mean, the others no difference from the one before.
fn scan(components: [u8; 4]) -> Vec<u8> {
    let mut bits = String::new();
    for block in 0..4 {
        for component in components {
            let mean = if block == 0 { i32::from(component) - 128 } else { 0 };
            let length = 32 - mean.unsigned_abs().leading_zeros();
            let value = if mean < 0 { mean + (1 << length) - 1 } else { mean };
            bits += &format!("{length:04b}");
            if 0 < length {
                bits += &format!("{value:0width$b}", width = length as usize);
            }
            bits += "0";
        }
    }
    while !bits.len().is_multiple_of(8) {
        bits += "1";
    }
    let bytes = bits.as_bytes().chunks(8).map(|bits| {
        let bits = std::str::from_utf8(bits).unwrap();
        u8::from_str_radix(bits, 2).unwrap()
    });
    let stuffed = bytes.flat_map(|byte| std::iter::once(byte).chain((byte == 0xFF).then_some(0)));
    stuffed.collect()
}

fn color_of(jpeg: &[u8]) -> [u8; 3] {
    let photo = process(jpeg).unwrap();
    assert_eq!((photo.width, photo.height), (16, 16));
    image::load_from_memory(&photo.bytes)
        .unwrap()
        .into_rgb8()
        .get_pixel(9, 9)
        .0
}

#[track_caller]
fn assert_near(color: [u8; 3], expected: [u8; 3]) {
    let is_near = color.iter().zip(expected).all(|(one, other)| one.abs_diff(other) <= 6);
    assert!(is_near, "{color:?} is not {expected:?}");
}

/// Adobe's programs store how little there is of each ink: 255 is none.
#[test]
fn four_inks_become_the_colors_that_they_print() {
    const INKS: u8 = 0;
    assert_near(color_of(&flat(INKS, [200, 100, 40, 255])), [200, 100, 40]);
    assert_near(color_of(&flat(INKS, [200, 100, 40, 128])), [100, 50, 20]);
    assert_near(color_of(&flat(INKS, [255, 255, 255, 255])), [255, 255, 255]);
    assert_near(color_of(&flat(INKS, [255, 255, 255, 0])), [0, 0, 0]);
}

#[test]
fn four_inks_as_brightness_and_hues_become_the_colors_that_they_print() {
    const BRIGHTNESS_AND_HUES: u8 = 2;
    // The inks 55, 155 and 215 in the components of JFIF 1.02: Y, Cb and Cr.
    let (brightness, blue, red) = (132, 175, 73);
    assert_near(
        color_of(&flat(BRIGHTNESS_AND_HUES, [brightness, blue, red, 255])),
        [200, 100, 40],
    );
    assert_near(
        color_of(&flat(BRIGHTNESS_AND_HUES, [brightness, blue, red, 128])),
        [100, 50, 20],
    );
}
