//! Why a picture is refused, and the limits that it has to keep.

/// Maximum size of a photo in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Maximum number of pixels in a photo; phones take photos of up to 50 million.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Advice for a person with an iPhone who sent a HEIC picture.
pub const HEIC_WAY_OUT: &str = "on an iPhone, take a screenshot of the photo and send that, or choose Settings › Camera › Formats › \
     Most Compatible for the photos that you take from now on; elsewhere, save it as a JPEG";

/// Advice for a person who sent an AVIF picture, mostly saved from a web page.
pub const AVIF_WAY_OUT: &str = "open it, and save it as a JPEG or take a screenshot of it";

/// Reasons why an upload is refused, with advice for the person who sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// No bytes arrived.
    #[error("the file is empty; please choose the photo again")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the photo is larger than 10 MB; please send a smaller copy")]
    TooLarge,
    /// It is another kind of file, whatever its name says.
    #[error("this file is {found}, not a photo that we can show; please send a JPEG, PNG or WebP")]
    NotAPhoto {
        /// Kind of file, with its article.
        found: &'static str,
    },
    /// The format in which iPhones keep their photos.
    #[error("this file is a HEIC picture, which most browsers cannot show; {HEIC_WAY_OUT}")]
    Heic,
    /// A newer format of the web.
    #[error("this file is an AVIF picture, which we cannot read; {AVIF_WAY_OUT}")]
    Avif,
    /// More than [`MAX_PIXELS`].
    #[error("the photo has more than 50 million pixels; please send a smaller copy")]
    TooManyPixels,
    /// It has fewer pixels, but so many bits per pixel that decoding takes more memory than we allow for one photo.
    #[error(
        "unpacked, the photo takes more than 256 MB of memory; please save it with 8 bits for each color, or send a smaller copy"
    )]
    TooMuchMemory,
    /// It starts like a photo, but the rest is missing or corrupt.
    #[error("the photo is damaged or was cut off on the way; please send it again or choose another one")]
    Damaged,
}
