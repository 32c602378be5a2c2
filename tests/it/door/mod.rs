//! The front door for clients as they are: documents by name, origins, proxies, headers, and what attackers try.

mod attacks;
mod origins;
mod persisted_queries;
mod proxies;
mod raw;
mod security_headers;
mod trusted_documents;
mod unknown_paths;
