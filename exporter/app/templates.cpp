#include "app/templates.hpp"

namespace epitome::app {

namespace {

constexpr std::string_view in_xml = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- A summary of one book. "epitome check" tells what is wrong, "epitome export" makes the PDF and the EPUB.
     Replace the words; what source/reference.md lists besides may be added. -->
<summary version="1" xml:lang="en">
  <work>
    <!-- The title without its article; prefix="" if its first word only looks like one. -->
    <title prefix="The">Lamp of Skerry Point</title>
    <contributor role="author">Ann Example</contributor>
    <published>1931</published>
  </work>
  <edition>
    <!-- The day on which this summary appears. -->
    <date>2024-05-31</date>
    <author>Your name</author>
  </edition>

  <!-- Parts stand in your order; each may be left out, one is needed. -->
  <overview>
    <p>A keeper tends a lamp that no ship has passed for a year.</p>
    <!-- The book's own words, letter for letter, with who says them and where. -->
    <blockquote>
      <p>The sea keeps no letters.</p>
      <attribution><speaker>The keeper</speaker><source><cite>The Lamp</cite></source><locator>chapter 3</locator></attribution>
    </blockquote>
  </overview>

  <takeaways>
    <takeaway>
      <headline>Light is a habit</headline>
      <p>It is lit for <em>no one</em>, every night.<note>A footnote stands at its word.</note></p>
    </takeaway>
  </takeaways>

  <questions>
    <qa>
      <question>How does the book end?</question>
      <answer><p>With a ship.</p></answer>
    </qa>
  </questions>
</summary>
)";

constexpr std::string_view in_json = R"({
  "version": "1",
  "lang": "en",
  "work": {
    "title": {"prefix": "The", "text": "Lamp of Skerry Point"},
    "contributors": [{"role": "author", "text": "Ann Example"}],
    "published": "1931"
  },
  "edition": {"date": "2024-05-31", "author": "Your name"},
  "parts": [
    {
      "type": "overview",
      "blocks": [
        "A keeper tends a lamp that no ship has passed for a year.",
        {
          "type": "blockquote",
          "paragraphs": ["The sea keeps no letters."],
          "attribution": {"speaker": "The keeper", "source": "<cite>The Lamp</cite>", "locator": "chapter 3"}
        }
      ]
    },
    {
      "type": "takeaways",
      "items": [
        {
          "headline": "Light is a habit",
          "blocks": ["It is lit for <em>no one</em>, every night.<note>A footnote stands at its word.</note>"]
        }
      ]
    },
    {
      "type": "questions",
      "items": [{"question": "How does the book end?", "answer": ["With a ship."]}]
    }
  ]
}
)";

constexpr std::string_view in_markdown = R"(---
# The book, and this edition of its summary. "epitome check" tells what is wrong, "epitome export" makes the PDF and
# the EPUB. Replace the words; what source/reference.md lists besides may be added.
version: 1
lang: en
work:
  # The title without its article; prefix: "" if its first word only looks like one.
  title:
    prefix: The
    text: Lamp of Skerry Point
  contributors:
    - role: author
      text: Ann Example
  published: 1931
edition:
  # The day on which this summary appears.
  date: 2024-05-31
  author: Your name
---

<!-- Parts stand in your order; each may be left out, one is needed. -->

## Overview

A keeper tends a lamp that no ship has passed for a year.

<!-- The book's own words, letter for letter, with who says them and where. -->

> The sea keeps no letters.
>
> — The keeper, *The Lamp*, chapter 3

## Takeaways

### Light is a habit

It is lit for *no one*, every night.[^1]

[^1]: A footnote stands at its word.

## Questions

### How does the book end?

With a ship.
)";

}  // namespace

std::string_view starting_document(Syntax syntax) {
  switch (syntax) {
    case Syntax::json:
      return in_json;
    case Syntax::markdown:
      return in_markdown;
    case Syntax::xml:
      break;
  }
  return in_xml;
}

}  // namespace epitome::app
