//! Twilio's signature of a webhook call.
//!
//! The signature is the base64 of an HMAC-SHA1, keyed with the account's auth token, over the URL as called, followed
//! by the name and value of every form field, sorted and with equal pairs counted once. Twilio signs with or without
//! the default port depending on the route of a call, so both are accepted.

use std::{borrow::Cow, collections::BTreeSet};

use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// The signature of a call, as sent in the header `X-Twilio-Signature`.
pub fn sign(token: &str, url: &str, form: &[(String, String)]) -> String {
    Base64::encode_string(&mac(token, url, form).finalize().into_bytes())
}

/// Whether `signature` fits the call; compares in constant time.
pub(super) fn is_genuine(token: &str, url: &str, form: &[(String, String)], signature: &str) -> bool {
    let Ok(signature) = Base64::decode_vec(signature) else {
        return false;
    };
    let is_over = |url: &str| mac(token, url, form).verify_slice(&signature).is_ok();
    is_over(url) | other_spelling(url).is_some_and(|url| is_over(&url))
}

fn mac(token: &str, url: &str, form: &[(String, String)]) -> Hmac<Sha1> {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in form.iter().collect::<BTreeSet<_>>() {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}

/// The same URL with its scheme's default port added if it has no port, or with its port removed if it has one. The
/// rest stays byte for byte: a URL library would normalise it.
fn other_spelling(url: &str) -> Option<Cow<'static, str>> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host_end = authority.rfind([']', '@']).unwrap_or(0);
    let port = authority.get(host_end..)?.find(':').map(|colon| host_end + colon);
    let default_port = match scheme {
        "https" => "443",
        _ => "80",
    };
    Some(
        match port.and_then(|colon| authority.get(..colon)) {
            Some(host) => format!("{scheme}://{host}{path}"),
            None => format!("{scheme}://{authority}:{default_port}{path}"),
        }
        .into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "00112233445566778899aabbccddeeff";

    fn form(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect()
    }

    fn message() -> Vec<(String, String)> {
        form(&[
            ("To", "+15550100"),
            ("From", "+15550101"),
            ("Body", "Found her! 🐾 & more"),
            ("NumMedia", "0"),
            ("Empty", ""),
        ])
    }

    /// The expected values were computed with another implementation of HMAC.
    #[test]
    fn a_signature_covers_the_address_and_every_field() {
        let url = "https://sweetie.example/webhooks/sms?node=a%20b";
        assert_eq!(sign(TOKEN, url, &message()), "xMdGEzgQtycGPToV7N0aVwtkYds=");
        let repeated = form(&[("A", "2"), ("A", "1"), ("A", "2")]);
        assert_eq!(
            sign(TOKEN, "https://sweetie.example/webhooks/sms", &repeated),
            "TU7/XkARJAG6/fqtOiDDGFHreKs="
        );
        let json = "https://sweetie.example/webhooks/events?bodySHA256=00ff";
        assert_eq!(sign(TOKEN, json, &[]), "RmgTYOby8UZPNYtvSMkUW8pMVV4=");
    }

    #[test]
    fn whatever_was_changed_on_the_way_is_not_genuine() {
        let (url, form) = ("https://sweetie.example/webhooks/sms", message());
        let signature = sign(TOKEN, url, &form);
        assert!(is_genuine(TOKEN, url, &form, &signature));

        let mut other = form.clone();
        other[2].1.push('!');
        let mut longer = form.clone();
        longer.push(("Extra".into(), String::new()));
        assert!(!is_genuine(TOKEN, url, &other, &signature));
        assert!(!is_genuine(TOKEN, url, &longer, &signature));
        assert!(!is_genuine(TOKEN, url, &form[1..], &signature));
        assert!(!is_genuine("another token", url, &form, &signature));
        assert!(!is_genuine(
            TOKEN,
            "https://sweetie.example/webhooks/sms/",
            &form,
            &signature
        ));
        for not_a_signature in ["", "AAAA", "not base64", &signature[1..]] {
            assert!(!is_genuine(TOKEN, url, &form, not_a_signature));
        }
    }

    #[test]
    fn the_default_port_may_be_there_or_not() {
        let pairs = [
            ("https://sweetie.example/a?b=c:d", "https://sweetie.example:443/a?b=c:d"),
            ("http://sweetie.example", "http://sweetie.example:80"),
            ("https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a"),
        ];
        for (without, with) in pairs {
            assert!(is_genuine(TOKEN, without, &[], &sign(TOKEN, with, &[])), "{with}");
            assert!(is_genuine(TOKEN, with, &[], &sign(TOKEN, without, &[])), "{without}");
        }
    }
}
