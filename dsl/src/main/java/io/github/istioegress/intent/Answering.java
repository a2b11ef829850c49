package io.github.istioegress.intent;

import java.util.function.Function;

/** Which hosts answer the calls to a name, where it is not the named host alone. */
public sealed interface Answering {

  /** Answers by the kind; a new kind breaks the compile of whoever has to decide. */
  <T> T match(Function<Other, T> other, Function<Canary, T> canary, Function<Failover, T> failover);

  /** The host beside the called one. */
  ExternalHost host();

  /**
   * Another host answers, and is called by its own name.
   *
   * @param host that host
   */
  record Other(ExternalHost host) implements Answering {
    /**
     * Checks the host.
     *
     * @throws IllegalArgumentException when it is a wildcard
     */
    public Other {
      checkOneHost("answeredBy", host);
    }

    @Override
    public <T> T match(
        Function<Other, T> other, Function<Canary, T> canary, Function<Failover, T> failover) {
      return other.apply(this);
    }

    @Override
    public String toString() {
      return "answeredBy(\"" + host + "\")";
    }
  }

  /**
   * Another host answers a share of the calls, and is called by its own name as far as proxies can
   * read the calls.
   *
   * @param host that host
   * @param percent its share
   */
  record Canary(ExternalHost host, int percent) implements Answering {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when the host is a wildcard, or it is no share
     */
    public Canary {
      checkOneHost("canary", host);
      if (percent < 1 || percent > 99) {
        throw new IllegalArgumentException(
            "canary(\"%s\", %s) is no share: say 1 to 99 of a hundred calls"
                .formatted(host, percent));
      }
    }

    @Override
    public <T> T match(
        Function<Other, T> other, Function<Canary, T> canary, Function<Failover, T> failover) {
      return canary.apply(this);
    }

    @Override
    public String toString() {
      return "canary(\"" + host + "\", " + percent + ")";
    }
  }

  /**
   * A second host answers while the addresses of the called one are left alone.
   *
   * @param host that host
   */
  record Failover(ExternalHost host) implements Answering {
    /**
     * Checks the host.
     *
     * @throws IllegalArgumentException when it is a wildcard
     */
    public Failover {
      checkOneHost("otherwise", host);
    }

    @Override
    public <T> T match(
        Function<Other, T> other, Function<Canary, T> canary, Function<Failover, T> failover) {
      return failover.apply(this);
    }

    @Override
    public String toString() {
      return "otherwise(\"" + host + "\", mesh)";
    }
  }

  private static void checkOneHost(String word, ExternalHost host) {
    if (host.isWildcard()) {
      throw new IllegalArgumentException(
          "%s(\"%s\") is a wildcard: name the one host that answers".formatted(word, host));
    }
  }
}
