//! Web origins that may call the API from a browser.

use url::{Host, Url};

/// Names of this machine for itself: one address to people, three origins to browsers.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// These origins in the form that browsers send. A loopback origin stands for all loopback names with the same scheme
/// and port, because people who read `http://127.0.0.1:8080` may type `http://localhost:8080`.
pub fn as_browsers_say(origins: &[String]) -> Vec<String> {
    origins.iter().flat_map(|origin| all_names(origin)).collect()
}

fn all_names(origin: &str) -> Vec<String> {
    let Ok(url) = Url::parse(origin) else {
        return vec![origin.to_owned()];
    };
    let names = LOOPBACK.into_iter().filter(|_| is_this_machine(&url));
    let others = names.filter_map(|name| {
        let mut other = url.clone();
        other.set_host(Some(name)).ok()?;
        Some(other)
    });
    let all = std::iter::once(url.clone()).chain(others);
    all.map(|url| url.origin().ascii_serialization()).collect()
}

/// The unspecified address stands for every address, including loopback.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(origin: &str) -> Vec<String> {
        as_browsers_say(&[origin.to_owned()])
    }

    #[test]
    fn the_names_of_this_machine_are_one_origin() {
        for origin in [
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://0.0.0.0:8080",
        ] {
            for name in ["localhost", "127.0.0.1", "[::1]"] {
                assert!(of(origin).contains(&format!("http://{name}:8080")), "{origin}: {name}");
            }
        }
    }

    #[test]
    fn another_host_stands_for_itself_as_browsers_write_it() {
        assert_eq!(of("https://App.example.org:443"), ["https://app.example.org"]);
        assert_eq!(of("http://localhost.example.org"), ["http://localhost.example.org"]);
    }
}
