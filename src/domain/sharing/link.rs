//! Short links, and the URLs by which platforms accept a text to share.

use entity::{pet, vocabulary::SharePlatform};
use url::form_urlencoded::byte_serialize;

use super::text::{hashtags, headline, summary};

/// Digits and letters without those that are easily confused.
const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// 58^10 are 4 * 10^17 codes: nobody can find one by guessing.
const LENGTH: usize = 10;

/// A code from random bytes, all codes being equally likely. `None` if too many of the bytes had to be discarded.
pub(super) fn code(random: &[u8]) -> Option<String> {
    let even = 256 / ALPHABET.len() * ALPHABET.len();
    let mut letters = random.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < even);
    let letter = |byte: usize| ALPHABET.get(byte % ALPHABET.len()).map(|letter| char::from(*letter));
    (0..LENGTH).map(|_| letters.next().and_then(letter)).collect()
}

/// Whether a text could be a code at all.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// The whole text to share: summary, link, hashtags.
pub(super) fn text(pet: &pet::Model, url: &str) -> String {
    let tags: Vec<String> = hashtags(pet).iter().map(|tag| format!("#{tag}")).collect();
    format!("{} {url} {}", summary(pet), tags.join(" "))
}

/// The URL at which to share it. Instagram accepts neither text nor link, so the member has to paste the text there;
/// for a copied link it is the link itself.
pub(super) fn intent_url(pet: &pet::Model, platform: SharePlatform, url: &str) -> String {
    match platform {
        SharePlatform::Facebook => format!("https://www.facebook.com/sharer/sharer.php?u={}", encoded(url)),
        SharePlatform::X => format!(
            "https://x.com/intent/post?text={}&url={}&hashtags={}",
            encoded(&summary(pet)),
            encoded(url),
            encoded(&hashtags(pet).join(","))
        ),
        SharePlatform::Instagram => "https://www.instagram.com/".to_owned(),
        SharePlatform::WhatsApp => format!("https://wa.me/?text={}", encoded(&text(pet, url))),
        SharePlatform::Email => format!(
            "mailto:?subject={}&body={}",
            encoded(&headline(pet)),
            encoded(&text(pet, url))
        ),
        SharePlatform::Copy => url.to_owned(),
    }
}

/// Percent-encoded; a mail program would show a plus sign literally.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::sweetie, *};

    const URL: &str = "https://sweetie.example/s/abcdefghij";

    #[test]
    fn a_code_has_ten_letters_that_cannot_be_mistaken() {
        let random: Vec<u8> = (0..=255).collect();
        assert_eq!(code(&random).unwrap(), "123456789A");
        assert!(is_code(&code(&random[200..]).unwrap()));
        assert_eq!(
            code(&[255; 32]),
            None,
            "bytes that would favour some letters are thrown away"
        );
        for not in ["", "short", "abcdefghi0", "abcdefghijk", "abcdefghi/", "ééééé"] {
            assert!(!is_code(not), "{not}");
        }
    }

    #[test]
    fn every_platform_gets_the_link_in_its_own_way() {
        let pet = sweetie();
        let link = "https%3A%2F%2Fsweetie.example%2Fs%2Fabcdefghij";
        let of = |platform| intent_url(&pet, platform, URL);
        assert_eq!(
            of(SharePlatform::Facebook),
            format!("https://www.facebook.com/sharer/sharer.php?u={link}")
        );
        let x = of(SharePlatform::X);
        assert!(x.starts_with("https://x.com/intent/post?text=LOST%3A%20Sweetie"), "{x}");
        assert!(
            x.ends_with(&format!("&url={link}&hashtags=LostDog%2CAustin%2CFindingSweetie")),
            "{x}"
        );
        let whatsapp = of(SharePlatform::WhatsApp);
        assert!(
            whatsapp.starts_with("https://wa.me/?text=LOST%3A%20") && whatsapp.contains(link),
            "{whatsapp}"
        );
        let mail = of(SharePlatform::Email);
        assert!(
            mail.starts_with("mailto:?subject=LOST%3A%20Sweetie&body=LOST") && mail.contains(link),
            "{mail}"
        );
        assert_eq!(of(SharePlatform::Instagram), "https://www.instagram.com/");
        assert_eq!(of(SharePlatform::Copy), URL);
    }

    #[test]
    fn signs_in_a_name_do_not_break_out_of_the_address() {
        let pet = pet::Model {
            name: Some("A&B=C?#\"+ %20".into()),
            ..sweetie()
        };
        let url = url::Url::parse(&intent_url(&pet, SharePlatform::X, URL)).unwrap();
        let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        assert_eq!(fields.len(), 3);
        assert!(fields[0].1.contains("A&B=C?#\"+ %20"), "{fields:?}");
    }

    #[test]
    fn the_text_fits_into_a_post() {
        let text = text(&sweetie(), URL);
        assert!(text.ends_with("https://sweetie.example/s/abcdefghij #LostDog #Austin #FindingSweetie"));
        assert!(text.chars().count() <= 280);
    }
}
