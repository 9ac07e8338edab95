//! How are lists kept of which nearly all have one member? In place, so that a hundred parts are laid out without a hundred
//! small pieces of memory.

use std::ops::Deref;

/// Mostly one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Few<T> {
    #[default]
    None,
    One(T),
    Several(Vec<T>),
}

impl<T> Few<T> {
    #[inline]
    pub(crate) fn as_slice(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }

    pub(crate) fn push(&mut self, more: T) {
        if let Self::Several(several) = self {
            return several.push(more);
        }
        *self = match std::mem::take(self) {
            Self::One(one) => Self::Several(vec![one, more]),
            _ => Self::One(more),
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut list: Vec<T>) -> Self {
        if list.len() > 1 { Self::Several(list) } else { list.pop().map_or(Self::None, Self::One) }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (None, _) => Self::None,
            (Some(one), None) => Self::One(one),
            (Some(one), Some(other)) => Self::Several([one, other].into_iter().chain(items).collect()),
        }
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_the_list_that_they_were_made_of() {
        for list in [&[][..], &[1], &[1, 2], &[1, 2, 3]] {
            let collected: Few<u8> = list.iter().copied().collect();
            let mut pushed = Few::default();
            for one in list {
                pushed.push(*one);
            }
            assert_eq!((collected.as_slice(), pushed.as_slice()), (list, list));
            assert_eq!((&collected, &Few::from(list.to_vec())), (&pushed, &pushed));
        }
    }
}
