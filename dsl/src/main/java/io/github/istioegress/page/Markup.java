package io.github.istioegress.page;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML while it is being written. Whatever is given as text or as an attribute's value stays text;
 * only names of elements and attributes, which are ours, become structure.
 */
final class Markup {

  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, String... attributes) {
    start(element, attributes).append('>');
    open.push(element);
    return this;
  }

  /** Closes what was opened last. */
  Markup close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds nothing but a text. */
  Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** An element of SVG that holds nothing. */
  Markup shape(String element, String... attributes) {
    start(element, attributes).append("/>");
    return this;
  }

  /** An element of HTML that can hold nothing. */
  Markup hollow(String element, String... attributes) {
    start(element, attributes).append('>');
    return this;
  }

  /** A text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** A new line of the source, where white space does not count. */
  Markup line() {
    html.append('\n');
    return this;
  }

  /** A style sheet or script of this package, as it is. */
  Markup own(String element, String content) {
    html.append('<').append(element).append('>').append(content);
    html.append("</").append(element).append('>');
    return this;
  }

  private StringBuilder start(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
    return html;
  }

  private void escape(String text) {
    String visible = Visible.of(text);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }

  /** The HTML so far. */
  @Override
  public String toString() {
    return html.toString();
  }
}
