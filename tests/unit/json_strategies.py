"""JSON of all kinds, for property tests."""

from hypothesis import strategies as st

KEYWORDS = [
    "$ref", "$id", "$defs", "allOf", "anyOf", "const", "enum", "if", "items", "not", "pattern",
    "patternProperties", "properties", "required", "suggestToUser", "type", "unevaluatedProperties", "x-perf",
]  # fmt: skip
VALUES = ["#", "#/$defs/a", "#/properties/a", "/a/b", "number", "array", "(", "^a+$", 1, True, None]

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
SCHEMAS = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: (
        st.dictionaries(st.sampled_from([*KEYWORDS, "a", "b"]), inner, max_size=5)
        | st.lists(inner, max_size=3)
    ),
    max_leaves=30,
)
