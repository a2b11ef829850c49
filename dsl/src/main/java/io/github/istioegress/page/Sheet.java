package io.github.istioegress.page;

/** Where lanes, stops and lines lie: fixed lanes, so that nothing has to be laid out. */
interface Sheet {

  /** A rectangle. */
  record Box(int x, int y, int width, int height) {
    int middleX() {
      return x + width / 2;
    }

    int middleY() {
      return y + height / 2;
    }

    int right() {
      return x + width;
    }

    int bottom() {
      return y + height;
    }
  }

  /**
   * A line between two stops.
   *
   * @param path its path, as SVG writes it
   * @param head the path of its arrow head
   * @param x the middle of the first gap it crosses
   * @param y the same
   */
  record Track(String path, String head, int x, int y) {}

  /** Its name in the style sheet. */
  String name();

  int width(int rows);

  int height(int rows);

  Box lane(Lane lane, int rows);

  Box stop(Lane lane, int row);

  Track track(Box from, Box to);

  /** Where the first of two lines of a label stands, from the middle of the gap; and the second. */
  Labels labels();

  /**
   * Where labels stand beside a line.
   *
   * @param x the anchor, from the middle of the gap
   * @param first the first line's foot, from the middle of the gap
   * @param second the second line's
   * @param anchor {@code middle} or {@code start}
   */
  record Labels(int x, int first, int second, String anchor) {}
}
