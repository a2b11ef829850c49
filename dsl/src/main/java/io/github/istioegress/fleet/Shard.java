package io.github.istioegress.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stable share of a fleet: each name is in exactly one of the shards, whoever else is there.
 *
 * @param index which one, from 1
 * @param count how many there are
 */
public record Shard(int index, int count) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no such shard
   */
  public Shard {
    if (index < 1 || index > count) {
      throw new IllegalArgumentException(
          "shard %s/%s is none: write 3/16 for the third of sixteen".formatted(index, count));
    }
  }

  /** The one shard of a fleet that is not divided. */
  public static Shard whole() {
    return new Shard(1, 1);
  }

  /**
   * Reads {@code 3/16}; an empty text is the whole.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  public static Shard parse(String text) {
    if (text.isEmpty()) {
      return whole();
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "shard '%s' is none: write 3/16 for the third of sixteen".formatted(text));
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /** True where this name, of a tenant or of a file, is of this shard. */
  public boolean has(String name) {
    return Math.floorMod(StableHash.of(name), count) == index - 1;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
