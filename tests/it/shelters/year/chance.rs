//! Chance that is the same in every run.

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below that one (splitmix64).
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let most = u64::try_from(most.max(1)).unwrap();
        usize::try_from((mixed ^ (mixed >> 31)) % most).unwrap()
    }

    /// Once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// At most so many of a list, in its order.
    pub fn some<T: Copy>(&mut self, list: &[T], most: usize) -> Vec<T> {
        let mut rest = list.to_vec();
        while most < rest.len() {
            rest.remove(self.below(rest.len()));
        }
        rest
    }
}
