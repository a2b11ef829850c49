package io.github.istioegress.page;

/** A part of the page, with a heading of its own. */
interface Section {

  /** What links to it call it, in lower-case letters. */
  String id();

  /** Its heading. */
  String title();

  /** Writes what stands below the heading. */
  void write(Markup html);
}
