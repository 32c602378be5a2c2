//! A file on a server of SFTP.

use url::Url;

use super::{
    csv_https::table,
    http::{MOST_BYTES, TIMEOUT, failure},
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::{Limits, Outbound, SftpError, SftpFile, SftpSecret, host_key};

const LIMITS: Limits = Limits {
    most_bytes: MOST_BYTES,
    timeout: TIMEOUT,
    redirects: 0,
};

/// Reads the file, from a server that shows the key that is known.
pub(super) async fn pull(outbound: &Outbound, source: &Source) -> Result<Pulled, PullError> {
    let unusable = || PullError::Refused("the settings of this connector cannot be used: enter them again".to_owned());
    let file = file(source).ok_or_else(unusable)?;
    let read = outbound.read_sftp(file, LIMITS).await;
    read.map(table).map_err(|error| match error {
        SftpError::Outbound(error) => failure(error),
        error if error.is_final() => PullError::Refused(error.to_string()),
        error => PullError::unavailable(&error.to_string()),
    })
}

/// `None` if something of it is missing, or cannot be used.
fn file(source: &Source) -> Option<SftpFile> {
    let Place { host, port, path } = place(&source.address)?;
    Some(SftpFile {
        host,
        port,
        path,
        user: source.account.clone()?,
        secret: SftpSecret::parse(&source.secret)?,
        host_key: host_key(source.host_key.as_deref()?)?,
    })
}

/// Where a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub host: String,
    pub port: Option<u16>,
    pub path: String,
}

/// The parts of `sftp://host:port/path`. A path that begins with `/~/` is below the folder in which the user starts.
pub(super) fn place(address: &str) -> Option<Place> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == "sftp")?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let path = decoded(url.path())?;
    let path = match path.strip_prefix("/~/") {
        Some(below) => below.to_owned(),
        None => path,
    };
    let has_name = is_plain && !path.is_empty() && !path.ends_with('/') && !path.contains('\0');
    has_name.then_some(Place {
        host: url.host_str()?.to_owned(),
        port: url.port(),
        path,
    })
}

/// A path with the letters that an address has to write as `%20` and the like.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|_| *first == b'%');
        let letter = pair.and_then(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
        bytes.push(letter.unwrap_or(*first));
        rest = after.get(letter.map_or(0, |_| 2)..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_host_and_a_file() {
        let place_of = |address: &str| place(address).map(|place| (place.host, place.port, place.path));
        let expected = |host: &str, port, path: &str| Some((host.to_owned(), port, path.to_owned()));
        for (address, parts) in [
            (
                "sftp://files.example.org/out/pets.csv",
                expected("files.example.org", None, "/out/pets.csv"),
            ),
            (
                "sftp://files.example.org:2222/pets.csv",
                expected("files.example.org", Some(2222), "/pets.csv"),
            ),
            (
                "sftp://files.example.org/~/my%20pets.csv",
                expected("files.example.org", None, "my pets.csv"),
            ),
            (
                "sftp://[2001:db8::1]/pets.csv",
                expected("[2001:db8::1]", None, "/pets.csv"),
            ),
        ] {
            assert_eq!(place_of(address), parts, "{address}");
        }
        for address in [
            "https://files.example.org/pets.csv",
            "sftp://files.example.org",
            "sftp://files.example.org/out/",
            "sftp://ann@files.example.org/pets.csv",
            "sftp://files.example.org/pets%00.csv",
            "sftp://files.example.org/%ff.csv",
            "sftp:///pets.csv",
            "files.example.org/pets.csv",
        ] {
            assert_eq!(place(address), None, "{address}");
        }
    }
}
