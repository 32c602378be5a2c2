//! A map with one value per type. Features store values in it, and the code that owns the map does not need to know
//! them.

use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    sync::Arc,
};

/// Values, keyed by type.
#[derive(Clone, Default)]
pub struct TypeMap(BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl TypeMap {
    /// The value of that type.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let value = self.0.get(&TypeId::of::<T>())?;
        Arc::downcast(value.clone()).ok()
    }

    /// Stores a value, replacing any other of the same type.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: Arc<T>) {
        self.0.insert(TypeId::of::<T>(), value);
    }

    /// The value of that type, created if there is none yet.
    pub fn get_or_insert_with<T: Send + Sync + 'static>(&mut self, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(value) = self.get() {
            return value;
        }
        let value = Arc::new(make());
        self.insert(Arc::clone(&value));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_a_value_of_its_own() {
        let mut map = TypeMap::default();
        map.insert(Arc::new(1_u8));
        map.insert(Arc::new("one"));
        map.insert(Arc::new(2_u8));
        assert_eq!(map.get::<u8>().as_deref(), Some(&2));
        assert_eq!(map.get::<&str>().as_deref(), Some(&"one"));
        assert_eq!(map.get::<u16>(), None);
        assert_eq!(*map.get_or_insert_with(|| 3_u16), 3);
        assert_eq!(*map.get_or_insert_with(|| 4_u16), 3);
    }
}
