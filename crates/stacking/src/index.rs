//! Where does a text stand in a list? An index by hash: built at once, without a copy, and the same on every machine.

/// Positions of texts, ordered by hash and then by position. What has the same hash is not always the same text, so that a
/// caller compares what it is given; whoever makes texts collide gains nothing but a longer walk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index(Vec<(u32, u32)>);

impl Index {
    /// The index of these texts, each at its position.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self::at((0..).zip(texts))
    }

    /// The index of texts at positions, of which several may be the same.
    pub(crate) fn at<'t>(texts: impl Iterator<Item = (u32, &'t str)>) -> Self {
        let mut places: Vec<(u32, u32)> = texts.map(|(at, text)| (hash(text), at)).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The positions of everything that could be this text, in order.
    pub(crate) fn find(&self, text: &str) -> impl Iterator<Item = usize> + use<'_> {
        let wanted = hash(text);
        let from = self.0.partition_point(|(hash, _)| *hash < wanted);
        let found = self.0.iter().skip(from).take_while(move |(hash, _)| *hash == wanted);
        found.map(|(_, at)| position(*at))
    }

    /// The positions of what could be the same text as something else, together.
    pub(crate) fn alike(&self) -> impl Iterator<Item = impl Iterator<Item = usize> + Clone + use<'_>> {
        let groups = self.0.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1);
        groups.map(|group| group.iter().map(|(_, at)| position(*at)))
    }
}

fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Eight bytes at a time, as rustc's own tables do (`FxHasher`): quick, and good enough to tell apart what is not made to collide.
fn hash(text: &str) -> u32 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let add = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| add(hash, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let hash = add(hash, last);
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        let texts = ["b", "a", "", "b", "https://school.example/modules/1"];
        let index = Index::of(texts.iter().copied());
        assert_eq!(index.find("b").collect::<Vec<_>>(), [0, 3]);
        assert_eq!(index.find("").collect::<Vec<_>>(), [2]);
        assert_eq!(index.find("https://school.example/modules/1").collect::<Vec<_>>(), [4]);
        assert_eq!(index.find("https://school.example/modules/2").next(), None);
        assert_eq!(index.alike().map(Vec::from_iter).collect::<Vec<_>>(), [[0, 3]]);
    }

    #[test]
    fn texts_that_differ_in_one_byte_rarely_share_a_hash() {
        let mut hashes: Vec<u32> = (0..10_000).map(|at| hash(&format!("https://school.example/modules/{at}"))).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > 9_990, "{}", hashes.len());
    }
}
