//! One empty diary, made once, for runs that take back what they write.

use std::cell::RefCell;

use nightcramp::store::Store;

thread_local! {
    static STORE: RefCell<Option<Store>> = const { RefCell::new(None) };
}

/// Lends it to `f`.
pub(crate) fn with(f: impl FnOnce(&mut Store) -> usize) {
    STORE.with_borrow_mut(|store| {
        f(store.get_or_insert_with(|| {
            let folder = std::env::temp_dir().join(format!("nightcramp-fuzz-{}", std::process::id()));
            Store::open(&folder.join("empty.db"), crate::keeping::now()).unwrap()
        }));
    });
}
