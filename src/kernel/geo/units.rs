//! Units of distance.

/// A unit in which clients give and read distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DistanceUnit {
    /// International mile, 1,609.344 m.
    Mile,
    /// 1,000 m.
    Kilometer,
    /// Metre.
    Meter,
}

impl DistanceUnit {
    /// Length of the unit in metres.
    pub const fn meters(self) -> f64 {
        match self {
            Self::Mile => 1_609.344,
            Self::Kilometer => 1_000.0,
            Self::Meter => 1.0,
        }
    }

    /// Converts a distance from this unit to metres.
    pub fn to_meters(self, distance: f64) -> f64 {
        distance * self.meters()
    }

    /// Converts metres to this unit and rounds for public display: to 0.1 mile, 0.1 kilometre or 100 metres, half away
    /// from zero.
    pub fn rounded(self, meters: f64) -> f64 {
        match self {
            Self::Mile | Self::Kilometer => (meters / self.meters() * 10.0).round() / 10.0,
            Self::Meter => (meters / 100.0).round() * 100.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn public_distances_are_coarse() {
        assert_eq!(DistanceUnit::Mile.rounded(700.0), 0.4);
        assert_eq!(DistanceUnit::Kilometer.rounded(1_234.0), 1.2);
        assert_eq!(DistanceUnit::Meter.rounded(1_234.0), 1_200.0);
        assert_eq!(DistanceUnit::Mile.rounded(DistanceUnit::Mile.to_meters(100.0)), 100.0);
    }

    proptest! {
        #[test]
        fn rounding_errs_by_at_most_half_a_step(meters in 0.0..20_000_000.0) {
            for (unit, half_step) in [(DistanceUnit::Mile, 80.468), (DistanceUnit::Kilometer, 50.0), (DistanceUnit::Meter, 50.0)] {
                prop_assert!((unit.to_meters(unit.rounded(meters)) - meters).abs() <= half_step);
            }
        }
    }
}
