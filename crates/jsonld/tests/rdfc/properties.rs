//! What holds for every dataset.

use proptest::prelude::*;
use stapel_jsonld::{WorkLimit, canonicalize, nquads};

use crate::datasets::{build, copies, lines, small};
use crate::reference;

const AS_THEY_ARE: [u8; 9] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_text_is_that_of_the_standard_read_word_for_word(quads in prop_oneof![small(), copies()]) {
        let canonical = canonicalize(&build(&quads, &AS_THEY_ARE), &WorkLimit::default()).unwrap();
        prop_assert_eq!(canonical.text(), reference::canonicalize(&lines(&quads)));
    }

    #[test]
    fn names_and_order_of_the_input_change_nothing(
        quads in prop_oneof![small(), copies()],
        shuffled in Just(AS_THEY_ARE.to_vec()).prop_shuffle(),
        seed in any::<u64>(),
    ) {
        let canonical = canonicalize(&build(&quads, &AS_THEY_ARE), &WorkLimit::default()).unwrap();
        let mut other = quads.clone();
        other.extend(quads.first());
        other.sort_by_cached_key(|quad| reference::hash(&format!("{seed} {quad:?}")));
        let again = canonicalize(&build(&other, &shuffled), &WorkLimit::default()).unwrap();
        prop_assert_eq!(canonical.text(), again.text());
        prop_assert_eq!(canonical.sha256(), again.sha256());
    }

    #[test]
    fn canonical_text_is_its_own_canonical_text(quads in prop_oneof![small(), copies()]) {
        let canonical = canonicalize(&build(&quads, &AS_THEY_ARE), &WorkLimit::default()).unwrap();
        let parsed = nquads::parse(canonical.text()).unwrap();
        let again = canonicalize(&parsed.dataset, &WorkLimit::default()).unwrap();
        prop_assert_eq!(canonical.text(), again.text());
        for (blank, name) in (0..).zip(&parsed.labels) {
            let label = again.label(stapel_jsonld::Term::Blank(blank)).unwrap();
            prop_assert!(name.starts_with("c14n") && label < u32::try_from(parsed.labels.len()).unwrap());
        }
    }

    #[test]
    fn a_changed_object_changes_the_text(quads in prop_oneof![small(), copies()], at in any::<prop::sample::Index>()) {
        prop_assume!(!quads.is_empty());
        let mut other = quads.clone();
        let at = at.index(quads.len());
        other[at].2 = crate::datasets::Node::Iri(9);
        let text = |quads| canonicalize(&build(quads, &AS_THEY_ARE), &WorkLimit::default()).unwrap().into_text();
        prop_assert_ne!(text(&quads), text(&other));
    }
}
