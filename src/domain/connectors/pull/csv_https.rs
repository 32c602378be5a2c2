//! A file at an address, as somebody's report or export is.

use base64ct::{Base64, Encoding};

use super::{
    http::{get, secret_header},
    source::{PullError, Pulled, Source},
};
use crate::ports::outbound::Outbound;

/// Storage on the web sends its clients to where the file is. The secret does not go along.
const REDIRECTS: u8 = 3;

/// Fetches the file, with the account and its password, or with a key alone.
pub(super) async fn pull(outbound: &Outbound, source: &Source) -> Result<Pulled, PullError> {
    let credentials = match (&source.account, source.secret.as_str()) {
        (None, "") => None,
        (None, key) => Some(format!("Bearer {key}")),
        (Some(account), password) => {
            let pair = format!("{account}:{password}");
            Some(format!("Basic {}", Base64::encode_string(pair.as_bytes())))
        }
    };
    let credentials = credentials
        .map(|value| secret_header("authorization", &value))
        .transpose()?;
    let file = get(outbound, &source.address, credentials.into_iter().collect(), REDIRECTS).await?;
    Ok(table(file.to_vec()))
}

/// A table, of which nothing says when it was changed.
pub(super) fn table(data: Vec<u8>) -> Pulled {
    let lines = data
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let records = lines.count().saturating_sub(1);
    Pulled {
        records: u32::try_from(records).unwrap_or(u32::MAX),
        newest: None,
        data,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_the_first_are_counted() {
        let records = |text: &str| table(text.as_bytes().to_vec()).records;
        assert_eq!(
            (records(""), records("id,species\r\n"), records("id,species\r\n\r\n")),
            (0, 0, 0)
        );
        assert_eq!(records("id,species\n1,Dog\n2,Cat"), 2);
    }
}
