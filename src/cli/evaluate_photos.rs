//! `sweetie evaluate-photos`: how well the search by picture finds the animals of a folder.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::say;
use crate::{app, config::Config, domain::visual_similarity::Evaluation};

/// Names the animals of the photos, if a folder has it: the first two columns are `file`, a path within the folder, and
/// `animal`, empty for a photo that only distracts.
const LIST: &str = "photos.csv";
const PICTURES: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Prints the figures for a folder with one sub-folder for each animal, and further photos that only distract beside
/// them, or with a [`LIST`].
pub async fn evaluate_photos(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let photos = listed(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let animals = photos
        .values()
        .flatten()
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let vision = app::vision(config)?;
    let mut evaluation = Evaluation::new(&vision);
    for (path, animal) in photos {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).with_context(|| format!("{name} cannot be read"))?;
        if let Err(refused) = evaluation.add(animal, bytes.into()).await.context(name.clone())? {
            say(format!("{name} is left out: {refused}"))?;
        }
    }
    let figures = evaluation.figures();
    let figures = figures.context("no animal has two different photos: give each a sub-folder with its photos")?;
    let model = vision.embedding.map_or("none", |_| "yes");
    say(format!(
        "model      {model}\n\
         photos     {}, {animals} animals\n\
         searches   {}, each photo of an animal among the others; copies of it left out\n\
         recall@1   {:.3}\n\
         recall@5   {:.3}\n\
         mAP        {:.3}\n\
         search     {:.1} ms median, {:.1} ms p95",
        figures.photos,
        figures.searches,
        figures.recall_at_1,
        figures.recall_at_5,
        figures.mean_average_precision,
        figures.median.as_secs_f64() * 1000.0,
        figures.within_95.as_secs_f64() * 1000.0,
    ))
}

/// The photos of a folder, each with its animal.
fn listed(folder: &Path) -> std::io::Result<BTreeMap<PathBuf, Option<String>>> {
    let list = folder.join(LIST);
    if list.exists() {
        return Ok(from_list(folder, &std::fs::read_to_string(list)?));
    }
    let mut photos = BTreeMap::new();
    for path in entries(folder)? {
        if !path.is_dir() {
            photos.insert(path, None);
            continue;
        }
        let animal = path.file_name().map(|name| name.to_string_lossy().into_owned());
        photos.extend(entries(&path)?.into_iter().map(|photo| (photo, animal.clone())));
    }
    photos.retain(|path, _| is_picture(path));
    Ok(photos)
}

/// The photos of a list that are there.
fn from_list(folder: &Path, list: &str) -> BTreeMap<PathBuf, Option<String>> {
    let rows = list.lines().skip(1).filter_map(|row| {
        let mut cells = row.split(',').map(|cell| cell.trim().trim_matches('"'));
        let (file, animal) = (cells.next()?, cells.next()?);
        let animal = Some(animal.to_owned()).filter(|animal| !animal.is_empty());
        Some((folder.join(file), animal))
    });
    rows.filter(|(path, _)| path.is_file()).collect()
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| PICTURES.contains(&ending.as_str()))
}
