//! The program's commands.

mod evaluate_matching;
mod evaluate_photos;

use std::{
    fmt::Display,
    io::{ErrorKind, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use entity::vocabulary::Role;

use self::evaluate_matching::Sample;
use crate::{
    app::{App, Company, Demo, install_tls, make_private},
    config,
    domain::{
        accounts, matching,
        pets::{self, Missing},
        photos,
    },
    graphql,
};

/// Stack of the threads that execute requests. A deeply nested query needs a frame for each level, and in development
/// builds frames are several times as large as in a release.
const STACK_BYTES: usize = 8 << 20;

/// A GraphQL server that reunites lost pets with their people.
#[derive(Parser)]
#[command(name = "sweetie", version, after_long_help = config::help())]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the server; brings the database up to date first.
    Serve {
        /// Adds demo data to an empty database.
        #[arg(long)]
        demo: bool,
    },
    /// Brings the database up to date.
    Migrate,
    /// Prints the GraphQL schema.
    Schema,
    /// Adds demo data to an empty database.
    Demo,
    /// Gives an account a role.
    GrantRole {
        /// Address of the account.
        email: String,
        /// The role.
        role: RoleName,
    },
    /// Marks the database as restored from a backup, so that no client resumes from a number given out after that backup.
    /// Run it after each restore, before you start the server.
    MarkRestored,
    /// Computes the fingerprints of photos that have none yet, so that they can be found; may be interrupted and run again.
    HashPhotos,
    /// Measures how well the search by picture finds the animals of a folder: one sub-folder for each animal with its
    /// photos, and beside them photos that only distract. Needs no database.
    EvaluatePhotos {
        /// The folder.
        folder: PathBuf,
    },
    /// Looks up the places of reports that could not be found so far, at the rate that the service allows. May be stopped
    /// and run again, and may run beside a server.
    GeocodeMissing {
        /// How many at most.
        #[arg(long)]
        limit: Option<u64>,
    },
    /// Measures how well matches are found, on reports with known pairs.
    EvaluateMatching(Sample),
    /// Fits the weights of the matching score to reports with known pairs, and prints them.
    TuneMatching(Sample),
    /// Prints the reports about which people have decided, as a file of known pairs for the two commands above. It holds
    /// private texts: keep it as you keep the database.
    KnownPairs,
    /// Prints .env.example.
    #[command(hide = true)]
    EnvExample,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Member,
    Moderator,
    Admin,
}

/// Runs the command given on the command line.
pub fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If nobody reads standard error, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "sweetie: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Schema => print(&graphql::sdl())?,
        Command::EnvExample => print(&config::env_example())?,
        Command::EvaluateMatching(sample) => print(&evaluate_matching::evaluate_matching(&sample)?)?,
        Command::TuneMatching(sample) => print(&evaluate_matching::tune_matching(&sample)?)?,
        command => {
            make_private();
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .thread_stack_size(STACK_BYTES)
                .enable_all()
                .build()?;
            let done = runtime.block_on(with_database(command));
            // Threads that are still busy have already had all the time there is.
            runtime.shutdown_background();
            done?
        }
    }
    Ok(())
}

async fn with_database(command: Command) -> anyhow::Result<()> {
    let config = config::load()?;
    start_log(&config)?;
    install_tls();
    match command {
        Command::Serve { demo } => {
            let demo = if demo { Demo::IfEmpty } else { Demo::No };
            App::open(config, Company::Alone).await?.serve(demo).await
        }
        Command::Migrate => {
            App::open(config, Company::Alone).await?;
            say("the database is up to date")
        }
        Command::Demo => say(App::open(config, Company::Alone).await?.add_demo().await?),
        Command::GrantRole { email, role } => {
            let app = App::open(config, Company::BesideServer).await?;
            let member = accounts::grant_role(app.deps(), &email, role.into()).await;
            let member = member.with_context(|| format!("no role was granted to the account of {email}"))?;
            say(format!("{} is now {:?}", member.display_name, member.role))
        }
        Command::MarkRestored => {
            let epoch = App::open(config, Company::BesideServer)
                .await?
                .deps()
                .begin_history()
                .await?;
            say(format!("a new history begins here: {epoch}"))
        }
        Command::HashPhotos => {
            let app = App::open(config, Company::BesideServer).await?;
            let done = photos::hash_photos(app.deps()).await.context("photos")?;
            say(format!("{done} photos processed"))
        }
        Command::EvaluatePhotos { folder } => evaluate_photos::evaluate_photos(&config, &folder).await,
        Command::GeocodeMissing { limit } => {
            geocode_missing(&App::open(config, Company::BesideServer).await?, limit).await
        }
        Command::KnownPairs => {
            let app = App::open(config, Company::BesideServer).await?;
            print(&match_evaluation::write(&matching::known_pairs(app.deps()).await?))
        }
        Command::Schema | Command::EnvExample | Command::EvaluateMatching(_) | Command::TuneMatching(_) => Ok(()),
    }
}

async fn geocode_missing(app: &App, limit: Option<u64>) -> anyhow::Result<()> {
    let tell = |so_far: &Missing| {
        if so_far.asked.is_multiple_of(10) {
            // If progress cannot be printed, the work still has to be done.
            let _ = say(format!("{} asked, {} found", so_far.asked, so_far.resolved));
        }
    };
    let Missing {
        asked,
        resolved,
        unknown,
        failed,
    } = pets::geocode_missing(app.deps(), limit, tell).await?;
    say(format!(
        "{asked} looked up: {resolved} found, {unknown} unknown to the service, {failed} to be tried again"
    ))
}

fn say(line: impl Display) -> anyhow::Result<()> {
    print(&format!("{line}\n"))
}

/// It is not an error if the reader, such as `head`, has seen enough.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("standard output"),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn start_log(config: &config::Config) -> anyhow::Result<()> {
    // PostgreSQL's notices ("relation already exists, skipping") are not news, nor are attempts to reach a Redis node:
    // that Redis is down is logged once. What is wrong with a passkey is told to whoever sent it, not dumped.
    let filter = format!(
        "redis=off,webauthn_rs_core=off,{},sqlx::postgres::notice=warn,sea_orm_migration=warn",
        config.log
    );
    let filter = tracing_subscriber::EnvFilter::try_new(filter).context("SWEETIE_LOG: not a filter of the log")?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // The program goes on if nobody reads its log any more, for example behind `head`.
        .log_internal_errors(false);
    // Colours are only for terminals, and only if `NO_COLOR` is not set.
    let log = match std::io::stderr().is_terminal() {
        true => log,
        false => log.with_ansi(false),
    };
    if config.log_json {
        log.json().init()
    } else {
        log.init()
    }
    Ok(())
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Member => Self::Member,
            RoleName::Moderator => Self::Moderator,
            RoleName::Admin => Self::Admin,
        }
    }
}
