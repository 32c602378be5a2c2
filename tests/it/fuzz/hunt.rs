//! Sends mutated inputs to a reader until one breaks a promise, or the time is up.

use std::{
    collections::HashSet,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use super::mutation::Mutator;
use crate::support::variable;

/// Inputs in `make test`, which are the same every time.
const FEW: u64 = 300;
const USUAL_SEED: u64 = 20_261_130;
/// The stack of a runtime's worker thread.
const STACK: usize = 2 * 1024 * 1024;
/// Time of a processor that one input may take in a build without optimisation.
const SLOW: Duration = Duration::from_secs(2);
/// Time after which an input is taken to hang, however busy the machine is.
const HANGS: Duration = Duration::from_secs(60);
/// How much more memory may be held at the end than after the first tenth.
const GROWTH: u64 = 256 * 1024 * 1024;
/// Outcomes that are told apart, which is many times what a reader has. Then all are forgotten, so that a target whose
/// outcomes repeat the input's own words neither fills the memory nor stops keeping what leads somewhere new.
const OUTCOMES: usize = 100_000;
/// Attempts to make an input that breaks a promise smaller.
const ATTEMPTS: usize = 2_000;

/// A reader and what it is fed with.
pub struct Target {
    /// The word for it in `make fuzz TARGET=…`.
    pub name: &'static str,
    /// Good inputs to begin with.
    pub corpus: Vec<Vec<u8>>,
    /// Pieces of their language.
    pub words: Vec<String>,
    /// Length in bytes of the longest input.
    pub longest: usize,
    /// Reads an input. Gives what became of it, in a few words that are not the input's, so that an input that leads
    /// somewhere new is kept; or the promise that it breaks.
    pub check: fn(&[u8]) -> Result<String, String>,
}

type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Hunts on a thread with an ordinary stack; panics with what was found.
pub fn hunt(target: Target) {
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || run(target));
    if let Err(found) = worker.expect("a thread starts").join() {
        std::panic::resume_unwind(found);
    }
}

fn run(target: Target) {
    if let Some(file) = variable("SWEETIE_FUZZ_INPUT") {
        let input = fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        println!("{}: {:?}", target.name, outcome(&target, &input));
        return;
    }
    let number = |name: &str| variable(name).map(|text| text.parse::<u64>().expect(name));
    let seconds = number("SWEETIE_FUZZ_SECONDS").map(Duration::from_secs);
    let seed = number("SWEETIE_FUZZ_SEED").unwrap_or_else(|| match seconds {
        Some(_) => u64::from(rand::random::<u32>()),
        None => USUAL_SEED,
    });
    let mut mutator = Mutator::new(seed, target.corpus.clone(), target.words.clone(), target.longest);
    let (current, began) = (watched(target.name), Instant::now());
    let (mut sent, mut outcomes, mut held_early) = (0, Outcomes::default(), 0);
    let over = |sent| seconds.map_or(sent == FEW, |seconds| seconds <= began.elapsed());
    while !over(sent) {
        let input = mutator.next();
        sent += 1;
        match timed(&target, &current, &input) {
            Ok(outcome) => {
                if outcomes.note(&outcome) {
                    mutator.keep(input);
                }
            }
            Err(broken) => report(&target, input, &format!("seed {seed}, input {sent}: {broken}")),
        }
        if seconds.is_none_or(|seconds| began.elapsed() < seconds / 10) {
            held_early = held();
        }
    }
    let (now, rate) = (held(), sent as f64 / began.elapsed().as_secs_f64());
    let megabytes = |bytes: u64| bytes / 1024 / 1024;
    println!(
        "{}: seed {seed}, {sent} inputs, {rate:.0} a second, {} outcomes, {} MiB held after a tenth and {} MiB at the end",
        target.name,
        outcomes.told_apart,
        megabytes(held_early),
        megabytes(now)
    );
    assert!(seconds.is_none() || now < held_early + GROWTH, "the memory grows");
}

/// What became of the inputs.
#[derive(Default)]
struct Outcomes {
    /// Hashes of the last ones, at most [`OUTCOMES`].
    known: HashSet<u64>,
    /// How many there were, counting those again that had been forgotten.
    told_apart: usize,
}

impl Outcomes {
    /// Whether an outcome is new.
    fn note(&mut self, outcome: &str) -> bool {
        if !self.known.insert(hash(outcome.as_bytes())) {
            return false;
        }
        self.told_apart += 1;
        if OUTCOMES < self.known.len() {
            self.known.clear();
        }
        true
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Checks an input, which must not take long.
fn timed(target: &Target, current: &Current, input: &[u8]) -> Result<String, String> {
    *current.lock().unwrap() = Some((Instant::now(), input.to_vec()));
    let before = processor_time();
    let outcome = outcome(target, input);
    let taken = processor_time() - before;
    *current.lock().unwrap() = None;
    match taken {
        short if short < SLOW => outcome,
        long => Err(format!("it takes {long:?}")),
    }
}

fn outcome(target: &Target, input: &[u8]) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| (target.check)(input))).unwrap_or_else(|_| Err("it panics".to_owned()))
}

/// A cell for the current input; the process ends if that takes for ever.
fn watched(name: &'static str) -> Current {
    let current = Current::default();
    let watched = Arc::downgrade(&current);
    thread::spawn(move || {
        while let Some(current) = watched.upgrade() {
            if let Some((since, input)) = &*current.lock().unwrap()
                && HANGS < since.elapsed()
            {
                eprintln!("{name} hangs on {}", written(name, input).display());
                process::abort();
            }
            drop(current);
            thread::sleep(Duration::from_millis(500));
        }
    });
    current
}

/// Writes the input, made smaller while it breaks any promise, and panics.
fn report(target: &Target, input: Vec<u8>, broken: &str) -> ! {
    let input = smaller(target, input);
    let last = outcome(target, &input).err().unwrap_or_default();
    let file = written(target.name, &input);
    panic!(
        "{} breaks a promise: {broken}\n{last}\nthe input, made smaller: {}",
        target.name,
        file.display()
    );
}

/// Takes away what the fault does not need, large pieces first.
fn smaller(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let (mut size, mut start) = (input.len() / 2, 0);
    for _ in 0..ATTEMPTS {
        if size == 0 {
            break;
        }
        if input.len() <= start {
            (size, start) = (size / 2, 0);
            continue;
        }
        let shorter = [&input[..start], &input[input.len().min(start + size)..]].concat();
        match outcome(target, &shorter) {
            Ok(_) => start += size,
            Err(_) => input = shorter,
        }
    }
    input
}

fn written(name: &str, input: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let file = folder.join(format!("{name}-{:016x}", hash(input)));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input));
    written.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    file
}

/// How long this thread had a processor; nothing where the system does not tell.
fn processor_time() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// Bytes of memory that this process holds; nothing where the system does not tell.
fn held() -> u64 {
    let told = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Option<u64> = told.split(' ').nth(1).and_then(|number| number.parse().ok());
    pages.unwrap_or_default() * 4096
}

#[test]
fn however_many_outcomes_there_are_few_are_kept() {
    let mut outcomes = Outcomes::default();
    assert!(outcomes.note("0 fields") && !outcomes.note("0 fields"));
    for number in 1..3 * OUTCOMES {
        assert!(outcomes.note(&format!("{number} fields")));
        assert!(outcomes.known.len() <= OUTCOMES);
    }
    assert_eq!(outcomes.told_apart, 3 * OUTCOMES);
}
