package io.github.istioegress.intent;

import java.util.function.Function;
import java.util.function.Supplier;

/** How the hosts of a wildcard are found. */
public sealed interface Serving {

  /** One host's servers answer for every name. */
  static Serving by(ExternalHost host) {
    return new ServedBy(host);
  }

  /** Each proxy goes to the address that the application dialled. */
  static Serving unresolved() {
    return new Unresolved();
  }

  /** Each proxy looks the name of the call up itself. */
  static Serving dynamicDns() {
    return new DynamicDns();
  }

  /** Answers by the kind; a new kind breaks the compile of whoever has to decide. */
  <T> T match(Function<ServedBy, T> servedBy, Supplier<T> unresolved, Supplier<T> dynamicDns);

  /**
   * One host's servers answer for every name.
   *
   * @param host that host
   */
  record ServedBy(ExternalHost host) implements Serving {
    /**
     * Refuses a wildcard, which has no server.
     *
     * @throws IllegalArgumentException when the host is one
     */
    public ServedBy {
      if (host.isWildcard()) {
        throw new IllegalArgumentException(
            "servedBy(\"%s\") is a wildcard itself: name the one host whose servers answer"
                .formatted(host));
      }
    }

    @Override
    public <T> T match(
        Function<ServedBy, T> servedBy, Supplier<T> unresolved, Supplier<T> dynamicDns) {
      return servedBy.apply(this);
    }

    @Override
    public String toString() {
      return "servedBy(\"" + host + "\")";
    }
  }

  /** Each proxy goes to the address that the application dialled. */
  record Unresolved() implements Serving {
    @Override
    public <T> T match(
        Function<ServedBy, T> servedBy, Supplier<T> unresolved, Supplier<T> dynamicDns) {
      return unresolved.get();
    }

    @Override
    public String toString() {
      return "unresolved()";
    }
  }

  /** Each proxy looks the name of the call up itself. */
  record DynamicDns() implements Serving {
    @Override
    public <T> T match(
        Function<ServedBy, T> servedBy, Supplier<T> unresolved, Supplier<T> dynamicDns) {
      return dynamicDns.get();
    }

    @Override
    public String toString() {
      return "dynamicDns(mesh)";
    }
  }
}
