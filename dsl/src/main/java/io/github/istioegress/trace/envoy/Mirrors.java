package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.Percent;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The mirrors of a route: {@code mirrors}, and {@code mirror}, which Istio reads first. */
final class Mirrors {

  private static final double ALL = 100;

  /** Istio hands shares to Envoy in millionths, and leaves off what is smaller. */
  private static final double STEPS = 10_000;

  private Mirrors() {}

  /**
   * The mirrors; one of an explicit share of 0 is none.
   *
   * @param said the route
   * @param named the cluster of a destination
   */
  static List<Mirror> of(HttpRoute said, Function<Destination, String> named) {
    HTTPRoute route = said.route();
    List<Mirror> mirrors = new ArrayList<>();
    if (route.getMirror() != null) {
      add(mirrors, named.apply(route.getMirror()), share(route), from(said, ".mirror"));
    }
    for (int m = 0; m < route.getMirrors().size(); m++) {
      HTTPMirrorPolicy mirror = route.getMirrors().get(m);
      if (mirror.getDestination() != null) {
        OptionalDouble share = share(Optional.ofNullable(mirror.getPercentage()));
        Decision from = from(said, ".mirrors[" + m + "]");
        add(mirrors, named.apply(mirror.getDestination()), share, from);
      }
    }
    return List.copyOf(mirrors);
  }

  /** The field; where a root and its delegate say the route together, either may have it. */
  private static Decision from(HttpRoute said, String field) {
    HttpRoute.Field last = said.said().get(said.said().size() - 1);
    return Decision.of(last.resource(), last.path() + (said.said().size() == 1 ? field : ""));
  }

  private static void add(
      List<Mirror> mirrors, String cluster, OptionalDouble share, Decision from) {
    share.ifPresent(percent -> mirrors.add(new Mirror(cluster, percent, from)));
  }

  /** The share of {@code mirror}: an older field says it in whole numbers. */
  private static OptionalDouble share(HTTPRoute route) {
    @Nullable Integer older = route.getMirrorPercent();
    Optional<Percent> said = Optional.ofNullable(route.getMirrorPercentage());
    return share(
        said.or(() -> Optional.ofNullable(older).map(whole -> new Percent((double) whole))));
  }

  private static OptionalDouble share(Optional<Percent> said) {
    if (said.isEmpty()) {
      return OptionalDouble.of(ALL);
    }
    @Nullable Double value = said.get().getValue();
    return value == null || value <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.floor(value * STEPS) / STEPS);
  }
}
