//! Job: scores reports against their counterparts.

use std::collections::{HashMap, HashSet};

use ::visual_similarity::SimilarityIndex;
use entity::{id::PetId, pet_match, vocabulary::PetKind};
use match_score::{KEPT, PhotoEvidence, Subject};
use pet_index::LivePetIndex;

use super::{
    candidates::{self, Prospect},
    counterparts::Counterparts,
    lists::{ListFloors, above_floors, enterable, keep_matches},
    pair::Pair,
    store,
    subject::ReadSubject,
};
use crate::{
    deps::Deps,
    domain::{
        pets::visual_similarity::{copies_among_open, photo_evidence},
        photos,
    },
    kernel::Result,
};

/// Batches of at least this many reports search for lost reports together.
const TOGETHER: usize = 20;
/// Number of reports whose results are stored together.
const STORED_TOGETHER: usize = 64;
/// Number of rows read at once.
const READ_AT_ONCE: usize = 64;

/// Scores reports against their open counterparts and keeps the best pairs of every lost report. Idempotent.
pub async fn find_matches(deps: &Deps, pet_ids: &[PetId]) -> Result<()> {
    // If two reports arrive at once on two nodes, each is a counterpart of the other. Whichever is processed second has
    // to find the first, so the indexes in memory must be up to date with the log.
    deps.read_model::<LivePetIndex>().catch_up(deps).await?;
    deps.read_model::<SimilarityIndex>().catch_up(deps).await?;
    deps.read_model::<ListFloors>().catch_up(deps).await?;
    let open = candidates::open(deps.db.read(), pet_ids).await?;
    let others: Vec<ReadSubject> = open.iter().filter(|own| own.kind != PetKind::Lost).cloned().collect();
    let lost = match TOGETHER <= others.len() {
        true => candidates::lost_around_all(deps, &others).await?,
        false => None,
    };
    let without_place = candidates::without_place(deps.db.read(), &open).await?;
    for batch in open.chunks(STORED_TOGETHER) {
        let ids: Vec<PetId> = batch.iter().map(|own| PetId(own.id)).collect();
        let mut counterparts = Counterparts::default();
        let pictured = photos::with_photos(deps.db.read(), &ids).await?;
        let dismissed = store::dismissed_with(deps.db.read(), &ids).await?;
        let (mut pairs, mut entrants) = (HashMap::new(), Vec::new());
        for own in batch {
            let mut prospects = match &lost {
                Some(lost) if own.kind != PetKind::Lost => candidates::among(own, lost),
                _ => candidates::around(deps, own).await?,
            };
            prospects.extend(candidates::among(own, &without_place));
            candidates::look_at_photos(deps, PetId(own.id), &mut prospects).await?;
            if own.kind == PetKind::Lost {
                candidates::sort(&mut prospects);
                prospects.retain(|prospect| !dismissed.contains(&(PetId(own.id), prospect.id)));
                let best = best_of(deps, own, &prospects, (&mut counterparts, &pictured)).await?;
                pairs.insert(PetId(own.id), best);
            } else {
                entrants.push((own, above_floors(deps, prospects).await?));
            }
        }
        for pair in entering(deps, entrants, (&mut counterparts, &pictured)).await? {
            pairs.entry(pair.other_id).or_default().push(pair);
        }
        keep_matches(deps, new_pairs(deps, batch, pairs).await?).await?;
    }
    Ok(())
}

/// What is to be stored of a batch of reports: these pairs, and those that are stored already, as far as they say something
/// else now.
async fn new_pairs(deps: &Deps, batch: &[ReadSubject], mut all_pairs: HashMap<PetId, Vec<Pair>>) -> Result<Vec<Pair>> {
    let ids: Vec<PetId> = batch.iter().map(|own| PetId(own.id)).collect();
    let mut all_known = store::of_pets(deps.db.read(), &ids).await?;
    let mut found = Vec::new();
    for own in batch {
        let id = PetId(own.id);
        let mut pairs = all_pairs.remove(&id).unwrap_or_default();
        let known = all_known.remove(&id).unwrap_or_default();
        pairs.append(&mut again(deps, own, &pairs, &known).await?);
        let mut news: Vec<Pair> = news(pairs, &known).collect();
        count_surroundings(deps, own, &mut news).await?;
        found.append(&mut news);
    }
    Ok(found)
}

/// Counts the reports around the lost ones of these pairs. Those around a find that is near are about as many, so one count
/// does for all lost reports near it; those farther away keep the number that they have.
async fn count_surroundings(deps: &Deps, own: &Subject, pairs: &mut [Pair]) -> Result<()> {
    let is_counted = |pair: &&mut Pair| own.kind == PetKind::Lost || pair.is_near;
    let mut pairs = pairs.iter_mut().filter(is_counted).peekable();
    if pairs.peek().is_some() {
        let counted = candidates::surroundings(deps, own).await?;
        pairs.for_each(|pair| pair.surroundings = counted);
    }
    Ok(())
}

/// The pairs whose stored row, if there is one, says something else.
fn news(pairs: Vec<Pair>, known: &[pet_match::Model]) -> impl Iterator<Item = Pair> {
    pairs.into_iter().filter(|pair| {
        let before = known.iter().find(|row| (row.lost_id, row.other_id) == pair.sides());
        before.is_none_or(|before| pair.differs_from(before))
    })
}

/// The best pairs of a lost report, and all with the same chip or picture. Rows are read, of the
/// most promising first, as long as the remaining candidates could be among the best.
async fn best_of(
    deps: &Deps,
    lost: &ReadSubject,
    prospects: &[Prospect],
    (counterparts, pictured): (&mut Counterparts, &HashSet<PetId>),
) -> Result<Vec<Pair>> {
    let mut sure = sure_pairs(deps, lost, pictured).await?;
    let mut best: Vec<Pair> = Vec::with_capacity(KEPT + READ_AT_ONCE);
    for prospects in prospects.chunks(READ_AT_ONCE) {
        let next = prospects.first().map_or(f64::NEG_INFINITY, |prospect| prospect.at_most);
        if best.len() == KEPT && best.last().is_some_and(|last| next <= last.score()) {
            break;
        }
        counterparts
            .read(deps, prospects.iter().map(|prospect| prospect.id))
            .await?;
        best.extend(scored(lost, prospects, counterparts, &sure));
        best.sort_by(|one, two| {
            two.score()
                .total_cmp(&one.score())
                .then(one.other_id.cmp(&two.other_id))
        });
        best.truncate(KEPT);
    }
    best.append(&mut sure);
    Ok(best)
}

/// The pairs by which other reports enter the lists of lost ones, and all with the same chip or picture.
async fn entering(
    deps: &Deps,
    all_prospects: Vec<(&ReadSubject, Vec<Prospect>)>,
    (counterparts, pictured): (&mut Counterparts, &HashSet<PetId>),
) -> Result<Vec<Pair>> {
    let (others, mut all_prospects): (Vec<_>, Vec<_>) = all_prospects.into_iter().unzip();
    let lists = enterable(deps, &mut all_prospects).await?;
    let ids = all_prospects.iter().flatten().map(|prospect| prospect.id);
    counterparts.read(deps, ids).await?;
    let (mut sure, mut listed) = (Vec::new(), Vec::new());
    for (own, prospects) in others.into_iter().zip(all_prospects) {
        let mut sure_pairs = sure_pairs(deps, own, pictured).await?;
        listed.append(&mut scored(own, &prospects, counterparts, &sure_pairs));
        sure.append(&mut sure_pairs);
    }
    lists.keep_entering(&mut listed);
    sure.append(&mut listed);
    Ok(sure)
}

/// The pairs with these candidates, which were read, except those that are known already.
fn scored(own: &ReadSubject, prospects: &[Prospect], counterparts: &Counterparts, known: &[Pair]) -> Vec<Pair> {
    let is_known = |id: PetId| known.iter().any(|pair| pair.lost_id == id || pair.other_id == id);
    let unknown = prospects.iter().filter(|prospect| !is_known(prospect.id));
    let pairs = unknown.filter_map(|prospect| Some(Pair::of(own, counterparts.open(prospect.id)?, prospect.photo)));
    pairs.filter(|pair| pair.scored.is_some()).collect()
}

/// The pairs with the same chip or the same picture, wherever and whenever the other report is. `pictured` are the reports that
/// show photos: most animals of an import have none, and need not be asked for one by one.
async fn sure_pairs(deps: &Deps, own: &ReadSubject, pictured: &HashSet<PetId>) -> Result<Vec<Pair>> {
    let mut others = candidates::of_same_chip(deps.db.read(), own).await?;
    let copies = match pictured.contains(&PetId(own.id)) {
        true => copies_among_open(deps, PetId(own.id)).await?,
        false => Vec::new(),
    };
    let unknown: Vec<PetId> = copies
        .iter()
        .copied()
        .filter(|id| others.iter().all(|other| other.id != id.0))
        .collect();
    others.extend(candidates::open(deps.db.read(), &unknown).await?);
    with_photos(deps, own, &others, &copies).await
}

/// The pairs of a report with these, as far as they can be one animal. `copies` are those that show its picture.
async fn with_photos(deps: &Deps, own: &ReadSubject, others: &[ReadSubject], copies: &[PetId]) -> Result<Vec<Pair>> {
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PetId> = others.iter().map(|other| PetId(other.id)).collect();
    let evidence = photo_evidence(deps, PetId(own.id), &ids).await?;
    let photo = |other: &ReadSubject| {
        let id = PetId(other.id);
        let photo = evidence.get(&id).copied().map(candidates::weighed);
        match copies.contains(&id) {
            true => Some(PhotoEvidence {
                is_copy: true,
                ..photo.unwrap_or_default()
            }),
            false => photo,
        }
    };
    let pairs = others.iter().map(|other| Pair::of(own, other, photo(other)));
    Ok(pairs.filter(|pair| pair.scored.is_some()).collect())
}

/// Stored matches that go on and are not among these pairs, with a new score.
async fn again(deps: &Deps, own: &ReadSubject, pairs: &[Pair], known: &[pet_match::Model]) -> Result<Vec<Pair>> {
    let is_among = |row: &&pet_match::Model| pairs.iter().any(|pair| pair.sides() == (row.lost_id, row.other_id));
    let left = known.iter();
    let left: Vec<&pet_match::Model> = left.filter(|row| row.ended_at.is_none() && !is_among(row)).collect();
    let counterpart = |row: &pet_match::Model| match row.lost_id.0 == own.id {
        true => row.other_id,
        false => row.lost_id,
    };
    let ids: Vec<PetId> = left.iter().map(|row| counterpart(row)).collect();
    let others = candidates::any(deps.db.read(), &ids).await?;
    let versions = |row: &pet_match::Model| {
        let other = others.iter().find(|other| other.id == counterpart(row).0)?;
        Some(match row.lost_id.0 == own.id {
            true => [own.version, other.version],
            false => [other.version, own.version],
        })
    };
    let pairs = with_photos(deps, own, &others, &[]).await?;
    let mut pairs: HashMap<_, _> = pairs.into_iter().map(|pair| (pair.sides(), pair)).collect();
    // Reports of which one has become one of the other kind are no pair any more.
    let scored = left.into_iter().map(|row| {
        let pair = pairs.remove(&(row.lost_id, row.other_id));
        pair.unwrap_or_else(|| Pair::nothing(row, versions(row)))
    });
    Ok(scored.collect())
}
