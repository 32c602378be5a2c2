//! The limit on open files. Every connection uses one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files reserved for the database, blobs, mails and the like: an eighth, at least this many, but no more than half.
const LEAST_RESERVE: u64 = 64;
/// Used if the system has no limit.
const UNLIMITED: u64 = 1 << 20;

/// Raises the soft limit as far as the system allows, and returns the number of connections that then fit.
pub fn raise() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        let raised = Rlimit {
            current: maximum,
            maximum,
        };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "the limit of open files could not be raised: few connections fit");
        }
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(UNLIMITED);
    tracing::info!("at most {files} open files");
    room(files)
}

fn room(files: u64) -> usize {
    let reserve = (files / 8).max(LEAST_RESERVE).min(files / 2);
    usize::try_from(files.saturating_sub(reserve)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::room;

    #[test]
    fn connections_leave_files_for_the_rest() {
        assert_eq!(room(1024), 896);
        assert_eq!(room(256), 192);
        assert_eq!(room(1 << 20), 917_504);
        assert_eq!(room(10), 5);
    }
}
