//! Measures the matching of reports on known pairs; needs no database.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use match_evaluation::{Noise, Plan, Report, evaluation, generate, read, tune, write};

/// Which reports to measure on.
#[derive(Args)]
pub struct Sample {
    /// A file of reports with known pairs, as docs/MATCHING.md describes it. Without one, reports are made up.
    file: Option<PathBuf>,
    /// Number of reports to make up.
    #[arg(long, default_value_t = 20_000, conflicts_with = "file")]
    reports: usize,
    /// Number of animals to make up that are lost and also reported by others.
    #[arg(long, default_value_t = 500, conflicts_with = "file")]
    pairs: usize,
    /// Different seeds make up different reports.
    #[arg(long, default_value_t = 1, conflicts_with = "file")]
    seed: u64,
    /// Number of days over which the losses are spread.
    #[arg(long, default_value_t = 365, conflicts_with = "file")]
    days: u16,
    /// Multiplies all that goes wrong in made-up reports.
    #[arg(long, default_value_t = 1.0, conflicts_with = "file")]
    noise: f64,
    /// Also writes the reports to this file.
    #[arg(long)]
    write: Option<PathBuf>,
}

/// Ranks the reports and describes the outcome.
pub fn evaluate_matching(sample: &Sample) -> anyhow::Result<String> {
    Ok(evaluation(&sample.reports()?))
}

/// Fits the weights of the score on half of the reports, and describes the outcome on the other half.
pub fn tune_matching(sample: &Sample) -> anyhow::Result<String> {
    Ok(tune(&sample.reports()?))
}

impl Sample {
    fn reports(&self) -> anyhow::Result<Vec<Report>> {
        let reports = match &self.file {
            Some(file) => {
                let name = file.display();
                let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
                read(&text).with_context(|| name.to_string())?
            }
            None => generate(&self.plan()),
        };
        if let Some(file) = &self.write {
            std::fs::write(file, write(&reports)).with_context(|| format!("{} cannot be written", file.display()))?;
        }
        Ok(reports)
    }

    fn plan(&self) -> Plan {
        Plan {
            reports: self.reports,
            pairs: self.pairs,
            seed: self.seed,
            days: f64::from(self.days),
            noise: Noise::default().times(self.noise),
        }
    }
}
