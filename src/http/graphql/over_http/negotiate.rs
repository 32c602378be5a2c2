//! Which of the two media types an answer is written in.

use axum::http::{HeaderMap, header::ACCEPT};

/// A media type that answers can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/json`: a refused document is answered with 200.
    Json,
    /// `application/graphql-response+json`: a refused document is answered with 400.
    GraphqlResponse,
}

impl Media {
    /// The whole `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
        }
    }
}

/// A media range of the header: its name in lower case and its weight.
struct Range {
    name: String,
    weight: f32,
}

/// The media type the client likes best; `None` if it accepts neither (406).
///
/// The weight of a type is that of the most specific range that matches it. Without `Accept`, or when only wildcards
/// match, it is `application/json`; when both types are named with the same weight, the newer one.
pub fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let ranges: Vec<Range> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(range)
        .collect();
    if ranges.is_empty() {
        return (!headers.contains_key(ACCEPT)).then_some(Media::Json);
    }
    let (json, _) = weight(&ranges, Media::Json);
    let (graphql, named) = weight(&ranges, Media::GraphqlResponse);
    match () {
        () if json <= 0.0 && graphql <= 0.0 => None,
        () if json < graphql || (json <= graphql && named) => Some(Media::GraphqlResponse),
        () => Some(Media::Json),
    }
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let weight = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case("q"))
        .map_or(Some(1.0), |(_, value)| value.trim().parse().ok())
        .filter(|weight| (0.0..=1.0).contains(weight))?;
    Some(Range { name, weight })
}

/// The weight of a media type and whether it is named itself, rather than matched by a wildcard.
fn weight(ranges: &[Range], media: Media) -> (f32, bool) {
    let of = |name: &str| {
        ranges
            .iter()
            .filter(|range| range.name == name)
            .map(|range| range.weight)
            .reduce(f32::max)
    };
    match of(media.name()) {
        Some(weight) => (weight, true),
        None => (of("application/*").or_else(|| of("*/*")).unwrap_or(0.0), false),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_highest_weight_of_the_most_specific_range_wins() {
        let table = [
            ("application/json", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("APPLICATION/GRAPHQL-RESPONSE+JSON", Some(Media::GraphqlResponse)),
            (
                "application/json;q=0.5, application/graphql-response+json;q=0.9",
                Some(Media::GraphqlResponse),
            ),
            (
                "application/graphql-response+json;q=0.2, application/json",
                Some(Media::Json),
            ),
            (
                "application/json, application/graphql-response+json",
                Some(Media::GraphqlResponse),
            ),
            (
                "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                Some(Media::GraphqlResponse),
            ),
            ("*/*", Some(Media::Json)),
            ("application/*;q=0.8, text/html", Some(Media::Json)),
            ("*/*, application/json;q=0", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json;q=0", None),
            ("image/png", None),
            ("application/json;q=nonsense", None),
        ];
        for (accept, expected) in table {
            let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(negotiate(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn without_accept_it_is_json() {
        assert_eq!(negotiate(&HeaderMap::new()), Some(Media::Json));
    }
}
