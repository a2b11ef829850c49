package io.github.istioegress.page;

import io.github.istioegress.page.Picture.Line;
import io.github.istioegress.page.Picture.Spot;
import io.github.istioegress.page.Sheet.Box;
import io.github.istioegress.page.Sheet.Labels;
import io.github.istioegress.page.Sheet.Track;
import io.github.istioegress.trace.Outcome;
import java.util.List;

/** Writes a picture as SVG; a stop is a link to what stands behind it. */
final class FlowSvg {

  private static final int NAME = 21;
  private static final int SMALL = 26;
  private static final String LOCK =
      "M1 5h1V3.6a2.6 2.6 0 0 1 5.2 0V5h1v5.4H1zM3.3 5h2.6V3.6a1.3 1.3 0 0 0-2.6 0z";

  private final Markup html;
  private final Picture picture;
  private final String id;
  private final Sheet sheet;

  /**
   * Prepares a picture.
   *
   * @param html where it goes
   * @param picture the picture
   * @param id what the ids of its stops begin with
   * @param sheet how it lies
   */
  FlowSvg(Markup html, Picture picture, String id, Sheet sheet) {
    this.html = html;
    this.picture = picture;
    this.id = id;
    this.sheet = sheet;
  }

  void write() {
    int width = sheet.width(picture.rows());
    int height = sheet.height(picture.rows());
    html.line()
        .open(
            "svg",
            "class",
            "flow " + sheet.name(),
            "viewBox",
            "0 0 %s %s".formatted(width, height),
            "width",
            String.valueOf(width),
            "height",
            String.valueOf(height),
            "role",
            "group",
            "aria-label",
            "The way of the call, stop by stop");
    for (Lane lane : Lane.values()) {
      lane(lane);
    }
    // A way that is lost runs under those that arrive, where they share a piece.
    picture.lines().stream().filter(line -> isUnreached(line.to())).forEach(this::line);
    picture.lines().stream().filter(line -> !isUnreached(line.to())).forEach(this::line);
    picture.spots().stream().filter(spot -> !isUnreached(spot)).forEach(this::stop);
    html.close();
  }

  /** True for an end that the call does not come to. */
  private static boolean isUnreached(Spot spot) {
    return spot.node().isEnd() && !spot.node().outcome().leaves();
  }

  private void lane(Lane lane) {
    Box box = sheet.lane(lane, picture.rows());
    boolean used = picture.uses(lane);
    html.line().open("g", "class", used ? "lane" : "lane idle", "aria-hidden", "true");
    rectangle(box, 14);
    html.leaf(
        "text",
        picture.title(lane),
        "x",
        String.valueOf(box.x() + 14),
        "y",
        String.valueOf(box.y() + (sheet.name().equals("across") ? 27 : 19)));
    html.close();
  }

  private void line(Line line) {
    Node to = line.to().node();
    Box from = box(line.from());
    Track track = sheet.track(from, box(line.to()));
    if (isUnreached(line.to())) {
      end(line, track, to.outcome());
      return;
    }
    boolean plain = to.arriving().outer().isEmpty();
    html.line().open("g", "class", plain ? "line plain" : "line tls", "aria-hidden", "true");
    html.shape("path", "class", "track", "d", track.path());
    html.shape("path", "class", "head", "d", track.head());
    labels(track, Words.carried(to.arriving()), !plain);
    share(line, track);
    html.close();
  }

  private void labels(Track track, List<String> words, boolean locked) {
    Labels labels = sheet.labels();
    int x = track.x() + labels.x();
    if (locked) {
      html.shape(
          "circle", "cx", String.valueOf(track.x()), "cy", String.valueOf(track.y()), "r", "9");
      html.shape(
          "path",
          "class",
          "lock",
          "d",
          LOCK,
          "transform",
          "translate(%s %s)".formatted(track.x() - 4, track.y() - 6));
    }
    label(words.get(0), x, track.y() + labels.first(), labels.anchor(), "what");
    if (!words.get(1).isEmpty()) {
      label(words.get(1), x, track.y() + labels.second(), labels.anchor(), "who");
    }
  }

  private void label(String text, int x, int y, String anchor, String style) {
    html.leaf(
        "text",
        text,
        "class",
        style,
        "x",
        String.valueOf(x),
        "y",
        String.valueOf(y),
        "text-anchor",
        anchor);
  }

  /** The part of the calls, on the line where it leaves the others. */
  private void share(Line line, Track track) {
    if (!line.share().isEmpty()) {
      int width = line.share().length() * 7 + 12;
      boolean across = sheet.name().equals("across");
      int x = across ? track.x() - width / 2 : track.x() - width - 10;
      int y = across ? track.y() - 46 : track.y() - 9;
      html.open("g", "class", "share");
      rectangle(new Box(x, y, width, 18), 9);
      label(line.share(), x + width / 2, y + 13, "middle", "part");
      html.close();
    }
  }

  /** A way that ends before the outside: how, and the outside that it does not reach. */
  private void end(Line line, Track track, Outcome outcome) {
    String words = outcome.name().replace('_', ' ');
    int width = words.length() * 7 + 20;
    Box pill = new Box(track.x() - width / 2, track.y() - 12, width, 24);
    html.line().open("g", "class", "line end " + Tone.of(outcome).word(), "aria-hidden", "true");
    if (outcome == Outcome.MESH) {
      html.shape("path", "class", "track", "d", stub(line, track));
    } else {
      html.shape("path", "class", "track lost", "d", track.path());
      unreached(line.to());
    }
    share(line, track);
    html.open("g", "class", "pill");
    rectangle(pill, 12);
    label(words, pill.middleX(), pill.y() + 16, "middle", "part");
    html.close().close();
  }

  private String stub(Line line, Track track) {
    Box from = box(line.from());
    return sheet.name().equals("across")
        ? "M%s %sH%s".formatted(from.right(), track.y(), track.x())
        : "M%s %sV%s".formatted(from.middleX(), from.bottom(), track.y());
  }

  private void unreached(Spot spot) {
    html.open("g", "class", "ghost");
    stopBody(spot);
    html.close();
  }

  private void stop(Spot spot) {
    Words words = Words.of(picture.call(), spot);
    html.line()
        .open(
            "a",
            "class",
            "stop " + spot.node().lane().name().toLowerCase(java.util.Locale.ROOT),
            "href",
            "#" + id + "s" + spot.number(),
            "aria-label",
            "%s, %s %s, %s: details"
                .formatted(spot.number(), words.kind(), words.fullName(), words.does()));
    html.leaf("title", words.fullName());
    stopBody(spot);
    html.close();
  }

  private void stopBody(Spot spot) {
    Words words = Words.of(picture.call(), spot);
    Box box = box(spot);
    rectangle(box, 10);
    String x = String.valueOf(box.x() + 13);
    html.leaf(
        "text",
        Visible.cut(words.namespace(), SMALL),
        "class",
        "kind",
        "x",
        x,
        "y",
        String.valueOf(box.y() + 20));
    html.leaf(
        "text",
        Visible.cut(words.name(), NAME),
        "class",
        "name",
        "x",
        x,
        "y",
        String.valueOf(box.y() + 40));
    html.leaf(
        "text",
        Visible.cut(words.does(), SMALL),
        "class",
        "does",
        "x",
        x,
        "y",
        String.valueOf(box.y() + 58));
    if (!isUnreached(spot)) {
      html.leaf(
          "text",
          String.valueOf(spot.number()),
          "class",
          "number",
          "x",
          String.valueOf(box.right() - 12),
          "y",
          String.valueOf(box.y() + 20),
          "text-anchor",
          "end");
    }
  }

  private Box box(Spot spot) {
    return sheet.stop(spot.node().lane(), spot.row());
  }

  private void rectangle(Box box, int round) {
    html.shape(
        "rect",
        "x",
        String.valueOf(box.x()),
        "y",
        String.valueOf(box.y()),
        "width",
        String.valueOf(box.width()),
        "height",
        String.valueOf(box.height()),
        "rx",
        String.valueOf(round));
  }
}
