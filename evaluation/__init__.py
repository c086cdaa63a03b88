"""Questions with known answers, the documents that some of them need, and a converter of public reading sets."""
