//! Poolers that stand before PostgreSQL and do not keep what a connection has prepared.

use sea_orm::{DbErr, RuntimeErr};

/// Codes of PostgreSQL (appendix A of its manual): a prepared statement that is there already, and one that is not there.
const OF_PREPARED_STATEMENTS: [&str; 2] = ["42P05", "26000"];
/// What PgBouncer says of a setting that it does not hand on.
const STARTUP_PARAMETER: &str = "unsupported startup parameter";

/// The error in our words, if it comes from such a pooler: another client's statements are on the connection, or its own
/// are on another one.
pub fn explained(error: anyhow::Error) -> anyhow::Error {
    match error.chain().filter_map(|cause| cause.downcast_ref()).any(is_of_pooler) {
        true => anyhow::anyhow!(
            "SWEETIE_DATABASE_URL: the pooler before PostgreSQL does not keep prepared statements, which are needed. Let \
             PgBouncer have ignore_startup_parameters = extra_float_digits, and either max_prepared_statements = 200 \
             (version 1.21 or newer) or pool_mode = session; or connect to PostgreSQL itself"
        ),
        false => error,
    }
}

fn is_of_pooler(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(fault))
    | DbErr::Exec(RuntimeErr::SqlxError(fault))
    | DbErr::Query(RuntimeErr::SqlxError(fault))) = error
    else {
        return false;
    };
    fault.as_database_error().is_some_and(|fault| {
        let code = fault.code().unwrap_or_default();
        OF_PREPARED_STATEMENTS.contains(&&*code) || fault.message().starts_with(STARTUP_PARAMETER)
    })
}
