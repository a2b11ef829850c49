package io.github.istioegress.page;

/** Lanes one below the other, for a narrow screen. */
record DownSheet() implements Sheet {

  private static final int LANE = 112;
  private static final int GAP = 60;
  private static final int HEAD = 28;
  private static final int WIDTH = 224;
  private static final int PITCH = 248;
  private static final int LEAST = 300;
  private static final int HEIGHT = 72;
  private static final int BEND = 10;

  @Override
  public String name() {
    return "down";
  }

  @Override
  public int width(int rows) {
    return LEAST + (rows - 1) * PITCH;
  }

  @Override
  public int height(int rows) {
    return Lane.values().length * (LANE + GAP) - GAP;
  }

  @Override
  public Box lane(Lane lane, int rows) {
    return new Box(0, lane.index() * (LANE + GAP), width(rows), LANE);
  }

  @Override
  public Box stop(Lane lane, int row) {
    return new Box(
        (LEAST - WIDTH) / 2 + row * PITCH, lane.index() * (LANE + GAP) + HEAD, WIDTH, HEIGHT);
  }

  @Override
  public Track track(Box from, Box to) {
    if (to.y() <= from.y()) {
      return beside(from, to);
    }
    int x = to.middleX();
    int middle = from.bottom() + (LANE - HEAD - HEIGHT) + GAP / 2;
    String path =
        x == from.middleX()
            ? "M%s %sV%s".formatted(x, from.bottom(), to.y() - 2)
            : "M%s %sv%sq0 %s %s %sH%sq%s 0 %s %sV%s"
                .formatted(
                    from.middleX(),
                    from.bottom(),
                    BEND,
                    BEND,
                    BEND,
                    BEND,
                    x - BEND,
                    BEND,
                    BEND,
                    BEND,
                    to.y() - 2);
    return new Track(path, "M%s %sl-5 -9h10z".formatted(x, to.y()), x, middle);
  }

  /** From one stop to another on the same lane. */
  private static Track beside(Box from, Box to) {
    int y = from.middleY();
    return new Track(
        "M%s %sH%s".formatted(from.right(), y, to.x() - 2),
        "M%s %sl-9 -5v10z".formatted(to.x(), y),
        to.middleX(),
        to.y() - HEAD - GAP / 2);
  }

  @Override
  public Labels labels() {
    return new Labels(14, -1, 14, "start");
  }
}
