//! What a model makes of a picture: a direction in a space where alike animals lie near each other.

/// A direction, in whole numbers of −127 to 127: a quarter of the room of floats, and cosines that are right to about
/// half a hundredth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoVector(Box<[i8]>);

impl PhotoVector {
    /// The direction of a model's output; `None` when that has none: nothing but zeros, or something that is no number.
    pub fn of(output: &[f32]) -> Option<Self> {
        let greatest = output.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
        if !output.iter().all(|value| value.is_finite()) || greatest == 0.0 {
            return None;
        }
        // Within the range, because it was divided by the greatest of them.
        let code = |value: &f32| (value / greatest * 127.0).round() as i8;
        Some(Self(output.iter().map(code).collect()))
    }

    /// The cosine of the angle between two directions of one model, −1 to 1; 0 for directions of different spaces.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        cosine(dot(&self.0, &other.0), self.length(), other.length())
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().map(|code| code.cast_unsigned()).collect()
    }

    /// What was stored; `None` for nothing and for nothing but zeros.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let codes: Box<[i8]> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        codes.iter().any(|code| *code != 0).then_some(Self(codes))
    }

    /// The whole numbers.
    pub(super) fn codes(&self) -> &[i8] {
        &self.0
    }

    /// Length of the direction as it is written.
    pub(super) fn length(&self) -> f32 {
        (dot(&self.0, &self.0) as f32).sqrt()
    }
}

/// Sum of the products; exact for up to 100,000 numbers. Kept plain, so that the compiler makes it multiply several at a
/// time.
pub(super) fn dot(one: &[i8], other: &[i8]) -> i32 {
    let products = one
        .iter()
        .zip(other)
        .map(|(one, other)| i32::from(*one) * i32::from(*other));
    products.sum()
}

/// The cosine of two directions of those lengths.
pub(super) fn cosine(dot: i32, one: f32, other: f32) -> f32 {
    (dot as f32 / (one * other)).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_has_no_direction_gives_none() {
        for output in [&[][..], &[0.0, 0.0], &[1.0, f32::NAN], &[f32::INFINITY]] {
            assert_eq!(PhotoVector::of(output), None, "{output:?}");
        }
        assert_eq!(PhotoVector::from_bytes(&[0; 8]), None);
    }

    proptest! {
        #[test]
        fn the_cosine_is_nearly_that_of_the_floats(pairs in proptest::collection::vec((-9.0..9.0_f32, -9.0..9.0_f32), 8..64)) {
            let (one, other): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
            let dot = |one: &[f32], other: &[f32]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
            let exact = dot(&one, &other) / (dot(&one, &one) * dot(&other, &other)).sqrt();
            let (one, other) = (PhotoVector::of(&one).unwrap(), PhotoVector::of(&other).unwrap());

            prop_assert!((one.cosine(&other) - exact).abs() < 0.02, "{} {exact}", one.cosine(&other));
            prop_assert_eq!(PhotoVector::from_bytes(&one.to_bytes()), Some(one));
        }
    }
}
