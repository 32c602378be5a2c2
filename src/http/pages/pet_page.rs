//! The public page of a pet as HTML, with the tags that link previews read (<https://ogp.me>). All user input is
//! escaped; the page loads nothing but its own picture.

use std::sync::LazyLock;

use base64ct::{Base64, Encoding};
use entity::pet;
use sha2::{Digest, Sha256};

use crate::{
    domain::sharing::{PublicPet, breed_label, headline, is_home, species_word, summary},
    kernel::markup::escape,
};

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem;color:#222;\
     background:#fffdf8}img{max-width:100%;height:auto;border-radius:.75rem}dl{display:grid;grid-template-columns:max-content \
     1fr;gap:.25rem 1rem}dt{color:#666}dd{margin:0}.home{background:#1b7f4d;color:#fff;padding:.75rem 1rem;border-radius:\
     .75rem;font-weight:600}.words{white-space:pre-line}footer{margin-top:2rem;color:#666}";

/// Maximum length of the description in a link preview, in characters.
const PREVIEW: usize = 300;

/// The page may load only its own style, identified by digest, and pictures.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let digest = Base64::encode_string(&Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// The `Content-Security-Policy` of these pages.
pub fn policy() -> &'static str {
    &POLICY
}

/// The page of a pet, with public information only.
pub fn of_pet(public: &PublicPet, home: &str) -> String {
    let pet = &public.pet;
    let title = headline(pet);
    let mut body = format!("<h1>{}</h1>", escape(&title));
    if is_home(pet) {
        let who = escape(pet.name.as_deref().unwrap_or(species_word(pet.species)));
        body.push_str(&format!(
            "<p class=\"home\" role=\"status\">Good news: {who} is home.</p>"
        ));
    }
    if let Some((photo, url)) = &public.photo {
        let alt = photo.alt.as_deref().unwrap_or(&title);
        body.push_str(&format!("<p><img src=\"{}\" alt=\"{}\"></p>", escape(url), escape(alt)));
    }
    body.push_str(&facts(pet));
    if let Some(words) = &pet.description {
        body.push_str(&format!("<p class=\"words\">{}</p>", escape(words)));
    }
    document(&title, &tags(public, &title), &body, home)
}

/// The page shown when a pet's page is unavailable.
pub fn of_fault(words: &str, home: &str) -> String {
    let tags = "<meta name=\"robots\" content=\"noindex\">";
    document("Finding Sweetie", tags, &format!("<h1>{}</h1>", escape(words)), home)
}

fn facts(pet: &pet::Model) -> String {
    let seen = pet.seen_at.to_utc();
    let time = format!(
        "<time datetime=\"{}\">{}</time>",
        seen.format("%Y-%m-%d"),
        seen.format("%-d %B %Y")
    );
    let rows = [
        ("Animal", Some(escape(species_word(pet.species)))),
        ("Breed", breed_label(pet).map(|breed| escape(&breed))),
        (
            "Where",
            Some(escape(&pet.place_label)).filter(|label| !label.is_empty()),
        ),
        ("When", Some(time)),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(format!("<dt>{term}</dt><dd>{}</dd>", value?)));
    format!("<dl>{}</dl>", rows.collect::<String>())
}

/// Open Graph and Twitter card tags.
fn tags(public: &PublicPet, title: &str) -> String {
    let words = public.pet.description.as_deref().unwrap_or_default();
    let description: String = format!("{} {words}", summary(&public.pet))
        .chars()
        .take(PREVIEW)
        .collect();
    let (title, description, url) = (escape(title), escape(description.trim()), escape(&public.url));
    let mut tags = format!(
        "<link rel=\"canonical\" href=\"{url}\"><meta name=\"description\" content=\"{description}\">\
         <meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" content=\"Finding Sweetie\">\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{description}\">\
         <meta property=\"og:url\" content=\"{url}\"><meta name=\"twitter:title\" content=\"{title}\">\
         <meta name=\"twitter:description\" content=\"{description}\">"
    );
    match &public.photo {
        Some((photo, picture)) => {
            let (picture, alt) = (escape(picture), escape(photo.alt.as_deref().unwrap_or_default()));
            tags.push_str(&format!(
                "<meta name=\"twitter:card\" content=\"summary_large_image\"><meta name=\"twitter:image\" content=\"{picture}\">\
                 <meta property=\"og:image\" content=\"{picture}\"><meta property=\"og:image:alt\" content=\"{alt}\">"
            ));
        }
        None => tags.push_str("<meta name=\"twitter:card\" content=\"summary\">"),
    }
    tags
}

fn document(title: &str, tags: &str, body: &str, home: &str) -> String {
    let (title, home) = (escape(title), escape(home));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{title} - Finding Sweetie</title>{tags}<style>{STYLE}</style>\
         </head><body><main>{body}</main><footer><p>Seen this pet, or know more? Write to whoever reported it on \
         <a href=\"{home}\">Finding Sweetie</a>; phone numbers and addresses stay private.</p></footer></body></html>"
    )
}
