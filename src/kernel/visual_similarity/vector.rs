//! The embedding that a model computes for a picture: a direction in a space where similar animals are close together.

/// A direction in whole numbers from −127 to 127. This takes a quarter of the space of floats; cosines are accurate to
/// about 0.005.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoVector(Box<[i8]>);

impl PhotoVector {
    /// The direction of a model's output; `None` if it has none, because it is all zeros or contains something that is
    /// not a number.
    pub fn of(output: &[f32]) -> Option<Self> {
        let greatest = output.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
        if !output.iter().all(|value| value.is_finite()) || greatest == 0.0 {
            return None;
        }
        // In range, because the values were divided by the greatest of them.
        let code = |value: &f32| (value / greatest * 127.0).round() as i8;
        Some(Self(output.iter().map(code).collect()))
    }

    /// The cosine of the angle between two directions from the same model, −1 to 1; 0 if they come from different
    /// spaces.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        cosine(dot(&self.0, &other.0), self.length(), other.length())
    }

    /// The stored form, one byte per number.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().map(|code| code.cast_unsigned()).collect()
    }

    /// Restores a stored direction; `None` if it is empty or all zeros.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let codes: Box<[i8]> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        codes.iter().any(|code| *code != 0).then_some(Self(codes))
    }

    /// The components, −127 to 127.
    pub(super) fn codes(&self) -> &[i8] {
        &self.0
    }

    /// Euclidean length of the vector of components.
    pub(super) fn length(&self) -> f32 {
        (dot(&self.0, &self.0) as f32).sqrt()
    }
}

/// The dot product; exact for up to 100,000 components. Kept simple so that the compiler vectorises it.
pub(super) fn dot(one: &[i8], other: &[i8]) -> i32 {
    let products = one
        .iter()
        .zip(other)
        .map(|(one, other)| i32::from(*one) * i32::from(*other));
    products.sum()
}

/// The cosine from a dot product and the lengths of the two vectors.
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
