package io.github.istioegress.intent;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The way a call takes out of the mesh. */
public sealed interface EgressPath {

  /** Straight from the sidecar to the host. */
  static EgressPath direct() {
    return new Direct();
  }

  /** From the sidecar to an egress gateway, and from there to the host. */
  static EgressPath through(EgressGateway gateway) {
    return new ThroughGateway(gateway);
  }

  /** Answers by the kind of way; a new kind breaks the compile of whoever has to decide. */
  <T> T match(Function<Direct, T> direct, Function<ThroughGateway, T> throughGateway);

  /** The gateway on the way, where there is one. */
  default Optional<EgressGateway> gateway() {
    return match(direct -> Optional.empty(), through -> Optional.of(through.egressGateway()));
  }

  /** app, sidecar, host. */
  record Direct() implements EgressPath {
    @Override
    public <T> T match(Function<Direct, T> direct, Function<ThroughGateway, T> throughGateway) {
      return direct.apply(this);
    }

    @Override
    public String toString() {
      return "direct()";
    }
  }

  /**
   * app, sidecar, egress gateway, host.
   *
   * @param egressGateway the gateway passed
   */
  record ThroughGateway(EgressGateway egressGateway) implements EgressPath {
    /** Refuses null. */
    public ThroughGateway {
      Objects.requireNonNull(egressGateway, "egressGateway");
    }

    @Override
    public <T> T match(Function<Direct, T> direct, Function<ThroughGateway, T> throughGateway) {
      return throughGateway.apply(this);
    }

    @Override
    public String toString() {
      return "via(" + egressGateway + ")";
    }
  }
}
