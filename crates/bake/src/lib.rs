//! Which credential is baked into this picture, and how does one get in? PNG and SVG (OB 3.0 §5.3).
