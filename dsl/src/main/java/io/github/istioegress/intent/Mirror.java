package io.github.istioegress.intent;

/**
 * Copies of requests that the last proxy on their way sends to another host; nobody waits for what
 * it answers.
 *
 * @param to the sentence by which that host is reached
 * @param percent how many of a hundred requests are copied
 */
public record Mirror(EgressIntent to, int percent) {
  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is none
   */
  public Mirror {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(
          "mirroredTo(%s, %s) is no share: say 1 to 100 of a hundred requests"
              .formatted(to.host(), percent));
    }
  }

  @Override
  public String toString() {
    return "mirroredTo(" + to.host() + " " + to.port() + ", " + percent + ")";
  }
}
