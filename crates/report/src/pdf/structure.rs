//! What is what on the pages? The tree that screen readers follow (ISO 32000-1 §14.7 and §14.8).

use pdf_writer::types::StructRole;
use pdf_writer::{Finish, Name, Pdf, Ref, TextStr};

/// The elements of a document, in the order in which they are read.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The elements that are open, the innermost last.
    open: Vec<usize>,
    /// For each page, which element each piece of its content belongs to.
    pages: Vec<Vec<usize>>,
}

struct Node {
    role: StructRole,
    told: Option<String>,
    parent: Option<usize>,
    kids: Vec<Kid>,
}

enum Kid {
    Node(usize),
    Content { page: usize, id: i32 },
}

impl Tree {
    pub(super) fn new() -> Self {
        let root = Node { role: StructRole::Document, told: None, parent: None, kids: Vec::new() };
        Self { nodes: vec![root], open: vec![0], pages: Vec::new() }
    }

    pub(super) fn begin_page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// Opens an element within the one that is open; a picture is told by a text.
    pub(super) fn open(&mut self, role: StructRole, told: Option<String>) {
        let parent = self.open.last().copied();
        let node = self.nodes.len();
        self.nodes.push(Node { role, told, parent, kids: Vec::new() });
        if let Some(above) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            above.kids.push(Kid::Node(node));
        }
        self.open.push(node);
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// A piece of content of the last page, belonging to the element that is open: its tag and its number on the page.
    pub(super) fn content(&mut self) -> Option<(Name<'static>, i32)> {
        let open = *self.open.last()?;
        let page = self.pages.len().checked_sub(1)?;
        let pieces = self.pages.get_mut(page)?;
        let id = i32::try_from(pieces.len()).ok()?;
        pieces.push(open);
        let node = self.nodes.get_mut(open)?;
        node.kids.push(Kid::Content { page, id });
        Some((node.role.to_name(), id))
    }

    /// Writes all elements and the way back from content to them, as objects from that one on.
    pub(super) fn write(&self, pdf: &mut Pdf, first: Ref, root: Ref, pages: &[Ref]) {
        let at = |index| object(first, index);
        let back = |page: usize| at(self.nodes.len() + page);
        for (index, node) in self.nodes.iter().enumerate() {
            let mut element = pdf.struct_element(at(index));
            element.kind(node.role).parent(node.parent.map_or(root, at));
            if let Some(told) = &node.told {
                element.alt(TextStr(told));
            }
            let mut children = element.children();
            for kid in &node.kids {
                match kid {
                    Kid::Node(kid) => {
                        children.struct_element(at(*kid));
                    }
                    Kid::Content { page, id } => {
                        let mut content = children.marked_content_ref();
                        content.marked_content_id(*id);
                        if let Some(page) = pages.get(*page) {
                            content.page(*page);
                        }
                    }
                }
            }
        }
        for (page, pieces) in self.pages.iter().enumerate() {
            pdf.indirect(back(page)).array().items(pieces.iter().map(|node| at(*node)));
        }
    }

    /// Writes the root of the tree into the catalogue's place for it.
    pub(super) fn write_root(&self, pdf: &mut Pdf, first: Ref, root: Ref) {
        let at = |index| object(first, index);
        let mut tree: pdf_writer::writers::StructTreeRoot<'_> = pdf.indirect(root).start();
        tree.child(at(0));
        let mut parents = tree.parent_tree();
        let mut entries = parents.nums();
        for page in 0..self.pages.len() {
            entries.insert(number(page), at(self.nodes.len() + page));
        }
        entries.finish();
        parents.finish();
        tree.parent_tree_next_key(number(self.pages.len()));
    }
}

fn object(first: Ref, index: usize) -> Ref {
    Ref::new(first.get().saturating_add(number(index)))
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
