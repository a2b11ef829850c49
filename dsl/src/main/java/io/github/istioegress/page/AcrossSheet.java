package io.github.istioegress.page;

/** Lanes side by side, for a wide screen. */
record AcrossSheet() implements Sheet {

  private static final int LANE = 222;
  private static final int GAP = 86;
  private static final int INSET = 12;
  private static final int HEAD = 44;
  private static final int HEIGHT = 72;
  private static final int PITCH = 120;
  private static final int TRUNK = 20;
  private static final int BEND = 8;

  @Override
  public String name() {
    return "across";
  }

  @Override
  public int width(int rows) {
    return Lane.values().length * (LANE + GAP) - GAP;
  }

  @Override
  public int height(int rows) {
    return HEAD + rows * PITCH - (PITCH - HEIGHT) + INSET + 4;
  }

  @Override
  public Box lane(Lane lane, int rows) {
    return new Box(lane.index() * (LANE + GAP), 0, LANE, height(rows));
  }

  @Override
  public Box stop(Lane lane, int row) {
    return new Box(
        lane.index() * (LANE + GAP) + INSET, HEAD + row * PITCH, LANE - 2 * INSET, HEIGHT);
  }

  @Override
  public Track track(Box from, Box to) {
    if (to.x() <= from.x()) {
      return below(from, to);
    }
    int y = to.middleY();
    int middle = from.right() + INSET + GAP / 2;
    String path =
        y == from.middleY()
            ? "M%s %sH%s".formatted(from.right(), y, to.x() - 2)
            : "M%s %sh%sq%s 0 %s %sV%sq0 %s %s %sH%s"
                .formatted(
                    from.right(),
                    from.middleY(),
                    TRUNK - BEND,
                    BEND,
                    BEND,
                    BEND,
                    y - BEND,
                    BEND,
                    BEND,
                    BEND,
                    to.x() - 2);
    int label = y == from.middleY() ? middle : middle + BEND;
    return new Track(path, "M%s %sl-9 -5v10z".formatted(to.x(), y), label, y);
  }

  /** From one stop to another on the same lane. */
  private static Track below(Box from, Box to) {
    int x = from.middleX();
    return new Track(
        "M%s %sV%s".formatted(x, from.bottom(), to.y() - 2),
        "M%s %sl-5 -9h10z".formatted(x, to.y()),
        x,
        (from.bottom() + to.y()) / 2);
  }

  @Override
  public Labels labels() {
    return new Labels(0, -14, 24, "middle");
  }
}
