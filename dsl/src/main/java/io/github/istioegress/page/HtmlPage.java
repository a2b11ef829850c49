package io.github.istioegress.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page that may load nothing, and run nothing but its own style sheet and script.
 *
 * @param title its title
 * @param lead what it is, in a sentence
 * @param notes what a reader must know before
 * @param sections its parts, in order
 */
record HtmlPage(String title, String lead, List<String> notes, List<Section> sections) {

  String text() {
    String style = resource("page.css");
    String script = resource("page.js");
    String policy =
        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(style), hash(script));
    Markup html = new Markup();
    html.open("html", "lang", "en").line().open("head").line();
    html.hollow("meta", "charset", "utf-8").line();
    html.hollow("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    html.hollow("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.line().hollow("meta", "name", "color-scheme", "content", "light dark").line();
    html.leaf("title", title + " | istio-egress").line().own("style", style).close();
    html.line().open("body").open("header").open("div", "class", "wide");
    html.leaf("p", "istio-egress", "class", "product").leaf("h1", title).leaf("p", lead);
    if (sections.size() > 1) {
      links(html);
    }
    html.close().close().line().open("main", "class", "wide");
    if (!notes.isEmpty()) {
      html.open("ul", "class", "notes", "aria-label", "Notes");
      notes.forEach(note -> html.leaf("li", note));
      html.close();
    }
    sections.forEach(section -> section(html, section));
    html.close().line().own("script", script).close().close().line();
    return "<!doctype html>\n" + html;
  }

  private void links(Markup html) {
    html.open("nav", "aria-label", "Parts of the page");
    sections.forEach(section -> html.leaf("a", section.title(), "href", "#" + section.id()));
    html.close();
  }

  private static void section(Markup html, Section section) {
    html.line().open("section", "id", section.id(), "aria-labelledby", section.id() + "-title");
    html.leaf("h2", section.title(), "id", section.id() + "-title");
    section.write(html);
    html.close();
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the library lacks its file " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of the library", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
