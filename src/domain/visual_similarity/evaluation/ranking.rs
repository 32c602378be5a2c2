//! Measures of rankings. Pure.

/// How well one query was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranking {
    /// Whether the first result is right.
    pub first: bool,
    /// Whether one of the first five results is right.
    pub among_five: bool,
    /// The mean, over all right results, of the share of right ones down to each.
    pub average_precision: f64,
}

/// Measures a ranking, given which of its results are right, the best first. `None` if none could be right.
pub fn measured(is_right: &[bool]) -> Option<Ranking> {
    let places = is_right.iter().zip(1_u32..).filter(|(right, _)| **right);
    let places: Vec<f64> = places.map(|(_, place)| f64::from(place)).collect();
    let first = *places.first()?;
    let precisions = places
        .iter()
        .zip(1_u32..)
        .map(|(place, right)| f64::from(right) / place);
    Some(Ranking {
        first: first <= 1.0,
        among_five: first <= 5.0,
        average_precision: mean(precisions)?,
    })
}

/// The mean; `None` of nothing.
pub fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_u32, 0.0), |(count, sum), value| (count + 1, sum + value));
    (0 < count).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_ranking_is_measured_by_the_places_of_what_is_right() {
        let measured = |ranked: &[u8]| {
            let ranked: Vec<bool> = ranked.iter().map(|right| *right == 1).collect();
            super::measured(&ranked).map(|ranking| (ranking.first, ranking.among_five, ranking.average_precision))
        };
        assert_eq!(measured(&[]), None);
        assert_eq!(measured(&[0, 0]), None);
        assert_eq!(measured(&[1, 1, 0]), Some((true, true, 1.0)));
        assert_eq!(measured(&[0, 1, 0, 1]), Some((false, true, 0.5)));
        assert_eq!(measured(&[0, 0, 0, 0, 0, 1]), Some((false, false, 1.0 / 6.0)));
    }
}
